using ContributionEngine.Core;
using CsCheck;

namespace ContributionEngine.Core.Tests;

/// <summary>What a schedule remembers from period to period and from member to member changes nothing of what it says.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MemberScheduleProperties
{
    private const string Seed = "0000KeXn5uR2";
    private const int Agreements = 5;
    private const int Members = 12;

    [TestCaseSource(nameof(Packs))]
    public void Every_period_is_owed_as_if_it_were_worked_out_alone(string id)
    {
        var pack = PackLibrary.Find(id).Value;
        Gen.Int[0, int.MaxValue].Sample(seed =>
        {
            var random = new Random(seed);
            var agreement = Agreement(pack, new RandomCase(pack, seed));
            var (schedule, owed) = (new MemberSchedule(pack, agreement, explain: true), new List<OwedPeriod>());
            return Enumerable.Range(0, Members).All(_ =>
            {
                var (dated, enrolled) = Member(pack, agreement, random);
                owed.Clear();
                var refusal = schedule.Of(dated, (enrolled.From, enrolled.To, []), owed);
                return Alone(pack, agreement, dated, enrolled).SequenceEqual(owed.SelectMany(Told).Append(refusal?.Detail ?? "all"));
            });
        }, iter: Agreements, seed: Seed, threads: 1);
    }

    // What follows from events and from all that was declared is played through the engine.
    private static IEnumerable<string> Packs() => PackLibrary.Ids.Where(id => PackLibrary.Find(id).Value is { EventKinds.Count: 0, File.Declarations: null });

    private static IEnumerable<string> Told(OwedPeriod period)
    {
        var told = new List<string>();
        foreach (var line in period.Lines) told.Add(Told(period.Period, line, period.DueOn(line)));
        return told;
    }

    private static string Told(Period period, CalculatedLine line, DateOnly due) =>
        $"{period} {line.Rule.Id} {line.Payer} {line.Amount} {RandomCase.Text(due)} {string.Join("|", line.Steps.Select(step => $"{step.What} {step.Value} {step.Source}"))}";

    // Each period with facts of its own, nothing kept: up to the first refusal.
    private static IEnumerable<string> Alone(Pack pack, Agreement agreement, List<DatedFacts> dated, (DateOnly From, DateOnly? To) enrolled)
    {
        var zone = On(dated, enrolled.From).Zone;
        foreach (var collected in Schedule.Of(agreement, ((int)pack.ModeOf(agreement.Terms[^1].Parameters), pack.File.YearBegins), zone, enrolled))
        {
            var facts = On(dated, collected.Period.First);
            if ((enrolled.From > collected.Period.First || enrolled.To < collected.Period.Last) && pack.Flags.Contains("partial_month")) facts = facts with { Flags = [.. facts.Flags, "partial_month"] };
            var one = new MemberCase(pack, facts, collected.Term);
            if (!pack.Calculate(new CalculateInput { Period = collected.Period, Facts = one, Explain = true }).Ok(out var calculation, out var refusal))
            {
                yield return refusal.Detail;
                yield break;
            }

            foreach (var line in calculation.Lines) yield return Told(collected.Period, line, pack.ObligationDue(line.Rule, collected.DueWith, one).Value);
        }

        yield return "all";
    }

    private static MemberFacts On(List<DatedFacts> dated, DateOnly day) => dated.FindLast(facts => facts.ValidFrom <= day) is { Facts: { } known } ? known : dated[0].Facts;

    private static Agreement Agreement(Pack pack, RandomCase invented)
    {
        var start = pack.File.InForce.Count > 0 ? pack.File.InForce[^1].From.First : new DateOnly(2021, 1, 1);
        var parameters = invented.Parameters().ToDictionary(item => item.Key, item => (string)item.Value!);
        var term = new Term(start, start.AddMonths(12).AddDays(-1), 0, [], parameters);
        return new Agreement
        {
            Number = "A", Pack = pack.Id, Fund = new Party("F", "F"), Organisation = new Party("O", "O"), Terms = [term], Liability = Liability.Agency, Shortfall = Shortfall.DropUnpaid,
            Clock = GoverningClock.MemberPaid, Settlement = new SettlementPlan("0 18 * * FRI", "UTC", "pack"), Channel = new Channel("simulator", "csv"),
        };
    }

    private static (List<DatedFacts> Dated, (DateOnly From, DateOnly? To) Enrolled) Member(Pack pack, Agreement agreement, Random random)
    {
        var from = agreement.Start.AddDays(random.Next(3) == 0 ? random.Next(120) : 0);
        DateOnly? to = random.Next(3) == 0 ? agreement.End.AddDays(-random.Next(120)) : null;
        var dated = new List<DatedFacts> { new(from, Facts(pack, agreement, random)) };
        if (random.Next(2) == 0) dated.Add(new DatedFacts(from.AddDays(random.Next(1, 200)), random.Next(3) == 0 ? dated[0].Facts : Facts(pack, agreement, random)));
        return (dated, (from, to));
    }

    private static MemberFacts Facts(Pack pack, Agreement agreement, Random random) => new()
    {
        DeclaredIncome = Ratio.TryParse(new RandomCase(pack, random.Next()).Money(), pack.File.InputDecimals, out var income) ? income : null,
        Zone = pack.File.Seasons.Count > 0 ? pack.File.Seasons[random.Next(pack.File.Seasons.Count)].Zone : null,
        Beneficiaries = random.Next(1, 5),
        AdditionalDependants = random.Next(3),
        FirstRegistered = agreement.Start.AddMonths(-random.Next(40)),
        Flags = [.. pack.File.MemberFlags.Where(_ => random.Next(4) == 0)],
        Others = pack.File.Inputs.Where(rule => rule.Kind == "word").ToDictionary(rule => rule.Name, rule => rule.Words[random.Next(rule.Words.Count)]),
    };
}

using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A run of the matching that was decided again.</summary>
/// <param name="Same">True when it came to the same.</param>
public sealed record ReplayedRun(string Run, bool Same, int Decisions, IReadOnlyList<string> Was, IReadOnlyList<string> Is);

/// <summary>
/// What a run went by, kept so that it can be decided again: the rules, which money and remittances were on the table, and of the
/// remittances and agreements whatever may change later. References, names and amounts of the bank are facts and stand in their tables.
/// </summary>
public static class FrozenRun
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    private sealed record Inputs(IReadOnlyList<long[]> Money, IReadOnlyList<FrozenAgreement> Agreements, IReadOnlyList<long[]> Remittances);

    private sealed record FrozenAgreement(long Id, IReadOnlyList<long> Accounts, IReadOnlyList<string> Names, int? AutoAccept);

    internal static StoredMatchRun Of(Work work, MatchingRules rules, MatchFacts facts, MatchingResult result)
    {
        var id = work.NextId();
        var agreements = facts.Remittances.DistinctBy(item => item.Agreement).Select(item => new FrozenAgreement(item.Agreement, item.Accounts, item.Names, item.AutoAccept));
        var inputs = new Inputs([.. facts.Money.Select(item => (long[])[item.Entry, item.Part, .. item.Undone])], [.. agreements], [.. facts.Remittances.Select(item =>
            new[] { item.Id, item.Payable, item.Paid, item.IsCancelled ? 1L : 0L, item.From.DayNumber, item.Until.DayNumber })]);
        var run = new StoredMatchRun
        {
            Id = id, Number = Numbers.MatchRun(id), State = "completed", StartedBy = work.Actor.Name, StartedAt = work.Now, Rules = JsonSerializer.Serialize(rules, Json),
            Inputs = JsonSerializer.Serialize(inputs, Json), Decisions = JsonSerializer.Serialize(Told(result), Json),
        };
        return run with { Sha256 = run.Proof() };
    }

    /// <summary>Decides a run again by its own rules, over what was on its table. Refusals: <c>match_run_unknown</c>.</summary>
    public static Task<Outcome<ReplayedRun>> Replay(Database database, Actor actor, string number, CancellationToken stop) => database.Read<Outcome<ReplayedRun>>(actor, async work =>
    {
        if (!(await work.MatchRuns.Find(number)).Ok(out var run, out var refusal)) return refusal;
        var inputs = JsonSerializer.Deserialize<Inputs>(run.Inputs, Json)!;
        var entries = inputs.Money.Select(item => item[0]).Distinct().ToList();
        var asked = inputs.Money.ToDictionary(item => (item[0], item[1]), item => item[2..]);
        var money = MatchFacts.MoneyOf(await work.Matches.Among(entries), await work.Matches.Transactions(entries), alsoTaken: true)
            .Where(item => asked.ContainsKey((item.Entry, item.Part))).Select(item => item with { Undone = asked[(item.Entry, item.Part)] });
        var result = Matching.Of(JsonSerializer.Deserialize<MatchingRules>(run.Rules, Json)!, [.. money], await Remittances(work, inputs));
        var (was, now) = (JsonSerializer.Deserialize<IReadOnlyList<string>>(run.Decisions, Json)!, Told(result));
        return new ReplayedRun(run.Number, was.SequenceEqual(now), was.Count, [.. was.Except(now)], [.. now.Except(was)]);
    }, stop);

    private static async Task<IReadOnlyList<OpenRemittance>> Remittances(Work work, Inputs inputs)
    {
        var agreements = inputs.Agreements.ToDictionary(item => item.Id);
        var figures = inputs.Remittances.ToDictionary(item => item[0]);
        return
        [
            .. from row in await work.Remittances.Among(figures.Keys)
               let then = figures[row.Id]
               let agreement = agreements[row.AgreementId]
               select new OpenRemittance
               {
                   Id = row.Id, Agreement = row.AgreementId, Reference = row.Reference, Currency = row.Currency, Payable = then[1], Paid = then[2], IsCancelled = then[3] == 1,
                   From = DateOnly.FromDayNumber((int)then[4]), Until = DateOnly.FromDayNumber((int)then[5]), Accounts = agreement.Accounts, Names = agreement.Names, AutoAccept = agreement.AutoAccept,
               },
        ];
    }

    // One line for each decision: what was put together and why, or what was left and why.
    private static IReadOnlyList<string> Told(MatchingResult result) =>
    [
        .. result.Proposals.Select(match => $"{(match.IsAccepted ? "accepted" : "proposed")} {Words.Of(match.Kind)} {Words.Of(match.Pass)} {match.Score} [{string.Join(' ', match.Cues.Select(Words.Of))}]"
            + $" {string.Join(", ", match.Parts.Select(part => $"{MatchCases.Subject(part.Money)} to {Numbers.Remittance(part.Remittance.Id)} {part.Minor}"))}; runner-up {(match.RunnerUp is { } next ? $"{Numbers.Remittance(next.Remittance.Id)} {next.Score}" : "none")}"),
        .. result.Undecided.Select(item => $"undecided {Words.Of(item.Doubt)} {MatchCases.Subject(item.Money)}: {string.Join(", ", item.Candidates.Select(other => Numbers.Remittance(other.Id)))}"),
    ];
}

using ContributionEngine.Core;
using CsCheck;

namespace ContributionEngine.Core.Tests;

/// <summary>Late charges of every pack.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LateProperties
{
    private const string Seed = "0000KeXn5uR2";
    private const int Principals = 60;
    private const int DaysMax = 900;

    [TestCaseSource(nameof(Packs))]
    public void A_later_payment_never_costs_less_and_no_charge_is_negative(string id) => ForPrincipals(id, (pack, principal, random) =>
    {
        var flags = pack.File.Late.SelectMany(rule => new[] { rule.WhenFlag, rule.Waiver?.Flag }).OfType<string>().Where(_ => random.Next(2) == 0).Distinct().ToList();
        var (sooner, later) = (random.Next(-30, DaysMax), 0);
        later = random.Next(2) == 0 ? sooner + 1 : sooner + random.Next(DaysMax);
        var (before, after) = (Charges(pack, Paid(principal, sooner), flags), Charges(pack, Paid(principal, later), flags));
        return before.Values.All(minor => minor > 0) && before.All(charge => after.GetValueOrDefault(charge.Key) >= charge.Value);
    });

    [TestCaseSource(nameof(Packs))]
    public void A_principal_paid_in_parts_on_one_day_is_rounded_once(string id) => ForPrincipals(id, (pack, principal, random) =>
    {
        var (paidOn, whole) = (principal.Due.AddDays(random.Next(DaysMax)), principal.Parts[0].Amount);
        var first = whole * Ratio.Of(random.Next(1, 99), 100);
        var (once, parts) = (principal with { Parts = [new LatePart(paidOn, whole)] }, principal with { Parts = [new LatePart(paidOn, first), new LatePart(paidOn, whole - first)] });
        return Charges(pack, once, []).OrderBy(charge => charge.Key).SequenceEqual(Charges(pack, parts, []).OrderBy(charge => charge.Key));
    });

    [TestCaseSource(nameof(Packs))]
    public void Each_principal_is_rounded_by_itself(string id) => ForPrincipals(id, (pack, principal, random) =>
    {
        var one = Paid(principal, random.Next(1, DaysMax));
        var other = Paid(principal, random.Next(1, DaysMax)) with { Id = "other" };
        var together = pack.Late(Input(pack, [one, other], [])).Value;
        return new[] { one, other }.All(each => together.Where(charge => charge.Principal == each.Id).ToDictionary(charge => charge.Kind, charge => charge.Amount.Minor)
            .OrderBy(charge => charge.Key).SequenceEqual(Charges(pack, each, []).OrderBy(charge => charge.Key)));
    });

    [TestCaseSource(nameof(Packs))]
    public void The_last_step_of_the_arithmetic_is_the_charge(string id) => ForPrincipals(id, (pack, principal, random) =>
        pack.Late(Input(pack, [Paid(principal, random.Next(DaysMax))], [])).Value.All(charge => charge.Steps[^1].Value == pack.Print(charge.Amount.Minor)));

    private static IEnumerable<string> Packs() => PackLibrary.Ids.Where(id => PackLibrary.Find(id).Value.File.Late.Count > 0);

    private static void ForPrincipals(string id, Func<Pack, LatePrincipal, Random, bool> holds)
    {
        var pack = PackLibrary.Find(id).Value;
        Gen.Int[0, int.MaxValue].Sample(seed =>
        {
            var random = new Random(seed);
            Ratio.TryParse(new RandomCase(pack, seed).Money(), pack.File.InputDecimals, out var amount);
            var components = pack.File.Late.SelectMany(rule => rule.Components).Append("other").ToList();
            return holds(pack, new LatePrincipal("p", components[random.Next(components.Count)], Due(pack, random), [new LatePart(default, amount)]), random);
        }, iter: Principals, seed: Seed, threads: 1);
    }

    // A day for which all kinds of charges have a rule and a figure.
    private static DateOnly Due(Pack pack, Random random)
    {
        while (true)
        {
            var due = new DateOnly(2014, 1, 1).AddDays(random.Next(17 * 365));
            if (pack.Late(Input(pack, [new LatePrincipal("p", "other", due, [new LatePart(due.AddDays(DaysMax), 1)])], [])).Refusal is null) return due;
        }
    }

    private static LatePrincipal Paid(LatePrincipal principal, int days) => principal with { Parts = [principal.Parts[0] with { PaidOn = principal.Due.AddDays(days) }] };

    private static Dictionary<string, long> Charges(Pack pack, LatePrincipal principal, IReadOnlyList<string> flags) =>
        pack.Late(Input(pack, [principal], flags)).Value.ToDictionary(charge => charge.Kind, charge => charge.Amount.Minor);

    private static LateInput Input(Pack pack, IReadOnlyList<LatePrincipal> principals, IReadOnlyList<string> flags) => new()
    {
        Principals = principals,
        Flags = flags,
        Parameters = pack.File.Late.Select(rule => rule.RateParameter).OfType<string>().Distinct().ToDictionary(name => name, _ => "1.37"),
        Series = (_, month) => Ratio.Of(50 + (month.First.Month * 7), 100),
    };
}

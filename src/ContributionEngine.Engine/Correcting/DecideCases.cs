using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What became of many cases at once.</summary>
/// <param name="Done">How many are decided.</param>
/// <param name="Refused">Those that are not, and why.</param>
public sealed record DecidedCases(int Done, IReadOnlyList<(string Case, Refusal Why)> Refused);

/// <summary>One decision about many cases. Each is a unit of its own, so one that is refused stops no other.</summary>
public sealed class DecideCases(Database database, FourEyes eyes)
{
    /// <summary>Cases of one decision.</summary>
    public const int CasesMax = 200;

    // What needs a member, or another person than the one who asked, is decided case by case.
    private static readonly string[] OneByOne = [CaseActions.Assign, CaseActions.Approve];

    /// <summary>What may be done with all of some cases at once.</summary>
    public static IReadOnlyList<string> Actions(IReadOnlyList<KnownCase> cases) =>
        cases.Count == 0 ? [] : [.. cases.Select(one => one.Actions.AsEnumerable()).Aggregate((some, others) => some.Intersect(others)).Except(OneByOne)];

    /// <summary>The cases as they stand. Refusals: <c>cases_missing</c>, <c>cases_too_many</c>, <c>case_unknown</c>.</summary>
    public Task<Outcome<IReadOnlyList<KnownCase>>> Show(Actor actor, IReadOnlyList<string> numbers, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<KnownCase>>>(actor, async work =>
    {
        if (Fault(numbers) is { } fault) return fault;
        var known = new List<KnownCase>();
        foreach (var number in numbers)
        {
            if (!(await CaseDesk.Show(work, number, null)).Ok(out var found, out var refusal)) return refusal;
            known.Add(found);
        }

        return known;
    }, stop);

    /// <summary>Gives them to a user, or to the acting one. Refusals: <c>cases_missing</c>, <c>cases_too_many</c>, <c>user_unknown</c>.</summary>
    public async Task<Outcome<DecidedCases>> Assign(Actor actor, (IReadOnlyList<string> Cases, string? To) asked, CancellationToken stop)
    {
        if (Fault(asked.Cases) is { } fault) return fault;
        if (asked.To is { } name && (await database.Read(actor, work => work.Users.Find(name), stop)).Refusal is { } unknown) return unknown;
        return await Each(asked.Cases, async number => (await new CaseDesk(database).Assign(actor, (number, asked.To, null), stop)).Refusal);
    }

    /// <summary>Decides cases of one reason. Refusals: <c>cases_missing</c>, <c>cases_too_many</c>, <c>cases_differ</c>, <c>case_unknown</c>.</summary>
    public async Task<Outcome<DecidedCases>> Resolve(Actor actor, (IReadOnlyList<string> Cases, string Action, string Reason) asked, CancellationToken stop)
    {
        if (!(await Show(actor, asked.Cases, stop)).Ok(out var known, out var refusal)) return refusal;
        if (known.DistinctBy(one => one.Reason).Count() > 1) return Refusal.Usage("cases_differ", "These cases are not of one reason.") with { Help = "Filter by a reason first: one decision is about one." };
        if (OneByOne.Contains(asked.Action)) return Refusal.Usage("action_not_allowed", $"«{asked.Action}» is decided case by case.") with { Help = "Open each case." };
        return await Each(asked.Cases, async number => (await new ResolveCase(database, eyes).Run(actor, new CaseDecision(number, asked.Action, asked.Reason), stop)).Refusal);
    }

    private static async Task<DecidedCases> Each(IReadOnlyList<string> numbers, Func<string, Task<Refusal?>> decide)
    {
        var refused = new List<(string, Refusal)>();
        foreach (var number in numbers)
        {
            if (await decide(number) is { } why) refused.Add((number, why));
        }

        return new DecidedCases(numbers.Count - refused.Count, refused);
    }

    private static Refusal? Fault(IReadOnlyList<string> numbers) =>
        numbers.Count == 0 ? Refusal.Usage("cases_missing", "No case is chosen.") with { Help = "Tick the cases that it is about.", Field = "case" }
        : numbers.Count > CasesMax ? Refusal.Usage("cases_too_many", $"One decision is about at most {CasesMax} cases.") with { Help = "Decide them in several steps.", Value = $"{CasesMax}" }
        : null;
}

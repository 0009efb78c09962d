using System.Collections.Frozen;
using ContributionEngine.Core;

namespace ContributionEngine.Engine;

/// <summary>Rows with the same problem, which the same repair puts right.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Amount">What they add up to, as far as their amounts could be read.</param>
/// <param name="Repair">What to do about them.</param>
/// <param name="FirstRows">The first few.</param>
public sealed record ProblemGroup(string Code, string Severity, long Rows, Money Amount, string Repair, IReadOnlyList<long> FirstRows);

/// <summary>The problems of a file by what puts them right, so that a thousand equal ones are one thing to do.</summary>
public sealed class ProblemGroups(Currency currency)
{
    private const int RowsNamed = 5;
    private const string ByRow = "See what is wrong in each row.";

    private static readonly FrozenDictionary<string, string> Repairs = new Dictionary<string, string>
    {
        ["R01"] = "Write each member's number or national id in its column.",
        ["R02"] = "Correct the number, or import the member and check again. With --hold-unknown the money is kept in suspense until somebody knows.",
        ["R04"] = "Compare the names: where it is another person, correct the number.",
        ["R05"] = "Where it was one payment, delete the repeat; where there were two, give each its own receipt number.",
        ["R06"] = "Nothing to do where it is posted already. Otherwise compare with the posted receipt and correct the number, or the row.",
        ["R07"] = "Write the amount in digits only.",
        ["R08"] = "Write an amount above zero, or leave the row out.",
        ["R09"] = "Write no more decimals than the currency has.",
        ["R10"] = "Confirm the amount by the member's receipt; correct it where it was mistyped.",
        ["R11"] = "Write the month like 2026-10 or October 2026, or leave it empty.",
        ["R12"] = "Nothing to do where she did pay: it pays what is open, and the rest is credit. Otherwise correct the number or the day.",
        ["R13"] = "Set the column to Text in the spreadsheet and write the numbers again, or use the template.",
        ["R14"] = "Write the day like 2026-10-31, and none that is still to come.",
        ["R15"] = "Name a period inside the agreement's term, or none, and check the day.",
        ["R16"] = "Write the amount in the agreement's currency, or leave the row out.",
        ["R17"] = "Name a component of the scheme, or none.",
        ["R18"] = "Name an event of the scheme with its value, or none.",
        ["R19"] = "Decide in the case what becomes of the receipt: reverse it, or dismiss the case with the reason.",
        ["R20"] = "Write the row as it was sent; what has gone to the fund is put right by the fund.",
    }.ToFrozenDictionary();

    private readonly SortedDictionary<(string Severity, string Code), Group> groups = [];

    /// <summary>What to do about rows with a problem of this code.</summary>
    public static string Repair(string code) => Repairs.GetValueOrDefault(code, ByRow);

    /// <summary>Takes in what is wrong with one row.</summary>
    /// <param name="minor">What the row is about, in minor units; null where its amount cannot be read.</param>
    public void Take(long row, long? minor, IReadOnlyList<FoundProblem> problems)
    {
        foreach (var problem in problems)
        {
            // "error" is before "warning" also by letter.
            if (!groups.TryGetValue((problem.Severity, problem.Code), out var group)) groups[(problem.Severity, problem.Code)] = group = new Group();
            if (group.Last == row) continue;
            (group.Last, group.Rows, group.Minor) = (row, group.Rows + 1, group.Minor + (minor ?? 0));
            if (group.First.Count < RowsNamed) group.First.Add(row);
        }
    }

    /// <summary>Errors before warnings, each by code.</summary>
    public IReadOnlyList<ProblemGroup> List() =>
        [.. groups.Select(item => new ProblemGroup(item.Key.Code, item.Key.Severity, item.Value.Rows, new Money(item.Value.Minor, currency), Repair(item.Key.Code), item.Value.First))];

    private sealed class Group
    {
        public long Last { get; set; }

        public long Rows { get; set; }

        public long Minor { get; set; }

        public List<long> First { get; } = [];
    }
}

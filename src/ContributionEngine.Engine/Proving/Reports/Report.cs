using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a report is asked.</summary>
/// <param name="Agreement">Its number; null: all that the acting user may see.</param>
/// <param name="AsOf">The day at which ages are counted and what is due is told; money and states are as they stand now. Null: today.</param>
public sealed record ReportQuestion(string? Agreement = null, string? AsOf = null)
{
    public const int TargetPercentDefault = 95;

    /// <summary>Which share of what is due ought to be paid, in whole percent.</summary>
    public int TargetPercent { get; init; } = TargetPercentDefault;
}

/// <summary>Figures in rows: the one source of what a report prints, exports and draws.</summary>
/// <param name="Columns">Names as in files, such as <c>not_due</c>.</param>
/// <param name="Rows">By row a cell for each column: <see cref="Money"/>, long, <see cref="Ratio"/>, DateOnly, DateTimeOffset, text or null.</param>
public sealed record ReportTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    internal static ReportTable Of<T>(IEnumerable<T> rows, params (string Name, Func<T, object?> Cell)[] columns) =>
        new([.. columns.Select(column => column.Name)], [.. rows.Select(row => columns.Select(column => column.Cell(row)).ToList())]);
}

/// <summary>What a report says.</summary>
/// <param name="Day">At which ages are counted and what is due is told.</param>
public abstract record Report(DateOnly Day)
{
    public abstract ReportTable Table { get; }

    /// <summary>A second, shorter table that sums up the first; null where there is none.</summary>
    public virtual ReportTable? Summary => null;

    /// <summary>How many rows a drawing has; the table has all of them.</summary>
    public const int ChartRowsMax = 10;

    public abstract ReportFigure Draw(Phrases phrases);
}

/// <summary>The reports, by the name that the command line, the API and addresses share.</summary>
public static class Reports
{
    public const string CollectionRate = "collection-rate";
    public const string Ageing = "ageing";
    public const string Cases = "cases";
    public const string Timeline = "timeline";
    public const string OverShort = "over-short";
    public const string Coverage = "coverage";
    public const string Custody = "custody";
    public const string MatchQuality = "match-quality";
    public const string LateSheets = "late-sheets";

    private static readonly Dictionary<string, Func<AskedAgreements, ReportQuestion, Task<Report>>> ByName = new()
    {
        [CollectionRate] = async (asked, question) => await Engine.CollectionRate.Of(asked, question.TargetPercent),
        [Ageing] = async (asked, _) => await AgedArrears.Of(asked),
        [Cases] = async (asked, _) => await CasesByAge.Of(asked),
        [Timeline] = async (asked, _) => await RemittanceTimeline.Of(asked),
        [OverShort] = async (asked, _) => await Engine.OverShort.Of(asked),
        [Coverage] = async (asked, _) => await Engine.Coverage.Of(asked),
        [Custody] = async (asked, _) => await CustodyByAge.Of(asked),
        [MatchQuality] = async (asked, _) => await Engine.MatchQuality.Of(asked),
        [LateSheets] = async (asked, _) => await SheetsLate.Of(asked),
    };

    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys];

    /// <summary>Numbers of the agreements that the acting user may ask about.</summary>
    public static Task<IReadOnlyList<string>> Agreements(Database database, Actor actor, CancellationToken stop) => database.Read(actor, work => work.Agreements.All(), stop);

    /// <summary>Refusals: <c>report_unknown</c>, <c>target_out_of_range</c>, <c>agreement_unknown</c>, <c>as_of_malformed</c>, <c>as_of_later</c>.</summary>
    public static Task<Outcome<Report>> Run(Database database, Actor actor, (string Name, ReportQuestion Question) asked, CancellationToken stop) => database.Read<Outcome<Report>>(actor, async work =>
    {
        if (!ByName.TryGetValue(asked.Name, out var report)) return Refusal.NotFound("report_unknown", $"There is no report «{asked.Name}».") with { Help = $"Reports: {string.Join(", ", Names)}.", Value = asked.Name };
        if (asked.Question.TargetPercent is < 1 or > 100) return Refusal.Usage("target_out_of_range", $"The target {asked.Question.TargetPercent} is no percent from 1 to 100.") with { Field = "target", Value = $"{asked.Question.TargetPercent}" };
        return (await AskedAgreements.Find(work, asked.Question)).Ok(out var agreements, out var refusal) ? await report(agreements, asked.Question) : refusal;
    }, stop);
}

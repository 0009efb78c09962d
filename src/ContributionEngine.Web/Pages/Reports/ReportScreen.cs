using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace ContributionEngine.Web.Pages;

/// <summary>A report as a page shows it.</summary>
/// <param name="Csv">Where the same rows are a file.</param>
/// <param name="Alone">Where it has a page of its own, with all of its rows; null: this is it.</param>
internal sealed record ShownReport(string Name, Report Report, ReportFigure Figure, string Csv, string? Alone)
{
    /// <summary>So many rows of its table are on pages before this one.</summary>
    public int Before { get; init; }
}

/// <summary>Rows of a report's table, and what they are called for those who cannot see where they stand.</summary>
/// <param name="Before">So many rows are on pages before these.</param>
internal sealed record ShownRows(string Label, ReportTable Table, int Before = 0)
{
    public IReadOnlyList<IReadOnlyList<object?>> Rows { get; } = [.. Table.Rows.Skip(Before).Take(ReportCells.RowsMax)];

    /// <summary>Rows that are shown here or before; the next page goes on after them.</summary>
    public int Through => Before + Rows.Count;
}

/// <summary>What the pages of reports are asked, and how they lead to each other.</summary>
public abstract class ReportScreen : Screen
{
    /// <summary>Above so many agreements a list to choose from would be longer than the page: their number is typed.</summary>
    private const int ChoicesMax = 100;

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    [BindProperty(SupportsGet = true, Name = "as_of")]
    public string? AsOf { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Target { get; set; } = ReportQuestion.TargetPercentDefault;

    /// <summary>The page asks for a target too.</summary>
    public bool HasTarget { get; protected set; }

    /// <summary>Agreements to choose from; null: too many.</summary>
    public IReadOnlyList<string>? Choices { get; private set; }

    protected ReportQuestion Question => new(Given(Agreement), Given(AsOf)) { TargetPercent = Target };

    /// <summary>An address with what is asked here.</summary>
    public string Address(string path, string? handler = null) => QueryHelpers.AddQueryString(path, new (string Name, string? Value)[]
    {
        ("agreement", Given(Agreement)), ("as_of", Given(AsOf)), ("target", Target == ReportQuestion.TargetPercentDefault ? null : $"{Target}"), ("handler", handler),
    }.Where(part => part.Value is not null).Select(part => KeyValuePair.Create(part.Name, part.Value)));

    internal ShownReport Show(string name, Report report, bool isAlone) =>
        new(name, report, report.Draw(T.Phrases), Address($"/reports/{name}", "csv"), isAlone ? null : Address($"/reports/{name}"));

    protected async Task Choose()
    {
        var all = await Reports.Agreements(Database, Actor, Stop);
        Choices = all.Count <= ChoicesMax ? all : null;
    }

    /// <summary>The field of the form that a refusal is about.</summary>
    protected static Refusal OfField(Refusal refusal) => refusal.Field is not null ? refusal : refusal with { Field = refusal.Code switch { "agreement_unknown" => "agreement", "as_of_malformed" or "as_of_later" => "as_of", _ => null } };
}

using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A file to check or submit and how.</summary>
public sealed record UploadRequest
{
    public required string Agreement { get; init; }

    public required string FileName { get; init; }

    /// <summary>A private copy of the bytes that nobody changes while they are read.</summary>
    public required FileSpool Content { get; init; }

    /// <summary>Text of the <c>--map</c> file, or null.</summary>
    public string? Map { get; init; }

    /// <summary>Texts of the maps to hold the sheet against after <see cref="Map"/>; null: those that the organisation has saved by now.</summary>
    public IReadOnlyList<string>? Saved { get; init; }

    /// <summary>Keep <see cref="Map"/> for the organisation's next sheets once a received file was read with it; a submitted one is kept always.</summary>
    public bool Remember { get; init; }

    public string? AsOf { get; init; }

    /// <summary>Post the ready rows although others are left out.</summary>
    public bool OnlyReady { get; init; }

    /// <summary>Post money of unknown members to suspense instead of leaving it out.</summary>
    public bool HoldUnknown { get; init; }

    /// <summary>Post a repeat without a receipt number as one more payment.</summary>
    public bool AcceptRepeats { get; init; }

    /// <summary>Control total in major units, as the treasurer wrote it.</summary>
    public string? ExpectTotal { get; init; }

    public long? ExpectRows { get; init; }

    /// <summary>Number of the sent upload in whose place the file stands; null: it is a sheet of its own.</summary>
    public string? Corrects { get; init; }

    /// <summary>Id of the first upload of the sheet that is corrected.</summary>
    internal long? CorrectsId { get; init; }

    /// <summary>What people have put right since the file came.</summary>
    internal SheetFixes Fixes { get; init; } = SheetFixes.None;
}

/// <summary>What was found in a file, and what became of it.</summary>
public sealed record UploadReport
{
    /// <summary>Problems that a report lists.</summary>
    public const int ProblemsShown = 1_000;

    /// <summary>Number of the upload; null when nothing was stored.</summary>
    public string? Upload { get; init; }

    public required string FileSha256 { get; init; }

    public long Rows { get; set; }

    public long Ready { get; set; }

    public long Warnings { get; set; }

    public long Errors { get; set; }

    public long LeftOut { get; set; }

    public Money SumReady { get; set; }

    public Money? ExpectedTotal { get; init; }

    public string State { get; set; } = "ready";

    /// <summary>The first thousand.</summary>
    public List<FoundProblem> Problems { get; init; } = [];

    public long ProblemsTotal { get; set; }

    /// <summary>The first error of each row that has one, by row: what the errors file shows.</summary>
    public Dictionary<long, FoundProblem> ErrorRows { get; } = [];

    /// <summary>The problems by what puts them right.</summary>
    public IReadOnlyList<ProblemGroup> Groups { get; set; } = [];

    /// <summary>How the file was read; null where only its summary is kept.</summary>
    public Understanding? Understood { get; init; }

    /// <summary>The file held against what was to be collected; null where only its summary is kept.</summary>
    public ScheduleTotals? Schedule { get; set; }

    /// <summary>The first cut-off after the as-of date; null where only the summary is kept, or when none is within two years.</summary>
    public DateTimeOffset? NextCutoff { get; set; }

    /// <summary>What that cut-off would take of a file that is only checked.</summary>
    public FileForecast? Forecast { get; set; }

    /// <summary>How the file differs from the sheet that it corrects; null where it corrects none.</summary>
    public CorrectionCounts? Correction { get; set; }

    /// <summary>So many of the rows left out stand already as they are; 0 where the file corrects no sheet.</summary>
    public long Unchanged => Correction?.Unchanged ?? 0;

    /// <summary>Repeats without a receipt number that were posted as further payments because the treasurer said so.</summary>
    public long AcceptedRepeats { get; set; }

    /// <summary>Takes one row into the counts.</summary>
    /// <param name="error">The row's first error, or null.</param>
    /// <param name="ready">Minor units when the row is ready, null when it is left out.</param>
    public void Count(long row, FoundProblem? error, int problems, long? ready)
    {
        Rows++;
        if (error is not null) (Errors, ErrorRows[row]) = (Errors + 1, error);
        else if (problems > 0) Warnings++;
        if (ready is not { } amount) LeftOut++;
        else (Ready, SumReady) = (Ready + 1, SumReady + new Money(amount, SumReady.Currency));
    }

    /// <summary>Takes problems into the list, which shows the first thousand, and into their total.</summary>
    public void Note(IReadOnlyCollection<FoundProblem> problems)
    {
        ProblemsTotal += problems.Count;
        Problems.AddRange(problems.Take(ProblemsShown - Problems.Count));
    }
}

/// <summary>A problem of one row.</summary>
public sealed record FoundProblem(long Row, string Code, string Severity, string Field, string? Value, string Detail)
{
    /// <summary>Members who may have been meant; null when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LookAlike>? Suggestions { get; init; }

    /// <summary>What the sentence needs in another language, beside row and value; null where it is the code's usual one and these say it.</summary>
    [JsonIgnore]
    public Particulars? Particulars { get; init; }

    /// <summary>As something else tells of it.</summary>
    [JsonIgnore]
    public Remark Told => new($"row.{Code}", Detail, (Particulars ?? Particulars.Of(null)).With(("row", $"{Row}"), ("value", Value)));

    /// <summary>As a list of an upload's problems has it.</summary>
    public static FoundProblem Of(ListedProblem row) => new(row.RowNo, row.Code, row.Severity, row.Field, row.Value, row.Detail) { Particulars = Particulars.Read(row.Particulars) };
}

/// <summary>What a committed upload has become, as the treasurer wants to know it.</summary>
public sealed record UploadResult(UploadReport Report, string FileName, Money Allocated, Money Suspense, Money Credit, long Cases, DateTimeOffset? NextCutoff, SettlementForecast? WillRemit)
{
    /// <summary>What of this upload that cut-off would not take: periods that are paid in part, credit and suspense.</summary>
    public required Money WillWait { get; init; }
}

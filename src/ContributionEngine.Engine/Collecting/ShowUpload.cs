using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>How far the check of an upload has come.</summary>
/// <param name="RowsAll">Null until the file was read through once.</param>
/// <param name="IsOver">Nothing is being checked: there is a result, or it was given up.</param>
public sealed record UploadProgress(string Upload, string State, long RowsDone, long? RowsAll, bool IsOver);

/// <summary>A row of an upload with what is wrong with it.</summary>
/// <param name="Cells">What it says, as far as it can be read; empty for a row that is ready.</param>
public sealed record ProblemRow(long Row, IReadOnlyList<FoundProblem> Problems, IReadOnlyDictionary<string, string> Cells, Money? Amount);

/// <summary>An upload as a page shows it, before and after it is sent.</summary>
public sealed record KnownUpload
{
    public required string Agreement { get; init; }

    public required string Organisation { get; init; }

    /// <summary>In which its days and moments are said.</summary>
    public required TimeZoneInfo Zone { get; init; }

    public required string FileName { get; init; }

    public required string SubmittedBy { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? CommittedAt { get; init; }

    public required UploadProgress Progress { get; init; }

    /// <summary>Counts, sums, groups and how the file was read; of an upload that was not checked, or is refused, all empty.</summary>
    public required UploadReport Report { get; init; }

    /// <summary>Why the whole file is refused, with what can be asked about it; null when it was read.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Text of the map that it is read by; null where none was told.</summary>
    public string? Map { get; init; }

    /// <summary>Control total that the treasurer gave.</summary>
    public Money? Expected { get; init; }

    /// <summary>Number of the first upload of the sheet that this one corrects; null: it is a sheet of its own.</summary>
    public string? Corrects { get; init; }

    /// <summary>Numbers of the sent uploads that have corrected this one.</summary>
    public IReadOnlyList<string> CorrectedBy { get; init; } = [];

    /// <summary>Rows that were put right since the check: its counts do not know of them yet.</summary>
    public long FixedSince { get; init; }

    /// <summary>Some of the rows with problems.</summary>
    public IReadOnlyList<ProblemRow> Rows { get; init; } = [];

    /// <summary>The last row of this page, when there are more behind it.</summary>
    public long? Next { get; init; }
}

/// <summary>Which upload, and which of its problems.</summary>
/// <param name="After">The last row of the page before; 0 for the first page.</param>
public sealed record UploadView(string Upload, string? Code = null, string? Severity = null, long After = 0);

/// <summary>Shows an upload: how far its check has come, what was found, and its problems page by page.</summary>
public sealed class ShowUpload(Database database)
{
    /// <summary>Rows with problems on a page.</summary>
    public const int RowsPerPage = 50;

    /// <summary>Refusals: <c>upload_unknown</c>.</summary>
    public Task<Outcome<UploadProgress>> Progress(Actor actor, string number, CancellationToken stop) => database.Read<Outcome<UploadProgress>>(actor, async work =>
        (await work.Uploads.Find(number)).Ok(out var upload, out var refusal) ? Progress(upload, await work.UploadChecks.Find(upload.Id)) : refusal, stop);

    /// <summary>Refusals: <c>upload_unknown</c>.</summary>
    public Task<Outcome<KnownUpload>> Run(Actor actor, UploadView view, CancellationToken stop) => database.Read<Outcome<KnownUpload>>(actor, async work =>
    {
        if (!(await work.Uploads.Find(view.Upload)).Ok(out var upload, out var refusal)) return refusal;
        var agreement = await work.Agreements.Get(upload.AgreementId);
        var check = await work.UploadChecks.Find(upload.Id);
        var known = Shown(agreement, upload, check) with
        {
            Corrects = upload.CorrectsId is { } root ? Numbers.Upload(root) : null, CorrectedBy = [.. (await work.Uploads.Sheet(upload.Id)).Where(one => one.Id != upload.Id).Select(one => one.Number)],
        };
        if (!known.Progress.IsOver) return known;
        var numbers = await work.UploadPages.Rows(upload.Id, new ProblemFilter(view.Code, view.Severity, view.After), RowsPerPage + 1);
        var shown = numbers.Take(RowsPerPage).ToList();
        return known with
        {
            Rows = await Rows(work, (agreement, upload), shown),
            Next = numbers.Count > RowsPerPage ? shown[^1] : null,
            FixedSince = check is null || upload.CommittedAt is not null ? 0 : await work.UploadPages.Fixed(upload.Id, check.ToldAt),
        };
    }, stop);

    private static UploadProgress Progress(StoredUpload upload, StoredCheck? check) =>
        new(upload.Number, upload.State, check?.RowsDone ?? 0, check?.RowsAll, upload.State is not ("received" or "checking"));

    private static KnownUpload Shown(StoredAgreement agreement, StoredUpload upload, StoredCheck? check)
    {
        var options = UploadOptions.Read(upload.Options);
        var report = UploadSummaryText.Read(upload, agreement.Currency);
        return new KnownUpload
        {
            Agreement = agreement.Number,
            Organisation = agreement.Agreement.Organisation.Name,
            Zone = TimeZoneInfo.FindSystemTimeZoneById(agreement.Agreement.Settlement.TimeZone),
            FileName = upload.FileName,
            SubmittedBy = upload.SubmittedBy,
            SubmittedAt = upload.SubmittedAt,
            CommittedAt = upload.CommittedAt,
            Progress = Progress(upload, check),
            Report = check?.Findings is { } findings ? UploadFindings.Read(findings, report) : report,
            Refusal = check?.Refusal is { } refused ? JsonSerializer.Deserialize<Refusal>(refused) : null,
            Map = options.Map,
            Expected = options.ExpectTotal is { } total ? Money.Parse(total, agreement.Currency).Value : null,
        };
    }

    private static async Task<IReadOnlyList<ProblemRow>> Rows(Work work, (StoredAgreement Agreement, StoredUpload Upload) of, List<long> rows)
    {
        if (rows.Count == 0) return [];
        var problems = (await work.UploadPages.Problems(of.Upload.Id, rows)).Select(KeptProblems.Found).ToLookup(problem => problem.Row);
        var kept = (await work.LeftOut.Among(of.Upload.Id, rows)).ToDictionary(row => row.RowNo);
        var contents = kept.ToDictionary(row => row.Key, row => row.Value.Document == "{}" ? null : RowContent.Read(row.Value.Document));
        var alike = await Alike(work, of.Agreement.Id, [.. rows.Where(row => contents.GetValueOrDefault(row) is not null && problems[row].Any(problem => problem.Code == "R02"))], contents);
        return
        [
            .. rows.Select(row => new ProblemRow(
                row,
                [.. problems[row].Select(problem => problem.Code == "R02" && alike.GetValueOrDefault(row) is { Count: > 0 } members ? problem with { Suggestions = members } : problem)],
                contents.GetValueOrDefault(row)?.Cells ?? [],
                kept.GetValueOrDefault(row)?.Amount is { } amount ? new Money(amount, of.Agreement.Currency) : null)),
        ];
    }

    // Against today's members, and only for the rows of the page.
    private static async Task<Dictionary<long, IReadOnlyList<LookAlike>>> Alike(Work work, long agreement, List<long> unknown, Dictionary<long, RowContent?> contents)
    {
        if (unknown.Count == 0) return [];
        var members = await MemberDirectory.Of(work.Members.EachEnrolled(agreement));
        var found = LookAlikes.Of(members.All, [.. unknown.Select(row => Sought(contents[row]!.Cells))]);
        return unknown.Zip(found).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static Sought Sought(Dictionary<string, string> cells) => new(cells.GetValueOrDefault("member_no"), cells.GetValueOrDefault("national_id"), cells.GetValueOrDefault("member_name"));
}

using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>The cases that rows of an upload open.</summary>
internal static class RowCases
{
    /// <summary>Reason of the case that a left-out row of an unknown member opens.</summary>
    public const string LeftOut = "row_left_out";

    /// <summary>Reason of the case of a statement's row that takes a payment back; it is about the receipt number.</summary>
    public const string ReversalReported = "reversal_reported";

    /// <summary>Reason of the case of money that is held because its member is not known.</summary>
    public const string Held = "member_unknown";

    /// <summary>Reason of the case of a row whose receipt number stands with other content.</summary>
    public const string Clash = "receipt_no_clash";

    /// <summary>What a case about a row is about.</summary>
    public static string Subject(string upload, long row) => $"{upload} row {row}";

    public static IEnumerable<NewCase> Of(string upload, ReceiptRow row, IReadOnlyList<FoundProblem> problems, bool isReady) =>
        from found in problems
        let reason = ReasonOf(found, isReady)
        where reason is not null
        select new NewCase(reason, Subject(upload, row.Row), row.IsFaulty("amount") ? null : row.AmountMinor, found.Told);

    /// <summary>The case of a row that is left out once more; null when there was none about it.</summary>
    public static NewCase? Again(LeftOutRow row)
    {
        var found = new FoundProblem(row.RowNo, row.Code, row.Severity, row.Field, row.Value, row.Detail) { Particulars = Particulars.Read(row.Particulars) };
        return ReasonOf(found, isReady: false) is { } reason ? new NewCase(reason, Subject(row.Upload, row.RowNo), row.Amount, found.Told) : null;
    }

    /// <summary>Resolves what is open about left-out rows of an upload.</summary>
    public static async Task<int> Close(Work work, StoredAgreement agreement, (string Upload, IEnumerable<long> Rows) of, CaseEnd end)
    {
        var subjects = of.Rows.Select(row => Subject(of.Upload, row)).ToList();
        return await work.Cases.Close(agreement.Id, LeftOut, subjects, end) + await work.Cases.Close(agreement.Id, Clash, subjects, end);
    }

    /// <summary>Opens the case of each reported reversal for which there has never been one.</summary>
    public static async Task Report(Work work, StoredAgreement agreement, DateOnly on, IReadOnlyList<NewCase> reversals)
    {
        if (reversals.Count == 0) return;
        var before = await work.Cases.EverAbout(agreement.Id, ReversalReported, reversals.Select(item => item.Subject));
        await work.Cases.Open(agreement.Id, on, [.. reversals.Where(item => !before.Contains(item.Subject))]);
    }

    // A row that is held would be a case; one that is left out because its receipt is posted already is none.
    private static string? ReasonOf(FoundProblem problem, bool isReady) => (problem.Code, problem.Severity, isReady) switch
    {
        ("R01" or "R02", "warning", true) => Held,
        ("R02", "error", false) => LeftOut,
        ("R06", "error", false) => Clash,
        _ => null,
    };
}

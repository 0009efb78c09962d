using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A file that was read through once, and the members whom its rows may name.</summary>
internal sealed record OpenSheet(ReceiptSheet Sheet, MemberDirectory Members) : IDisposable
{
    /// <summary>The sheet that is corrected; null where the file is one of its own.</summary>
    public CorrectedSheet? Corrected { get; init; }

    /// <summary>Rows that are checked together: of a correction all, since each may be about any receipt of the other sheet.</summary>
    public int PerChunk => Corrected is null ? StagedRows.PerChunk : CorrectedSheet.RowsMax;

    public void Dispose() => Sheet.Dispose();
}

/// <summary>What a file is checked against: the agreement, its pack, and the day as of which it is looked at.</summary>
/// <param name="Request">With the saved maps to read by.</param>
internal sealed record UploadDesk(StoredAgreement Agreement, Pack Pack, AsOf AsOf, UploadRequest Request, Money? Expected)
{
    /// <param name="changes">The unit will change the agreement, so it holds it; one that only checks may look ahead.</param>
    public static async Task<Outcome<UploadDesk>> Open(Work work, UploadRequest request, bool changes)
    {
        var found = changes ? await work.Agreements.FindToChange(request.Agreement) : await work.Agreements.Find(request.Agreement);
        if (!found.Ok(out var agreement, out var refusal)) return refusal;
        if (!AsOf.Read(request.AsOf, agreement.Agreement.Settlement.TimeZone, work.Now, mayBeLater: !changes || work.Database.IsDryRun).Ok(out var asOf, out refusal)) return refusal;
        if (!(await SchemePacks.Of(work, agreement)).Ok(out var pack, out refusal)) return refusal;
        Money? expected = null;
        if (request.ExpectTotal is { } text)
        {
            if (!Money.Parse(text, agreement.Currency).Ok(out var total, out refusal)) return refusal with { Kind = RefusalKind.Usage, Field = "expect_total", Help = "Write the control total as a plain decimal, such as 38600.00." };
            expected = total;
        }

        return new UploadDesk(agreement, pack, asOf, request with { Saved = request.Saved ?? await SavedMaps.Of(work, agreement) }, expected);
    }

    /// <summary>How a file is to be read.</summary>
    public static Outcome<SheetTerms> Terms(UploadRequest request, Currency currency, DateOnly latestDay)
    {
        SheetMap? map = null;
        if (request.Map is not null && !SheetMap.Read(request.Map).Ok(out map, out var refusal)) return refusal;
        return new SheetTerms(request.FileName, currency, latestDay, map)
        {
            Saved = [.. (request.Saved ?? []).Select(text => SheetMap.Read(text).Value)], Fixed = request.Fixes.HasCells ? request.Fixes.Cell : null,
        };
    }

    /// <summary>Reads the file through, and the members at the same time. Refusals: those of the file, and <c>correction_too_large</c>.</summary>
    public async Task<Outcome<OpenSheet>> Sheet(Work work)
    {
        if (!Terms(Request, Agreement.Currency, AsOf.Day).Ok(out var terms, out var refusal)) return refusal;
        var reading = Task.Run(() => ReceiptSheet.Survey(Request.Content.Open, terms with { TakesEvents = Pack.EventKinds.Count > 0 }), work.Stop);
        var members = MemberDirectory.Of(work.Members.EachEnrolled(Agreement.Id));
        await Task.WhenAll(reading, members);
        if (!(await reading).Ok(out var sheet, out refusal)) return refusal;
        var open = new OpenSheet(sheet, await members);
        if (Request.CorrectsId is not { } root) return open;
        if (sheet.Rows <= CorrectedSheet.RowsMax && (await CorrectedSheet.Of(work, root)).Ok(out var corrected, out refusal)) return open with { Corrected = corrected };
        open.Dispose();
        return refusal ?? CorrectedSheet.TooLarge(sheet.Rows);
    }

    /// <summary>The checker of this file's rows.</summary>
    /// <param name="upload">Its id and number; null when nothing is stored.</param>
    /// <param name="only">Only these rows; null: all.</param>
    public async Task<ReceiptCheck> Checker(Work work, OpenSheet open, (long Id, string Number)? upload, HashSet<long>? only = null) => new(Agreement, Pack, open.Members, Request)
    {
        UploadId = upload?.Id ?? 0,
        UploadNumber = upload?.Number ?? "",
        Only = only,
        Correction = open.Corrected is { } corrected ? new CorrectionCheck(corrected, Agreement.Currency) : null,
        Corrections = new Corrections(open.Sheet.IsCorrection),
        HoldsUnknown = Request.HoldUnknown || open.Sheet.IsStatement,
        HasSuspense = await work.Receipts.AnySuspense(Agreement.Id),
        HasReceipts = await work.Standings.AnyReceipt(Agreement.Id),
        Usual = new UsualAmounts(upload?.Id ?? 0),
        Report = new UploadReport
        {
            Upload = upload?.Number, FileSha256 = Request.Content.Sha256, SumReady = Money.Zero(Agreement.Currency), ExpectedTotal = Expected, Understood = open.Sheet.Understood,
        },
    };

    /// <summary>A refusal F10 when a control total or count is not met.</summary>
    public Refusal? Difference(UploadReport report)
    {
        if (Expected is { } expected && expected != report.SumReady)
        {
            return Refusal.Input("F10", $"The rows add up to {report.SumReady.ToMajor()}; you entered {expected.ToMajor()}. Difference: {(report.SumReady - expected).ToMajor()}.") with
            {
                Field = "expect_total",
                Particulars = Particulars.Of(null, ("sum", report.SumReady.ToMajor()), ("total", expected.ToMajor()), ("diff", (report.SumReady - expected).ToMajor())),
                Help = "Find the rows that are missing, left out or mistyped, or correct the total. Nothing was posted.",
            };
        }

        if (Request.ExpectRows is { } rows && rows != report.Rows)
        {
            return Refusal.Input("F10", $"The file has {report.Rows} rows; you entered {rows}.") with
            {
                Field = "expect_rows", Help = "Send the whole file, or correct the number. Nothing was posted.", Particulars = Particulars.Of("rows", ("sum", $"{report.Rows}"), ("total", $"{rows}")),
            };
        }

        return null;
    }
}

using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a file is checked against: the agreement, its pack, its members, and the day as of which it is looked at.</summary>
internal sealed record UploadDesk(StoredAgreement Agreement, Pack Pack, MemberDirectory Members, AsOf AsOf, UploadRequest Request, Money? Expected)
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

        return new UploadDesk(agreement, pack, new MemberDirectory(await work.Members.EnrolledIn(agreement.Id)), asOf, request, expected);
    }

    /// <summary>The file, read through once.</summary>
    public Outcome<ReceiptSheet> Sheet()
    {
        SheetMap? map = null;
        if (Request.Map is not null && !SheetMap.Read(Request.Map).Ok(out map, out var refusal)) return refusal;
        return ReceiptSheet.Survey(Request.Content.Open, new SheetTerms(Request.FileName, Agreement.Currency, AsOf.Day, map)
        {
            TakesEvents = Pack.EventKinds.Count > 0, Fixed = Request.Fixes.HasCells ? Request.Fixes.Cell : null,
        });
    }

    /// <summary>The checker of this file's rows.</summary>
    /// <param name="only">Only these rows; null: all.</param>
    public async Task<ReceiptCheck> Checker(Work work, ReceiptSheet sheet, string? number, HashSet<long>? only = null) => new(Agreement, Pack, Members, Request)
    {
        UploadNumber = number ?? "",
        Only = only,
        Corrections = new Corrections(sheet.IsCorrection),
        HoldsUnknown = Request.HoldUnknown || sheet.IsStatement,
        HasSuspense = await work.Receipts.AnySuspense(Agreement.Id),
        Report = new UploadReport { Upload = number, FileSha256 = Request.Content.Sha256, SumReady = Money.Zero(Agreement.Currency), ExpectedTotal = Expected },
    };

    /// <summary>A refusal F10 when a control total or count is not met.</summary>
    public Refusal? Difference(UploadReport report)
    {
        if (Expected is { } expected && expected != report.SumReady)
        {
            return Refusal.Input("F10", $"The rows add up to {report.SumReady.ToMajor()}; you entered {expected.ToMajor()}. Difference: {(report.SumReady - expected).ToMajor()}.") with
            {
                Field = "expect_total",
                Help = "Find the rows that are missing, left out or mistyped, or correct the total. Nothing was posted.",
            };
        }

        if (Request.ExpectRows is { } rows && rows != report.Rows)
        {
            return Refusal.Input("F10", $"The file has {report.Rows} rows; you entered {rows}.") with { Field = "expect_rows", Help = "Send the whole file, or correct the number. Nothing was posted." };
        }

        return null;
    }
}

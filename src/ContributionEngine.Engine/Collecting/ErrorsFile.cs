using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>The treasurer's own file with only the rows to fix, what to fix in each, and the code.</summary>
public sealed class ErrorsFile(Database database)
{
    /// <summary>Writes the errors of a report, as a CSV or as a workbook; the target can seek.</summary>
    public async Task<Outcome<int>> Write(Actor actor, UploadRequest request, UploadReport report, (Stream Target, bool AsWorkbook, CancellationToken Stop) to)
    {
        var errors = report.ErrorRows;
        if (!(await database.Read(actor, work => Terms(work, request), to.Stop)).Ok(out var terms, out var refusal)) return refusal;
        if (!ReceiptSheet.Survey(request.Content.Open, terms).Ok(out var sheet, out refusal)) return refusal;
        using var letGo = sheet;
        var fixes = errors.ToDictionary(row => row.Key, row => (row.Value.Detail, row.Value.Code));
        if (to.AsWorkbook) sheet.WriteErrorsWorkbook(to.Target, fixes);
        else sheet.WriteErrors(to.Target, fixes);
        return errors.Count;
    }

    /// <summary>The same of an upload that is kept, in words of the reader's language. Refusals: <c>upload_unknown</c>, the F codes.</summary>
    /// <param name="words">The sentence of a problem; rows that are asked about no more are not in the file.</param>
    public async Task<Outcome<int>> WriteKept(Actor actor, string upload, Func<FoundProblem, string> words, (Stream Target, bool AsWorkbook, CancellationToken Stop) to)
    {
        if (!(await KeptUpload.Open(database, actor, (upload, null), to.Stop)).Ok(out var kept, out var refusal)) return refusal;
        await using var letGo = kept;
        var errors = await database.Read(actor, async work => await work.Uploads.Problems((await work.Uploads.Find(upload)).Value.Id), to.Stop);
        if (!(await database.Read(actor, kept.Look, to.Stop)).Ok(out var desk, out refusal)) return refusal;
        var report = new UploadReport { FileSha256 = desk.Request.Content.Sha256, SumReady = Money.Zero(desk.Agreement.Currency) };
        foreach (var problem in errors.Select(KeptProblems.Found).Where(problem => problem.Severity == "error")) report.ErrorRows.TryAdd(problem.Row, problem with { Detail = words(problem) });
        return await Write(actor, desk.Request with { Fixes = SheetFixes.None }, report, to);
    }

    private static async Task<Outcome<SheetTerms>> Terms(Work work, UploadRequest request)
    {
        if (!(await work.Agreements.Find(request.Agreement)).Ok(out var agreement, out var refusal)) return refusal;
        return UploadDesk.Terms(request with { Saved = request.Saved ?? await SavedMaps.Of(work, agreement) }, agreement.Currency, DateOnly.MaxValue);
    }
}

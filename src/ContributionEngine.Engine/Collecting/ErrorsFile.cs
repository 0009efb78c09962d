using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>The treasurer's own file with only the rows to fix, what to fix in each, and the code.</summary>
public sealed class ErrorsFile(Database database)
{
    /// <summary>Writes the errors of a report.</summary>
    public async Task<Outcome<int>> Write(Actor actor, UploadRequest request, UploadReport report, (Stream Target, CancellationToken Stop) to)
    {
        var errors = report.ErrorRows;
        var found = await database.Read(actor, work => work.Agreements.Find(request.Agreement), to.Stop);
        if (!found.Ok(out var agreement, out var refusal)) return refusal;
        SheetMap? map = null;
        if (request.Map is not null && !SheetMap.Read(request.Map).Ok(out map, out refusal)) return refusal;
        var terms = new SheetTerms(request.FileName, agreement.Currency, DateOnly.MaxValue, map);
        if (!ReceiptSheet.Survey(request.Content.Open, terms).Ok(out var sheet, out refusal)) return refusal;
        using var reading = sheet;
        sheet.WriteErrors(to.Target, errors.ToDictionary(row => row.Key, row => (row.Value.Detail, row.Value.Code)));
        return errors.Count;
    }
}

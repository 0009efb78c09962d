using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Takes in statements that were sent. One that is refused stops no other, and is told with what to do.</summary>
[Allows(Access.Officers)]
[RequestSizeLimit(TotalBytesMax)]
[RequestFormLimits(MultipartBodyLengthLimit = TotalBytesMax)]
public sealed class BankImportModel : Screen
{
    /// <summary>Bytes of all files of one request.</summary>
    public const long TotalBytesMax = 256L << 20;

    private const string Any = "auto";
    private const string Duplicate = "duplicate";

    /// <summary>What became of each file, where one of them was refused.</summary>
    public IReadOnlyList<ReadBankFile> Read { get; private set; } = [];

    public IActionResult OnGet() => LocalRedirect("/bank/statements");

    public async Task<IActionResult> OnPost(IReadOnlyList<IFormFile>? files)
    {
        if (files is not { Count: > 0 }) return Refuse(Refusal.Input("bank_files_missing", "Choose the statements of the bank.") with { Field = "files" });
        var sent = new List<SentFile>();
        try
        {
            foreach (var file in files)
            {
                await using var source = file.OpenReadStream();
                sent.Add(new SentFile(Path.GetFileName(file.FileName), await FileSpool.Copy(source, BankFile.BytesMax, Stop)));
            }

            Read = await new ImportStatement(Database).Run(Actor, new StatementRequest(sent, Any, Register: false), Stop);
        }
        finally
        {
            foreach (var file in sent) await file.Content.DisposeAsync();
        }

        if (Read.FirstOrDefault(file => file.Problem is not null)?.Problem is { } problem) return Refuse(problem with { Field = "files" });
        var statements = Read.SelectMany(file => file.Statements).ToList();
        var again = statements.Count(statement => statement.Continuity == Duplicate);
        return RedirectToPage("/Bank/Statements", new { taken = statements.Count - again, again });
    }
}

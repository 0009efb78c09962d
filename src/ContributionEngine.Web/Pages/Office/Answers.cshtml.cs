using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>What funds have answered, and a way to take in an answer that came by hand.</summary>
[Allows(Access.Fund, Access.Officers)]
public sealed class AnswersModel : Screen
{
    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Remittance { get; set; }

    public Page<ListedAcknowledgement>? Found { get; private set; }

    public TakenAnswer? Taken { get; private set; }

    public string? FileName { get; private set; }

    public async Task<IActionResult> OnGet(string? after) => await Load(after) is { } refused ? Refuse(refused) : Page();

    public async Task<IActionResult> OnPost(IFormFile? file)
    {
        var refused = await Take(file);
        await Load(null);
        return refused is null ? Page() : Refuse(refused with { Field = "file" });
    }

    private async Task<Refusal?> Take(IFormFile? sent)
    {
        if (!Attached(sent).Ok(out var file, out var refusal)) return refusal;
        if (file.Length > AnswerLimits.BytesMax) return Refusal.Input("answer_too_large", $"{file.FileName} has more than {AnswerLimits.BytesMax} bytes.") with { Help = "Ask the fund for its answer in several files." };
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, Stop);
        FileName = Path.GetFileName(file.FileName);
        if (!(await new ImportAnswer(Database).Run(Actor, new RawAnswer(FileName, bytes.ToArray(), ImportAnswer.ByHand), Stop)).Ok(out var taken, out refusal)) return refusal;
        Taken = taken;
        return null;
    }

    private async Task<Refusal?> Load(string? after)
    {
        var where = new AcknowledgementsWhere { Agreement = Given(Agreement), Remittance = Given(Remittance) };
        if (!(await Listed(after, (lists, slice) => lists.Acknowledgements(where, slice))).Ok(out var found, out var refusal)) return refusal;
        Found = found;
        return null;
    }
}

using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace ContributionEngine.Web.Pages;

/// <summary>A sheet begins: a file, or the members' list to fill in.</summary>
[Allows(Access.Treasurers)]
[IgnoreAntiforgeryToken] // Asked for below, once it is known that the body may be read at all.
[RequestFormLimits(MultipartBodyLengthLimit = FormBytesMax)]
[RequestSizeLimit(FormBytesMax)]
public sealed class NewModel : Screen
{
    /// <summary>Bytes of a form: the largest file, and what stands around it.</summary>
    private const long FormBytesMax = SheetLimits.BytesMax + (1 << 20);

    private const string FileField = "file";

    public IReadOnlyList<string> Agreements { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    /// <summary>Number of the sent sheet in whose place the file stands; null: it is a sheet of its own.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Corrects { get; set; }

    public string? Total { get; private set; }

    public async Task OnGet() => await Show();

    public async Task<IActionResult> OnPost()
    {
        await Show();
        if (Request.ContentLength > FormBytesMax) return Refuse(TooLarge(Request.ContentLength.Value));
        if (await Whole() is not { } form) return Refuse(Refusal.Input("F09", "The connection dropped. Nothing was saved.") with { Field = FileField });
        if (!await HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(HttpContext)) return BadRequest();
        (Agreement, Total, Corrects) = (form["agreement"], form["expect_total"], Given(form["corrects"]));
        if (form.Files.GetFile(FileField) is not { Length: > 0 } file) return Refuse(Chosen(form.Files.GetFile(FileField)?.FileName));
        await using var content = file.OpenReadStream();
        await using var spool = await FileSpool.Copy(content, SheetLimits.BytesMax, Stop);
        var request = new UploadRequest { Agreement = Agreement ?? "", FileName = Path.GetFileName(file.FileName), Content = spool, Corrects = Corrects };
        if (!(await WithTotal(request)).Ok(out request, out var refusal)) return Refuse(refusal);
        var received = await new ReceiveUpload(Database).Run(Actor, request, Stop);
        return received.Ok(out var number, out refusal) ? LocalRedirect($"/uploads/{number}")
            : refusal is { Code: "upload_waiting", Value: { } waiting } ? LocalRedirect($"/uploads/{waiting}?same=true")
            : Refuse(refusal.Kind == RefusalKind.Refused ? refusal with { Field = FileField } : refusal);
    }

    // The form; null when the line broke, or was too slow, before all of it was here.
    private async Task<IFormCollection?> Whole()
    {
        try
        {
            return await Request.ReadFormAsync(Stop);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task<Outcome<UploadRequest>> WithTotal(UploadRequest request)
    {
        if (string.IsNullOrWhiteSpace(Total)) return request;
        if (!(await new PreparedList(Database).Currency(Actor, request.Agreement, Stop)).Ok(out var currency, out var refusal)) return refusal;
        return T.ReadTotal(Total, currency).Ok(out var total, out refusal) ? request with { ExpectTotal = total.ToMajor() } : refusal with { Field = "expect_total" };
    }

    private async Task Show()
    {
        Agreements = await new TreasurerHome(Database).Agreements(Actor, Stop);
        Agreement ??= Agreements.Count > 0 ? Agreements[0] : null;
    }

    private static Refusal Chosen(string? name) => name is { Length: > 0 }
        ? Refusal.Input("F04", "The file has no contribution rows.") with { Field = FileField }
        : Refusal.Input("F01", "Choose the file with the contributions.") with { Field = FileField };

    private static Refusal TooLarge(long bytes) => Refusal.Input("F03", "The file is too large.") with
    {
        Field = FileField, Particulars = Particulars.Of(null, ("size", $"{bytes >> 20} MB"), ("max", $"{SheetLimits.BytesMax >> 20} MB")),
    };
}

using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>People who are new: one of them, also from a row that names nobody we know, or a list as a file. What they owe is worked out at once.</summary>
[Allows(Access.Treasurers)]
[RequestSizeLimit(FormBytesMax)]
[RequestFormLimits(MultipartBodyLengthLimit = FormBytesMax)]
public sealed class NewMembersModel : Screen
{
    private const long FormBytesMax = SheetLimits.BytesMax + (1 << 20);

    public IReadOnlyList<string> Agreements { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    /// <summary>The sheet whose row names her, and the row.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Upload { get; set; }

    [BindProperty(SupportsGet = true)]
    public long Row { get; set; }

    public NewPerson Person { get; private set; } = new("", "", "", "");

    public async Task<IActionResult> OnGet()
    {
        if (await Show() is { } gone) return gone;
        if (Upload is null) return Page();
        if (!(await new ShowUpload(Database).Run(Actor, new UploadView(Upload, "R02", null, Row - 1), Stop)).Ok(out var sheet, out var refusal)) return Gone(refusal);
        if (sheet.Rows.FirstOrDefault(row => row.Row == Row) is not { } named) return LocalRedirect($"/uploads/{Upload}/fix?code=R02");
        Agreement = sheet.Agreement;
        Person = new NewPerson(Cell(named, "member_no"), Cell(named, "national_id"), Cell(named, "member_name"), Cell(named, "received_on"));
        return Page();
    }

    public async Task<IActionResult> OnPostPerson([FromForm(Name = "member_no")] string? number, [FromForm(Name = "national_id")] string? id, [FromForm(Name = "full_name")] string? name, [FromForm(Name = "enrolled_from")] string? from)
    {
        if (await Show() is { } gone) return gone;
        Person = new NewPerson(Given(number) ?? "", Given(id) ?? "", Given(name) ?? "", Given(from) ?? "");
        if (!(await new ImportMembers(Database).Add(Actor, Agreement!, Person, Stop)).Ok(out _, out var refusal)) return Refuse(refusal with { Errors = [.. refusal.Errors.Select(error => error with { Code = "person_cell" })] });
        if (Upload is null) return LocalRedirect($"/members?agreement={Uri.EscapeDataString(Agreement!)}&added=1");
        // The row now names her, by the number that she was given.
        var read = await new FixRow(Database).Fix(Actor, new FixRequest(Upload, Row, [KeyValuePair.Create("member_no", Person.MemberNo)], null), Stop);
        return read.Ok(out _, out refusal) ? LocalRedirect($"/uploads/{Upload}/fix?code=R02") : Refuse(refusal);
    }

    public async Task<IActionResult> OnPostFile([FromForm(Name = "file")] IFormFile? sent)
    {
        if (await Show() is { } gone) return gone;
        if (!Attached(sent).Ok(out var file, out var refusal)) return Refuse(refusal);
        var imported = await new ImportMembers(Database).Enrol(Actor, Agreement!, (file.OpenReadStream, Path.GetFileName(file.FileName)), Stop);
        return imported.Ok(out var done, out refusal) ? LocalRedirect($"/members?agreement={Uri.EscapeDataString(Agreement!)}&added={done.Added}&changed={done.Changed}") : Refuse(refusal);
    }

    private static string Cell(ProblemRow row, string field) => row.Cells.GetValueOrDefault(field) ?? "";

    private async Task<IActionResult?> Show()
    {
        Agreements = await new TreasurerHome(Database).Agreements(Actor, Stop);
        Agreement ??= Agreements.Count > 0 ? Agreements[0] : null;
        return Agreement is null ? NotFound() : null;
    }
}

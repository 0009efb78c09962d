using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Notes of money that is collected without signal. What a device keeps comes here when it can, and becomes a draft sheet; without a script each note comes at once.</summary>
[Allows(Access.Treasurers)]
public sealed class NotebookModel(IAntiforgery forms) : Screen
{
    /// <summary>Member numbers that a device keeps to choose from.</summary>
    private const int NumbersMax = 500;

    /// <summary>Header by which the notebook's own script asks for a bare answer.</summary>
    private const string FromScript = "X-Note";

    public IReadOnlyList<string> Agreements { get; private set; } = [];

    public IReadOnlyList<string> MemberNumbers { get; private set; } = [];

    public IReadOnlyList<(string Agreement, IReadOnlyList<KnownNote> Notes)> Notes { get; private set; } = [];

    public string FreshKey { get; } = Guid.NewGuid().ToString();

    public string Today { get; private set; } = "";

    public async Task<IActionResult> OnGet()
    {
        await Load();
        return Page();
    }

    /// <summary>A fresh token for forms: the one of a page that a device has kept for days is no longer good.</summary>
    public JsonResult OnGetToken() => new(new { token = forms.GetAndStoreTokens(HttpContext).RequestToken });

    public async Task<IActionResult> OnPost()
    {
        var kept = await new KeepNotes(Database).Add(Actor, new NoteRequest(Typed("agreement"), Typed("key"), Typed("member_no"), Typed("amount"), Typed("received_on")), Stop);
        if (Request.Headers.ContainsKey(FromScript)) return StatusCode(kept.Refusal is { } no ? Problems.Status(no) : 204);
        return await After(kept.Refusal);
    }

    public async Task<IActionResult> OnPostDrop(string? agreement, long note) => await After((await new KeepNotes(Database).Drop(Actor, (agreement ?? "", note), Stop)).Refusal);

    public async Task<IActionResult> OnPostSheet(string? agreement) =>
        (await new KeepNotes(Database).MakeSheet(Actor, agreement ?? "", Stop)).Ok(out var upload, out var refused) ? Redirect($"/uploads/{upload}") : await After(refused);

    private string Typed(string name) => Request.Form[name].ToString();

    private async Task<IActionResult> After(Refusal? refused)
    {
        if (refused is null) return Redirect("/notebook");
        await Load();
        return Refuse(refused);
    }

    private async Task Load()
    {
        var own = (await Database.Read(Actor, work => work.Lists.Agreements(new AgreementsWhere(), new Slice(Slice.LimitMax)), Stop)).Value;
        Agreements = [.. own.Rows.Select(row => row.Number)];
        var notes = new List<(string, IReadOnlyList<KnownNote>)>();
        foreach (var agreement in Agreements) notes.Add((agreement, (await new KeepNotes(Database).List(Actor, agreement, Stop)).Value));
        Notes = notes;
        if (Agreements.Count == 0) return;
        var prepared = (await new PreparedList(Database).Of(Actor, Agreements[0], Stop)).Value;
        (MemberNumbers, Today) = ([.. prepared.Rows.Take(NumbersMax).Select(row => row.MemberNo)], prepared.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}

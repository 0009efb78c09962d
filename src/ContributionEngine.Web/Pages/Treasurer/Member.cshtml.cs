using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ContributionEngine.Web.Pages;

/// <summary>One member: where she stands, what she paid and what she owes.</summary>
[Allows(Access.Users, Access.Officers)]
public sealed class MemberModel : Screen
{
    public ShownMember Member { get; private set; } = null!;

    public Page<ListedReceipt> Receipts { get; private set; } = null!;

    public Page<ListedObligation> Owed { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    public async Task<IActionResult> OnGet()
    {
        if (!(await new ShowMember(Database).Run(Actor, Number, Agreement, Stop)).Ok(out var member, out var refusal)) return Gone(refusal);
        var (receipts, owed) = (new ReceiptsWhere { Agreement = Agreement, Member = Number }, new ObligationsWhere { Agreement = Agreement, Member = Number, State = "owing" });
        if (!(await Database.Read(Actor, work => work.Lists.Receipts(receipts, new Slice()), Stop)).Ok(out var paid, out refusal)) return Gone(refusal);
        if (!(await Database.Read(Actor, work => work.Lists.Obligations(owed, new Slice()), Stop)).Ok(out var open, out refusal)) return Gone(refusal);
        (Member, Receipts, Owed) = (member, paid, open);
        return Page();
    }

    public async Task<IActionResult> OnPostMerge(string? under, string? into, string? reason) =>
        await After((await new MergeMembers(Database).Run(Actor, new MergeRequest(Number, into ?? "", under ?? "", reason ?? ""), Stop)).Refusal);

    public async Task<IActionResult> OnPostUnmerge(string? under, string? reason) => await After((await new MergeMembers(Database).Undo(Actor, (Number, under ?? "", reason ?? ""), Stop)).Refusal);

    private async Task<IActionResult> After(Refusal? refused)
    {
        if (refused is null) return Redirect($"/members/{Uri.EscapeDataString(Number)}");
        return await OnGet() is PageResult ? Refuse(refused) : Gone(refused);
    }
}

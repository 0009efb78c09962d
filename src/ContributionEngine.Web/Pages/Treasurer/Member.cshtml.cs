using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One member: where she stands, what she paid and what she owes.</summary>
[Allows(Access.Users)]
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
}

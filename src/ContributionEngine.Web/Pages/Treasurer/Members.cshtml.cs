using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>The members of an agreement, with what each owes and has paid ahead.</summary>
[Allows(Access.Users)]
public sealed class MembersModel : Screen
{
    public static readonly string[] Standings = ["owing", "credit", "enrolled"];

    public IReadOnlyList<string> Agreements { get; private set; } = [];

    public Page<ListedMember>? Members { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Standing { get; set; }

    /// <summary>A number, the beginning of one, or a part of a name.</summary>
    [BindProperty(SupportsGet = true, Name = "text")]
    public string? Sought { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>How many were added just now, and changed with them.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Added { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Changed { get; set; }

    public async Task<IActionResult> OnGet()
    {
        Agreements = await new TreasurerHome(Database).Agreements(Actor, Stop);
        if ((Agreement ??= Agreements.Count > 0 ? Agreements[0] : null) is not { } agreement) return Page();
        Mark? after = null;
        if (After is { Length: > 0 })
        {
            if (!Mark.Read(After).Ok(out var mark, out var malformed)) return Gone(malformed);
            after = mark;
        }

        var where = new MembersWhere(agreement) { Standing = Standings.Contains(Standing) ? Standing : null, Text = Sought };
        if (!(await Database.Read(Actor, work => work.Lists.Members(where, new Slice(After: after)), Stop)).Ok(out var members, out var refusal)) return Gone(refusal);
        Members = members;
        return Page();
    }
}

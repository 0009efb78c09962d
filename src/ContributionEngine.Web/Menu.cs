using System.Security.Claims;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Web;

/// <summary>A place that the main menu leads to.</summary>
internal sealed record MenuEntry(string Path, string Text, bool IsHere);

/// <summary>The main menu of whoever is signed in: treasurers and the fund's people have different work.</summary>
internal sealed record Menu(string? Owner, string? User, IReadOnlyList<MenuEntry> Entries)
{
    /// <summary>Claim of a treasurer: the name of her organisation.</summary>
    public const string Organisation = "organisation";

    private static readonly (string Path, string Text)[] Treasurers = [("/home", "menu.home"), ("/uploads", "menu.uploads"), ("/members", "menu.members"), ("/remittances", "menu.remittances"), ("/reports", "menu.reports")];

    private static readonly (string Path, string Text, Access Access)[] Fund =
    [
        ("/work", "menu.work", Access.Fund), ("/remittances", "menu.remittances", Access.Fund), ("/bank", "menu.bank", Access.Fund), ("/cases", "menu.cases", Access.Fund), ("/claims", "menu.claims", Access.Fund), ("/agreements", "menu.agreements", Access.Fund),
        ("/members", "menu.members", Access.Fund), ("/receipts", "menu.receipts", Access.Fund), ("/runs", "menu.runs", Access.Fund), ("/periods", "menu.periods", Access.Fund), ("/reports", "menu.reports", Access.Fund), ("/audit", "menu.audit", Access.Fund),
        ("/messages", "menu.messages", Access.Operators), ("/users", "menu.users", Access.Operators),
    ];

    public static Menu Of(HttpContext call)
    {
        if (SignedIn.Role(call.User) is not { } role) return new Menu(null, null, []);
        var places = role == Door.Treasurer ? Treasurers : [.. Fund.Where(place => Door.May(role, place.Access)).Select(place => (place.Path, place.Text))];
        return new Menu(call.User.FindFirstValue(Organisation), call.User.Identity?.Name, [.. places.Select(place => new MenuEntry(place.Path, place.Text, call.Request.Path.StartsWithSegments(place.Path)))]);
    }
}

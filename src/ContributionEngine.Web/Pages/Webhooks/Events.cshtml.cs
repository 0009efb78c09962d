using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Events that somebody has asked for, the newest first, and all since an instant sent again.</summary>
[Allows(Access.Users, Access.Treasurers)]
public sealed class EventsModel(SiteSettings site) : Screen
{
    [BindProperty(SupportsGet = true)]
    public string? Type { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Since { get; set; }

    /// <summary>The receiver to send again to; empty: each that asked for the kind.</summary>
    [BindProperty]
    public string? To { get; set; }

    [BindProperty(Name = "resend_since")]
    public string? ResendSince { get; set; }

    public IReadOnlyList<KnownEvent> Events { get; private set; } = [];

    /// <summary>Receivers that are sent to.</summary>
    public IReadOnlyList<KnownEndpoint> Live { get; private set; } = [];

    /// <summary>Cursor of the next page; null on the last.</summary>
    public string? Next { get; private set; }

    /// <summary>What was put in the queue just now.</summary>
    public ResentEvents? Resent { get; private set; }

    public bool MayChange => May(Access.Treasurers);

    public async Task<IActionResult> OnGet(string? after) => await Load(after) is { } refusal ? Refuse(refusal) : Page();

    public async Task<IActionResult> OnPost()
    {
        if (await Load(null) is { } unread) return Refuse(unread);
        if (!(await new ReplayEvents(Database).Resend(Actor, new ResendRequest(null, Given(ResendSince), Given(To)), Stop)).Ok(out var resent, out var refusal))
        {
            return Refuse(refusal with { Field = refusal.Code.StartsWith("webhook", StringComparison.Ordinal) ? "to" : "resend_since" });
        }

        Resent = resent;
        return Page();
    }

    private async Task<Refusal?> Load(string? after)
    {
        Live = [.. (await new KeepWebhooks(Database, site.WebhooksMayBeLocal).All(Actor, Stop)).Where(one => one.State == "enabled")];
        var asked = new EventQuestion(Given(Type), Given(Since), Given(after));
        if (!(await new ReplayEvents(Database).List(Actor, asked with { Limit = asked.Limit + 1 }, Stop)).Ok(out var rows, out var refusal)) return refusal with { Field = "since" };
        Events = [.. rows.Take(asked.Limit)];
        Next = rows.Count > asked.Limit ? Events[^1].Event : null;
        return null;
    }
}

using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One event as it is sent, and how far each receiver has heard of it.</summary>
[Allows(Access.Users, Access.Treasurers)]
public sealed class EventModel : Screen
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    /// <summary>It was put in the queue just now.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Resent { get; set; }

    public KnownEvent Event { get; private set; } = null!;

    public IReadOnlyList<KnownDelivery> Deliveries { get; private set; } = [];

    public string Body => JsonSerializer.Serialize(Event.Body, Readable);

    public bool MayChange => May(Access.Treasurers);

    public async Task<IActionResult> OnGet() => await Load() is { } gone ? Gone(gone) : Page();

    public async Task<IActionResult> OnPostResend([FromForm(Name = "to")] string? to)
    {
        if (await Load() is { } gone) return Gone(gone);
        return (await new ReplayEvents(Database).Resend(Actor, new ResendRequest(Number, null, Given(to)), Stop)).Ok(out _, out var refusal) ? RedirectToPage("/Webhooks/Event", new { number = Number, resent = true }) : Refuse(refusal);
    }

    private async Task<Refusal?> Load()
    {
        if (!(await new ReplayEvents(Database).Show(Actor, Number, Stop)).Ok(out var found, out var refusal)) return refusal;
        if (!(await new ReplayEvents(Database).Deliveries(Actor, new DeliveryQuestion(Event: Number), Stop)).Ok(out var deliveries, out refusal)) return refusal;
        (Event, Deliveries) = (found, deliveries);
        return null;
    }
}

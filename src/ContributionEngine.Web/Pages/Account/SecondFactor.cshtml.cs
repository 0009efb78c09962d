using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ContributionEngine.Web.Pages;

/// <summary>Sets up an authenticator app, shows recovery codes once, and takes both away. Whose role needs it does so before anything else opens.</summary>
[Allows(Access.Anyone)]
public sealed class SecondFactorModel(Sealing sealing) : Screen
{
    /// <summary>The page that she wanted.</summary>
    [BindProperty(Name = "back", SupportsGet = true)]
    public string? From { get; set; }

    public bool IsOn { get; private set; }

    /// <summary>Nothing else opens before it is set up.</summary>
    public bool IsOwed => Sessions.MustSetUpFactor(User);

    /// <summary>Where she goes on.</summary>
    public string Onward => From is null ? "/account" : Back.To(From);

    /// <summary>What the app has to take over; null: nothing is offered.</summary>
    public OfferedSecondFactor? Offered { get; private set; }

    public string? Drawing => Offered is null ? null : QrSvg.Of(Offered.Address);

    /// <summary>Codes that were made just now.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    private OwnSecondFactor Factor => new(Database, sealing);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (IsOwed || SignedIn.Role(User) is not null) return;
        context.Result = User.Identity?.IsAuthenticated == true ? Forbid() : Challenge();
    }

    public Task<IActionResult> OnGet() => Shown(null);

    public async Task<IActionResult> OnPostOffer() => (await Factor.Offer(Actor, Stop)).Ok(out _, out var refusal) ? LocalRedirect($"{Sessions.SecondFactor}?back={Uri.EscapeDataString(Onward)}") : await Shown(refusal);

    public Task<IActionResult> OnPostConfirm([FromForm(Name = "code")] string? code) => Coded(Factor.Confirm(Actor, code ?? "", Stop));

    public Task<IActionResult> OnPostRenew([FromForm(Name = "code")] string? code) => Coded(Factor.Renew(Actor, code ?? "", Stop));

    public async Task<IActionResult> OnPostRemove([FromForm(Name = "code")] string? code)
    {
        if (!(await Factor.Remove(Actor, code ?? "", Stop)).Ok(out var session, out var refusal)) return await Shown(refusal);
        await HttpContext.Renew(session);
        return LocalRedirect("/account");
    }

    private async Task<IActionResult> Coded(Task<Outcome<RecoveryCodes>> asked)
    {
        if (!(await asked).Ok(out var made, out var refusal)) return await Shown(refusal);
        await HttpContext.Renew(made.Session);
        (Codes, IsOn) = (made.Codes, true);
        return Page();
    }

    private async Task<IActionResult> Shown(Refusal? refused)
    {
        if (!(await new OwnAccount(Database).Show(Actor, Stop)).Ok(out var login, out var refusal)) return Gone(refusal);
        IsOn = login.SecondFactorSince is not null;
        Offered = !IsOn && (await Factor.Offered(Actor, Stop)).Ok(out var offered, out _) ? offered : null;
        return refused is null ? Page() : Refuse(refused);
    }
}

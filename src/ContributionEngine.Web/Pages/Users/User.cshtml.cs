using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One user: lets her in again, takes a lost second factor away, ends her keys or her access.</summary>
[Allows(Access.Operators)]
public sealed class UserModel(SiteSettings settings) : Screen
{
    [BindProperty(Name = "name", SupportsGet = true)]
    public string Name { get; set; } = "";

    public KnownLogin Login { get; private set; } = null!;

    public IReadOnlyList<KnownKey> Keys { get; private set; } = [];

    public OneTimePassword? Made { get; private set; }

    public MadeKey? MadeKey { get; private set; }

    public bool HasProvider => settings.Provider is not null;

    private KeepLogins Logins => new(Database);

    public Task<IActionResult> OnGet() => Shown(null);

    public async Task<IActionResult> OnPostPassword()
    {
        if (!(await Logins.Password(Actor, Name, Stop)).Ok(out var made, out var refusal)) return await Shown(refusal);
        Made = made;
        return await Shown(null);
    }

    public async Task<IActionResult> OnPostSecondFactor() => await After(await Logins.RemoveSecondFactor(Actor, Name, Stop));

    public async Task<IActionResult> OnPostExternalName([FromForm(Name = "external_name")] string? external) =>
        await After(await Logins.SetExternalName(Actor, (Name, string.IsNullOrWhiteSpace(external) ? null : external.Trim()), Stop));

    public async Task<IActionResult> OnPostDisable([FromForm(Name = "sure")] bool sure) => sure
        ? await After(await new KeepUsers(Database).Disable(Actor, Name, Stop))
        : await Shown(Refusal.Usage("not_sure", "Say that you mean it.") with { Field = "sure" });

    public async Task<IActionResult> OnPostMakeKey([FromForm(Name = "label")] string? label, [FromForm(Name = "once")] string? once)
    {
        if (!(await Once(once, () => new KeepKeys(Database).Make(Actor, (Name, label), Stop))).Ok(out var made, out var refusal)) return await Shown(refusal);
        MadeKey = made;
        return await Shown(null);
    }

    public async Task<IActionResult> OnPostRevokeKey([FromForm(Name = "number")] string? number) => await After(await new KeepKeys(Database).RevokeOne(Actor, number ?? "", Stop));

    // Done is shown by the page itself, which is asked for anew so that a reload does nothing twice.
    private async Task<IActionResult> After<T>(Outcome<T> outcome) => outcome.Refusal is { } refusal ? await Shown(refusal) : LocalRedirect($"/users/{Uri.EscapeDataString(Name)}");

    private async Task<IActionResult> Shown(Refusal? refused)
    {
        if (!(await Logins.Show(Actor, Name, Stop)).Ok(out var login, out var refusal)) return Gone(refusal);
        if (!(await new KeepKeys(Database).All(Actor, Name, Stop)).Ok(out var keys, out refusal)) return Gone(refusal);
        (Login, Keys) = (login, keys);
        return refused is null ? Page() : Refuse(refused);
    }
}

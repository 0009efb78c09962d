using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ContributionEngine.Web.Pages;

/// <summary>What a user may do with her own account.</summary>
[Allows(Access.Users)]
public sealed class AccountModel : Screen
{
    public UserLogin Login { get; private set; } = null!;

    public IReadOnlyList<KnownKey> Keys { get; private set; } = [];

    /// <summary>A key that was made just now.</summary>
    public MadeKey? Made { get; private set; }

    /// <summary>Key of the text that says what was done.</summary>
    public string? Done { get; private set; }

    public async Task<IActionResult> OnGet([FromQuery(Name = "done")] string? done) => await Shown(done is "password" or "language" or "key" ? $"account.done_{done}" : null);

    public async Task<IActionResult> OnPostPassword([FromForm(Name = "old_password")] string? old, [FromForm(Name = "password")] string? password)
    {
        if (!(await new OwnAccount(Database).ChangePassword(Actor, (old ?? "", password ?? ""), Stop)).Ok(out var session, out var refusal)) return await Shown(refusal);
        await HttpContext.Renew(session);
        return LocalRedirect("/account?done=password");
    }

    public async Task<IActionResult> OnPostLanguage([FromForm(Name = "language")] string? language)
    {
        if (!(await new OwnAccount(Database).ChangeLanguage(Actor, string.IsNullOrEmpty(language) ? null : language, Stop)).Ok(out var chosen, out var refusal)) return await Shown(refusal);
        if (chosen is null) Languages.Forget(HttpContext);
        else Languages.Remember(HttpContext, chosen);
        return LocalRedirect("/account?done=language");
    }

    public async Task<IActionResult> OnPostMakeKey([FromForm(Name = "label")] string? label, [FromForm(Name = "once")] string? once)
    {
        if (!(await Once(once, () => new KeepKeys(Database).MakeOwn(Actor, label, Stop))).Ok(out var made, out var refusal)) return await Shown(refusal);
        Made = made;
        return await Shown((string?)null);
    }

    public async Task<IActionResult> OnPostRevokeKey([FromForm(Name = "number")] string? number) =>
        (await new KeepKeys(Database).RevokeOwn(Actor, number ?? "", Stop)).Ok(out _, out var refusal) ? LocalRedirect("/account?done=key") : await Shown(refusal);

    private async Task<IActionResult> Shown(string? done)
    {
        Done = done;
        if (!(await new OwnAccount(Database).Show(Actor, Stop)).Ok(out var login, out var refusal)) return Gone(refusal);
        if (!(await new KeepKeys(Database).Own(Actor, Stop)).Ok(out var keys, out refusal)) return Gone(refusal);
        (Login, Keys) = (login, keys);
        return Page();
    }

    private async Task<IActionResult> Shown(Refusal refused) => await Shown((string?)null) is PageResult ? Refuse(refused) : Gone(refused);
}

using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Name and password, or the provider's word.</summary>
[Allows(Access.Anyone)]
public sealed class SignInModel(SignIn signIn, SiteSettings settings, IServiceProvider services) : SignInScreen(services)
{
    private static readonly Refusal Empty = Refusal.Usage("sign_in_empty", "Name and password are both needed.") with { Field = "name" };

    /// <summary>Why the provider's word did not let her in.</summary>
    private static readonly Dictionary<string, Refusal> FromProvider = new[]
    {
        Engine.SignIn.NotInvited,
        new Refusal(RefusalKind.NotAllowed, "provider_failed", "Your provider did not say who you are.") { Help = "Try again; if it happens again, tell whoever looks after the sign-in of your house." },
    }.ToDictionary(refusal => refusal.Code);

    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    [BindProperty(Name = "password")]
    public string? Password { get; set; }

    [BindProperty(Name = "stays")]
    public bool Stays { get; set; }

    public string? ProviderAddress => settings.Provider is null ? null : $"{Provider.Ask}?back={Uri.EscapeDataString(Back.To(From))}";

    public IActionResult OnGet([FromQuery(Name = Provider.Refused)] string? refused)
    {
        if (SignedIn.Role(User) is not null) return LocalRedirect(Back.To(From));
        return refused is not null && FromProvider.TryGetValue(refused, out var why) ? Refuse(why) : Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (!Pace.Takes(HttpContext)) return TooOften();
        if (string.IsNullOrWhiteSpace(Name) || string.IsNullOrEmpty(Password)) return Refuse(Empty);
        if (!(await signIn.Password(Name.Trim(), Password, Stop)).Ok(out var session, out var refusal)) return Refuse(refusal);
        return await GoOn(session, Stays);
    }
}

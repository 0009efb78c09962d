using System.Text.Encodings.Web;
using System.Text.Unicode;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using ContributionEngine.Web.Pages;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.WebEncoders;

namespace ContributionEngine.Web;

/// <summary>What the portal and the API are made of.</summary>
/// <param name="Database">Their own way in: it waits longer for an agreement that is being worked on than a message would.</param>
/// <param name="KeysFolder">Where the keys that protect cookies and forms are kept, so that a restart signs nobody out.</param>
public sealed record SiteSettings(Database Database, string KeysFolder)
{
    /// <summary>Where people outside reach this site, without a slash at its end; null: nowhere.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Who else vouches for users; null: nobody, they have passwords here.</summary>
    public Provider? Provider { get; init; }

    /// <summary>Who needs a second factor beside her password.</summary>
    public SecondFactorDuty SecondFactorFor { get; init; } = new();

    /// <summary>Above which amount a second person decides.</summary>
    public required FourEyes SecondPerson { get; init; }

    /// <summary>People reach it over TLS, which may end at a proxy before it.</summary>
    internal bool IsSecure => PublicUrl?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether webhooks may go to addresses inside: for receivers beside the engine, and for trying it out.</summary>
    public bool WebhooksMayBeLocal { get; init; }

    /// <summary>Requests of the API that one user may make in a minute.</summary>
    public int RequestsPerMinute { get; init; } = RequestsUsual;

    public const int RequestsUsual = RateLimits.PerMinute;
}

/// <summary>The portal and the API over the same use cases as the commands.</summary>
public static class Site
{
    /// <summary>How long a person stays signed in on a device that she comes back to.</summary>
    public static readonly TimeSpan StaysSignedIn = TimeSpan.FromDays(30);

    public static void Add(WebApplicationBuilder builder, SiteSettings settings)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        services.AddSingleton(settings).AddSingleton(settings.Database).AddSingleton<Assets>().AddSingleton(Texts.All);
        services.AddHttpContextAccessor().AddScoped(Tongue.OfRequest);
        services.AddDataProtection().SetApplicationName("contribution-engine").PersistKeysToFileSystem(Private(settings.KeysFolder));
        services.Configure<WebEncoderOptions>(html => html.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddResponseCompression(answers => (answers.EnableForHttps, answers.MimeTypes) = (true, [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "application/problem+json"]));
        SignedIn.AddTo(services, settings);
        services.AddSingleton(Sealed).AddSingleton(settings.SecondFactorFor).AddSingleton<SignIn>().AddSingleton<SignInPace>();
        services.AddAuthorization().AddSingleton<IPolicyEvaluator, Doorkeeper>();
        Api.Add(services, settings);
        services.AddAntiforgery(form => (form.FormFieldName, form.Cookie.Name, form.Cookie.HttpOnly, form.Cookie.SameSite) = ("form", "ce_form", true, SameSiteMode.Strict));
        services.AddRazorPages(pages => pages.Conventions.AddFolderApplicationModelConvention("/", MustSayWhoMay)).AddApplicationPart(typeof(Site).Assembly);
    }

    public static void Map(WebApplication app)
    {
        if (app.Services.GetRequiredService<SiteSettings>().IsSecure) app.Use(SafeHeaders.OverTls);
        app.Use(SafeHeaders.Set);
        app.UseProblems();
        app.UseResponseCompression();
        app.Use(Once.Buffer);
        app.UseRouting();
        app.UseAuthentication();
        app.Use(Sessions.Stop);
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        Api.Map(app);
        app.MapGet("/assets/{name}", (string name, HttpContext call, Assets assets) => assets.Answer(name, call)).Allows(Access.Anyone);
        app.MapGet("/notebook-worker.js", (HttpContext call, Assets assets) => assets.Plain("notebook-worker.js", call)).Allows(Access.Anyone);
        app.MapPost("/language", (Delegate)Languages.Choose).Allows(Access.Anyone);
        app.MapGet(Provider.Ask, Provider.Challenge).Allows(Access.Anyone);
        UploadRoutes.Map(app);
        DocumentRoutes.Map(app);
        RemittanceFiles.Map(app);
        app.MapRazorPages();
    }

    // Second factors are sealed with the keys of sessions and forms.
    private static Sealing Sealed(IServiceProvider services)
    {
        var protector = services.GetRequiredService<IDataProtectionProvider>().CreateProtector("second factor");
        return new Sealing(protector.Protect, kept => Opened(protector, kept));
    }

    private static string? Opened(IDataProtector protector, string kept)
    {
        try
        {
            return protector.Unprotect(kept);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    // Whoever reads these keys can sign in as anybody.
    private static DirectoryInfo Private(string folder) => OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    // A page that says nothing would be open to everybody: it is not served at all.
    private static void MustSayWhoMay(PageApplicationModel page)
    {
        if (!page.HandlerTypeAttributes.OfType<AllowsAttribute>().Any()) throw new InvalidOperationException($"{page.ViewEnginePath} does not say who may use it: add [Allows(Access...)] to its model.");
    }
}

using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>What a page is looked at with.</summary>
internal enum Device
{
    /// <summary>390 x 844, touched.</summary>
    Phone,

    /// <summary>320 x 640, the narrowest that must do.</summary>
    SmallPhone,

    /// <summary>1280 x 900.</summary>
    Desk,
}

/// <summary>Debian's Chromium, started once for all tests and driven by Playwright; each test has a context of its own.</summary>
[SetUpFixture]
internal sealed class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private static readonly Lazy<Task<IBrowser>> Browser = new(Launch);

    // What an expectation waits at most, as every step of the browser does: a busy machine is no fault of a page.
    private const float PatienceMs = 30_000;

    private static IPlaywright? playwright;

    /// <summary>A context in which nobody has been before.</summary>
    public static async Task<IBrowserContext> Context(Device device, bool javaScript = true, string language = "en-US") => await (await Browser.Value).NewContextAsync(new BrowserNewContextOptions
    {
        ViewportSize = device switch { Device.Phone => new() { Width = 390, Height = 844 }, Device.SmallPhone => new() { Width = 320, Height = 640 }, _ => new() { Width = 1280, Height = 900 } },
        HasTouch = device != Device.Desk, JavaScriptEnabled = javaScript, Locale = language, ReducedMotion = ReducedMotion.Reduce,
    });

    [OneTimeTearDown]
    public async Task Close()
    {
        if (Browser.IsValueCreated) await (await Browser.Value).CloseAsync();
        playwright?.Dispose();
        Prepared.Dispose();
    }

    private static async Task<IBrowser> Launch()
    {
        var path = Places.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("These tests need Chromium: as root, 'apt-get install chromium-headless-shell'.");
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Flags });
    }
}

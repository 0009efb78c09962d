using System.Text.RegularExpressions;
using ContributionEngine.Testing;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>A workplace with the real executable serving it on loopback: the portal, the API and the workers behind them.</summary>
internal sealed partial class SitePlace : IAsyncDisposable
{
    private readonly List<IBrowserContext> contexts = [];
    private RunningCommand serving;

    private SitePlace(Workplace work, IReadOnlyDictionary<string, string> keys, RunningCommand serving) => (Work, Keys, this.serving) = (work, keys, serving);

    public Workplace Work { get; }

    /// <summary>The key of each user, by name.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; }

    /// <summary>Such as <c>http://127.0.0.1:40123</c>.</summary>
    public string Url => Address().Match(serving.Said).Groups[1].Value;

    /// <summary>What the process has said on standard error.</summary>
    public string Log => serving.Said;

    /// <summary>Serves a workplace that is this place's own from now on.</summary>
    public static async Task<SitePlace> Serve(Workplace work, IReadOnlyDictionary<string, string> keys) => new(work, keys, await Started(work));

    /// <summary>Ends the process as a power cut would, and starts another.</summary>
    public async Task KillAndServe()
    {
        await serving.Kill();
        serving.Dispose();
        serving = await Started(Work);
    }

    /// <summary>A page on which a user is signed in by her key, or nobody is; gone with the place.</summary>
    public async Task<IPage> Page(string? user, Device device = Device.Phone, bool javaScript = true, string language = "en-US")
    {
        var context = await Chromium.Context(device, javaScript, language);
        if (user is not null) await context.SetExtraHTTPHeadersAsync([KeyValuePair.Create("Authorization", $"Bearer {Keys[user]}")]);
        contexts.Add(context);
        return await context.NewPageAsync();
    }

    /// <summary>A client of the API for a user's programs, or for nobody's.</summary>
    public HttpClient Client(string? user)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Url) };
        if (user is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", Keys[user]);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in contexts) await context.CloseAsync();
        await serving.Kill();
        serving.Dispose();
        Work.Dispose();
    }

    private static async Task<RunningCommand> Started(Workplace work)
    {
        // Without the scheduler: the harvests of the tests lie years back, and whatever is due since then would be cut while a test looks on.
        var serving = work.Start("serve --urls http://127.0.0.1:0 --roles web,worker,gateway");
        return await serving.Says("ends it.") ? serving : throw new InvalidOperationException($"The site did not start: {serving.Said}");
    }

    [GeneratedRegex(@"(http://127\.0\.0\.1:\d+);")]
    private static partial Regex Address();
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContributionEngine.FundGateway;

/// <summary>Where a simulator listens, what it remembers, and by which settings it answers.</summary>
/// <param name="Directory">Its memory, safe against a kill at any moment.</param>
/// <param name="SettingsPath">JSON file of <see cref="SimulatorSettings"/>; null accepts everything at once.</param>
/// <param name="Url">Address to bind, such as <c>http://127.0.0.1:0</c>.</param>
public sealed record SimulatorOptions(string Directory, string? SettingsPath, string Url);

/// <summary>How the fund behaves. All optional; read anew at each request.</summary>
public sealed record SimulatorSettings
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Ids that the fund knows; a line with another one is rejected. Null: it knows everybody.</summary>
    public IReadOnlyList<string>? KnownNationalIds { get; init; }

    /// <summary>Ids that the fund does not know: their lines are rejected with <c>unknown_national_id</c>.</summary>
    public IReadOnlyList<string> RejectNationalIds { get; init; } = [];

    /// <summary>Lines above this amount in major units are rejected with <c>wrong_amount</c>.</summary>
    public string? RejectAmountsAbove { get; init; }

    /// <summary>The answer is there this many seconds after the file.</summary>
    public int AnswerAfterSeconds { get; init; }

    /// <summary>The same answer stands twice.</summary>
    public bool AnswerTwice { get; init; }

    /// <summary>The answer echoes one minor unit more than was sent.</summary>
    public bool AnswerWithOtherTotal { get; init; }

    /// <summary>So many first files are taken and then the call hangs until the sender gives up.</summary>
    public int TimeOutAfterAccepting { get; init; }

    /// <summary>So many first calls are answered 503.</summary>
    public int UnavailableFirst { get; init; }

    /// <summary>What is to happen to particular files; of several that fit, the first counts.</summary>
    public IReadOnlyList<FileScript> Script { get; init; } = [];

    /// <summary>When the fund is closed: every call is answered 503, with the time until the end as Retry-After.</summary>
    public IReadOnlyList<ClosedWindow> Maintenance { get; init; } = [];

    /// <summary>Where answers are sent as soon as they are due, beside being there to be fetched. Null: nowhere.</summary>
    public Uri? CallbackUrl { get; init; }

    /// <summary>Place of the secret that signs them, such as <c>env:NAME</c> or <c>file:PATH</c>.</summary>
    public string? CallbackSecret { get; init; }

    /// <exception cref="JsonException">The file holds something else.</exception>
    public static SimulatorSettings Of(string? path)
    {
        if (path is null) return new SimulatorSettings();
        var settings = JsonSerializer.Deserialize<SimulatorSettings>(File.ReadAllText(path), Options) ?? new SimulatorSettings();
        if (settings.CallbackUrl is not null && settings.CallbackSecret is null) throw new JsonException("callback_url needs callback_secret, the place of the secret that signs what is sent there.");
        return settings;
    }

    /// <summary>What is to happen to a file.</summary>
    /// <param name="reference">Under which it came.</param>
    /// <param name="number">The how manieth it is, from 1.</param>
    public FileScript For(string reference, int number) => Script.FirstOrDefault(script => script.IsAbout(reference, number)) ?? new FileScript();
}

/// <summary>A time in which the fund is closed.</summary>
public sealed record ClosedWindow(DateTimeOffset From, DateTimeOffset To);

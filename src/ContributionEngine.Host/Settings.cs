using System.CommandLine;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary>Settings of one run: flag, then environment <c>CONTRIBUTION_ENGINE_*</c>, then <c>contribution-engine.json</c>, then the default.</summary>
internal sealed class Settings(ParseResult parsed)
{
    private const string File = "contribution-engine.json";

    private static readonly string[] Forms = ["table", "json", "jsonl", "csv", Globals.Svg];
    private static readonly string[] Names = ["db", "bus", "key", "output", "otlp", "fund_dir", "four_eyes_above", "public_url", "keys_dir", "webhook_allow_local", "oidc_authority", "oidc_client_id", "oidc_name_claim", "oidc_audience", "api_requests", "second_factor_for"];

    private static readonly Lazy<Outcome<Dictionary<string, string>>> FromFile = new(Load);

    public string Db => Of(Globals.Db, "db") ?? "sqlite:./contribution-engine.db";

    public string Bus => Of(Globals.Bus, "bus") ?? "direct";

    public string? Key => Of(Globals.Key, "key");

    /// <summary>Where traces, metrics and logs are sent; null: nowhere.</summary>
    public static string? Otlp => Of("otlp");

    /// <summary>Where a fund simulator inside this process keeps its memory; null: beside the database file, or here.</summary>
    public static string? FundDirectory => Of("fund_dir");

    /// <summary>Where anybody reaches <c>/v/</c> of this engine, without a slash at its end; null: nowhere.</summary>
    public static string? PublicUrl => Of("public_url")?.TrimEnd('/');

    /// <summary>Where the portal keeps the keys of sessions and forms; null: beside the database file, or here.</summary>
    public static string? KeysFolder => Of("keys_dir");

    /// <summary>Events may also be sent to addresses of our own network, and over plain http.</summary>
    public static bool WebhookAllowLocal => Of("webhook_allow_local") == "true";

    /// <summary>Who else vouches for users; null: nobody. The secret comes from the environment alone.</summary>
    public static Web.Provider? Provider => Of("oidc_authority") is { } authority && Of("oidc_client_id") is { } client
        ? new Web.Provider(authority.TrimEnd('/'), client, Of("oidc_client_secret"), Of("oidc_name_claim") ?? "sub") { Audience = Of("oidc_audience") ?? client }
        : null;

    /// <summary>Requests of the API that one user may make in a minute; null: the usual number.</summary>
    public static int? ApiRequests => int.TryParse(Of("api_requests"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null;

    /// <summary>Roles whose people need a second factor beside their password.</summary>
    public static SecondFactorDuty SecondFactorFor => new((Of("second_factor_for") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static Outcome<FourEyes> Eyes => FourEyes.Read(Of("four_eyes_above") ?? FourEyes.Default);

    /// <summary>Above which amount a second person decides.</summary>
    public static FourEyes SecondPerson => Eyes.Value;

    /// <summary>A command does not wait for the workers that a broker's work is done by.</summary>
    public bool NoWait => parsed.GetValue(Globals.NoWait);

    public string Output => Of(Globals.Output, "output") is { } form && Forms.Contains(form) ? form : "table";

    public bool IsDbNamed => Of(Globals.Db, "db") is not null;

    /// <summary>What is wrong with the settings, or null.</summary>
    public Refusal? Fault()
    {
        if (FromFile.Value.Refusal is { } refusal) return refusal;
        if (Eyes.Refusal is { } eyes) return eyes;
        if (Output == Globals.Svg && !Globals.IsDrawn(parsed.CommandResult.Command)) return Refusal.Usage("output_not_drawn", $"'{parsed.CommandResult.Command.Name}' is no report that can be drawn.") with { Help = "Choose table, json, jsonl or csv; the reports know svg, save 'report tie-out'." };
        if (PublicUrl is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out var url) && url is { Scheme: "https" or "http", Query: "", Fragment: "" }))
        {
            return Refusal.Usage("setting_invalid", $"public_url: «{address}» is no address such as https://proofs.example.") with { Help = "Correct CONTRIBUTION_ENGINE_PUBLIC_URL or contribution-engine.json." };
        }

        if (Of("webhook_allow_local") is { } local and not ("true" or "false"))
        {
            return Refusal.Usage("setting_invalid", $"webhook_allow_local: «{local}» is neither true nor false.") with { Help = "Correct CONTRIBUTION_ENGINE_WEBHOOK_ALLOW_LOCAL or contribution-engine.json." };
        }

        if (ProviderFault() is { } provider) return provider;
        if (SecondFactorFor.Roles.FirstOrDefault(role => !Door.Roles.Contains(role)) is { } nobody) return Refusal.Usage("setting_invalid", $"second_factor_for: «{nobody}» is no role; there are {string.Join(", ", Door.Roles)}.") with { Help = "Correct CONTRIBUTION_ENGINE_SECOND_FACTOR_FOR or contribution-engine.json." };
        if (Of("api_requests") is { } count && ApiRequests is null) return Refusal.Usage("setting_invalid", $"api_requests: «{count}» is no number of requests in a minute.") with { Help = "Correct CONTRIBUTION_ENGINE_API_REQUESTS or contribution-engine.json." };
        return Of(Globals.Output, "output") is { } form && !Forms.Contains(form)
            ? Refusal.Usage("setting_invalid", $"output: «{form}» is not {string.Join(", ", Forms)}.") with { Help = "Correct CONTRIBUTION_ENGINE_OUTPUT or contribution-engine.json." }
            : null;
    }

    private static Refusal? ProviderFault()
    {
        if ((Of("oidc_authority"), Of("oidc_client_id")) is not ({ } authority, { } client)) return Of("oidc_authority") is null && Of("oidc_client_id") is null ? null : Faulty("oidc_authority and oidc_client_id are set together or not at all.");
        var isSafe = Uri.TryCreate(authority, UriKind.Absolute, out var url) && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback)) && client.Length > 0;
        return isSafe ? null : Faulty($"oidc_authority: «{authority}» is no address such as https://login.example/realms/fund.");
    }

    private static Refusal Faulty(string sentence) => Refusal.Usage("setting_invalid", sentence) with { Help = "Correct CONTRIBUTION_ENGINE_OIDC_AUTHORITY or contribution-engine.json; docs/accounts.md shows both." };

    private string? Of(Option<string?> option, string name) => parsed.GetValue(option) ?? Of(name);

    private static string? Of(string name) =>
        Environment.GetEnvironmentVariable($"CONTRIBUTION_ENGINE_{name.ToUpperInvariant()}")
        ?? (FromFile.Value.Ok(out var file, out _) ? file.GetValueOrDefault(name) : null);

    private static Outcome<Dictionary<string, string>> Load()
    {
        if (!System.IO.File.Exists(File)) return new Dictionary<string, string>();
        try
        {
            var read = JsonSerializer.Deserialize<Dictionary<string, string>>(System.IO.File.ReadAllText(File)) ?? [];
            return read.Keys.FirstOrDefault(name => !Names.Contains(name)) is { } unknown ? Invalid($"«{unknown}» is no setting; there are {string.Join(", ", Names)}") : read;
        }
        catch (JsonException fault)
        {
            return Invalid($"it is no JSON object of texts at line {fault.LineNumber + 1}");
        }
    }

    private static Refusal Invalid(string why) => Refusal.Usage("setting_invalid", $"{File} cannot be used: {why}.") with { Help = "Correct or remove the file; docs/operating.md names the settings." };
}

/// <summary>Options that stand on every command.</summary>
internal static class Globals
{
    public static readonly Option<string?> Db = new("--db") { Description = "sqlite:PATH (default sqlite:./contribution-engine.db) | postgresql:CONNECTION STRING | sqlserver:CONNECTION STRING", Recursive = true };

    public static readonly Option<string?> Bus = new("--bus") { Description = "direct (default: no broker, the work runs in this process) | amqp://user:password@host:port/vhost", Recursive = true };

    public static readonly Option<string?> Key = new("--key") { Description = "Key of the acting user; on a SQLite file without one it is os:NAME", Recursive = true };

    public static readonly Option<string?> Output = Choice("--output", "-o", "table | json | jsonl | csv; of reports also svg");

    /// <summary>The form of a drawing.</summary>
    public const string Svg = "svg";

    private static readonly HashSet<Command> Drawn = [];

    public static readonly Option<string?> AsOf = new("--as-of") { Description = "An instant, or a date: the end of that day in the agreement's time zone (default now)" };

    public static readonly Option<bool> DryRun = new("--dry-run") { Description = "The same code, rolled back at the end" };

    public static readonly Option<bool> NoWait = new("--no-wait") { Description = "With a broker: do not wait until the workers have done the work" };

    public static readonly Option<bool> Wait = new("--wait") { Description = "With a broker: wait for the workers (default)" };

    private static Option<string?> Choice(string name, string alias, string description)
    {
        var option = new Option<string?>(name, alias) { Description = description, Recursive = true };
        option.AcceptOnlyFromAmong("table", "json", "jsonl", "csv", Svg);
        return option;
    }

    /// <summary>A command whose answer can also be a drawing.</summary>
    public static Command Draws(this Command command)
    {
        Drawn.Add(command);
        return command;
    }

    public static bool IsDrawn(Command command) => Drawn.Contains(command);
}

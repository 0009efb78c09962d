using System.CommandLine;
using System.Text.Json;

namespace ContributionEngine.Host;

/// <summary>Settings of one run: flag, then environment <c>CONTRIBUTION_ENGINE_*</c>, then <c>contribution-engine.json</c>, then the default.</summary>
internal sealed class Settings(ParseResult parsed)
{
    private const string File = "contribution-engine.json";

    private static readonly Lazy<Dictionary<string, string>> FromFile = new(Load);

    public string Db => Of(Globals.Db, "db") ?? "sqlite:./contribution-engine.db";

    public string Bus => Of(Globals.Bus, "bus") ?? "direct";

    public string? Key => Of(Globals.Key, "key");

    public string Output => Of(Globals.Output, "output") ?? "table";

    public bool IsDbNamed => Of(Globals.Db, "db") is not null;

    private string? Of(Option<string?> option, string name) =>
        parsed.GetValue(option)
        ?? Environment.GetEnvironmentVariable($"CONTRIBUTION_ENGINE_{name.ToUpperInvariant()}")
        ?? FromFile.Value.GetValueOrDefault(name);

    private static Dictionary<string, string> Load() => System.IO.File.Exists(File)
        ? JsonSerializer.Deserialize<Dictionary<string, string>>(System.IO.File.ReadAllText(File)) ?? []
        : [];
}

/// <summary>Options that stand on every command.</summary>
internal static class Globals
{
    public static readonly Option<string?> Db = new("--db") { Description = "sqlite:PATH (default sqlite:./contribution-engine.db)", Recursive = true };

    public static readonly Option<string?> Bus = new("--bus") { Description = "direct (default: no broker, the work runs in this process)", Recursive = true };

    public static readonly Option<string?> Key = new("--key") { Description = "Key of the acting user; without one it is os:NAME", Recursive = true };

    public static readonly Option<string?> Output = Choice("--output", "-o", "table | json | jsonl | csv");

    public static readonly Option<string?> AsOf = new("--as-of") { Description = "An instant, or a date: the end of that day in the agreement's time zone (default now)" };

    public static readonly Option<bool> DryRun = new("--dry-run") { Description = "The same code, rolled back at the end" };

    private static Option<string?> Choice(string name, string alias, string description)
    {
        var option = new Option<string?>(name, alias) { Description = description, Recursive = true };
        option.AcceptOnlyFromAmong("table", "json", "jsonl", "csv");
        return option;
    }
}

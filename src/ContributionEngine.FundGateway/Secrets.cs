using ContributionEngine.Core;

namespace ContributionEngine.FundGateway;

/// <summary>Reads secrets from where an agreement says they are kept; the agreement never holds one.</summary>
public static class Secrets
{
    /// <summary>The secret at <c>env:NAME</c> or <c>file:PATH</c>, without the line end of a file. Refusals: <c>secret_missing</c>, which names the place and never the secret.</summary>
    public static Outcome<string> Of(string place)
    {
        var (kind, name) = place.Split(':', 2) is [var before, var after] ? (before, after) : ("", place);
        var secret = kind switch
        {
            "env" => Environment.GetEnvironmentVariable(name),
            "file" => File.Exists(name) ? File.ReadAllText(name).TrimEnd('\r', '\n') : null,
            _ => null,
        };
        return string.IsNullOrEmpty(secret)
            ? Refusal.Input("secret_missing", $"There is no secret at {place}.") with { Help = "Write the place as env:NAME or file:PATH, and put the secret there for the process that speaks to the fund.", Particulars = Particulars.Of(null, ("place", place)) }
            : secret;
    }
}

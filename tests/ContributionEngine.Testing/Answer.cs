using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContributionEngine.Testing;

/// <summary>What a command left behind.</summary>
/// <param name="Command">The command line.</param>
/// <param name="Exit">Exit code; above 128 when it was killed.</param>
/// <param name="Out">Standard output: data only.</param>
/// <param name="Error">Standard error: talk, refusals.</param>
public sealed record Answer(string Command, int Exit, string Out, string Error)
{
    /// <summary>The data of a command that ran with <c>-o json</c>: the whole of standard output and nothing else.</summary>
    public JsonNode Json => Parsed(Out);

    /// <summary>The problem object that a refused command with <c>-o json</c> leaves on standard error.</summary>
    public JsonNode Problem => Parsed(Error.Split('\n').LastOrDefault(line => line.StartsWith('{')) ?? "");

    /// <summary>This answer, when the command ended with one of these codes; for steps that a test only stands on.</summary>
    public Answer Exits(params ReadOnlySpan<int> codes) => codes.Contains(Exit) ? this : throw new InvalidOperationException($"Unexpected end: {this}");

    public override string ToString() => $"'{Command}' ended with {Exit}\n{Out}\n{Error}";

    private JsonNode Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text) ?? throw new InvalidOperationException($"No JSON: {this}");
        }
        catch (JsonException fault)
        {
            throw new InvalidOperationException($"No JSON: {this}", fault);
        }
    }
}

/// <summary>Short ways into JSON answers.</summary>
public static class JsonReading
{
    /// <summary>The text at a path such as <c>files.0.statements.0.state</c>; empty for null, the JSON for anything but a string.</summary>
    public static string At(this JsonNode? node, string path)
    {
        var at = node;
        foreach (var step in path.Split('.'))
        {
            at = at switch
            {
                JsonArray list => list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)],
                JsonObject fields when fields.ContainsKey(step) => fields[step],
                _ => throw new KeyNotFoundException($"«{path}»: no {step} in {at?.ToJsonString()}"),
            };
        }

        return at is null ? "" : at.GetValueKind() == JsonValueKind.String ? at.GetValue<string>() : at.ToJsonString();
    }

    /// <summary>The members of an object, in order, parted by blanks.</summary>
    public static string Fields(this JsonNode? node) => string.Join(' ', node!.AsObject().Select(field => field.Key));
}

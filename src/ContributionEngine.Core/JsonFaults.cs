using System.Globalization;
using System.Text.Json;

namespace ContributionEngine.Core;

/// <summary>What is wrong with a JSON file, in a reader's words: the serializer's own name types of this program.</summary>
internal static class JsonFaults
{
    /// <summary>Dotted path of the member that is to blame, or <c>$</c> for the whole file.</summary>
    public static string PathOf(JsonException fault) => (fault.Path ?? "$").TrimStart('$', '.') is { Length: > 0 } path ? path : "$";

    public static string Plain(JsonException fault)
    {
        if (fault.InnerException is { } inner and not InvalidOperationException) return inner.Message.TrimEnd('.');
        var text = fault.Message.Split(" Path:")[0].TrimEnd('.');
        if (text.Contains("could not be mapped", StringComparison.Ordinal)) return $"«{text.Split('\'')[1]}» is not known here";
        if (text.Contains("type discriminator", StringComparison.Ordinal)) return text.Contains('\'') ? $"«{text.Split('\'')[1]}» is not a kind of rule that is known here" : "must say its kind";
        if (text.Contains("missing required", StringComparison.Ordinal)) return "lacks " + text.Split("including:")[^1].Trim(' ', '.', '\'').Replace("'", "", StringComparison.Ordinal);
        if (!text.Contains("ContributionEngine", StringComparison.Ordinal) && !text.Contains("System.", StringComparison.Ordinal) && !text.Contains("BytePosition", StringComparison.Ordinal)) return text;
        return fault.LineNumber is { } line ? $"is not what is expected here (line {(line + 1).ToString(CultureInfo.InvariantCulture)})" : "is not what is expected here";
    }
}

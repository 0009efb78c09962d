using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ContributionEngine.Core;

/// <summary>What is wrong with a JSON file, in a reader's words: the serializer's own name types of this program.</summary>
internal static partial class JsonFaults
{
    private const string Position = "BytePosition";

    /// <summary>Dotted path of the member that is to blame, or <c>$</c> for the whole file.</summary>
    public static string PathOf(JsonException fault) => Dotted(fault.Path ?? "$");

    /// <summary>The same of a rule without a kind, which the serializer reports in words only.</summary>
    public static string PathOf(NotSupportedException fault) => Dotted(InMessage().Match(fault.Message).Groups[1].Value);

    /// <param name="fault">What the serializer says.</param>
    /// <param name="root">What the whole file is read as.</param>
    public static string Plain(JsonException fault, Type root)
    {
        if (fault.InnerException is { } inner and not InvalidOperationException and not FormatException) return inner.Message.Contains(Position, StringComparison.Ordinal) ? Unreadable(inner.Message, fault.LineNumber) : inner.Message.TrimEnd('.');
        var message = fault.Message.Split(" Path:")[0].TrimEnd('.');
        if (message.Contains("could not be mapped", StringComparison.Ordinal)) return $"«{message.Split('\'')[1]}» is not known here";
        if (message.Contains("type discriminator", StringComparison.Ordinal)) return message.Contains('\'') ? $"«{message.Split('\'')[1]}» is no kind that is known; {Kinds(PathOf(fault))}" : Kinds(PathOf(fault));
        if (message.Contains("missing required", StringComparison.Ordinal)) return "lacks " + message.Split("including:")[^1].Trim(' ', '.', '\'').Replace("'", "", StringComparison.Ordinal);
        if (message.Contains("null value", StringComparison.Ordinal)) return "must not be null";
        var isOurs = !message.Contains("could not be converted", StringComparison.Ordinal) && fault.InnerException is null;
        return isOurs ? message : Expected(At(root, PathOf(fault)));
    }

    /// <summary>The kinds that a rule at a path may have.</summary>
    public static string Kinds(string path) =>
        $"kind must be one of {string.Join(", ", (path == "entitlement" ? typeof(EntitlementRule) : typeof(AmountRule)).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.TypeDiscriminator))}";

    private static string Dotted(string path) => path.TrimStart('$', '.') is { Length: > 0 } dotted ? dotted : "$";

    private static string Expected(Type? type) => type is null ? "is not what is expected here" : (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } words => $"must be one of {string.Join(", ", Enum.GetNames(words).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}",
        var text when text == typeof(string) => "must be text in quotes",
        var number when number == typeof(int) => "must be a whole number without quotes",
        var flag when flag == typeof(bool) => "must be true or false, without quotes",
        var day when day == typeof(DateOnly) => "must be a day of the calendar, written as yyyy-MM-dd",
        var list when Element(list) is not null && !IsNamed(list) => "must be a list in brackets",
        _ => "must be members in braces",
    };

    // What stands at a path, by the records that read the file; null where they do not say.
    private static Type? At(Type root, string path)
    {
        var at = root;
        foreach (var step in path == "$" ? [] : path.Split('.'))
        {
            at = IsNamed(at) ? Element(at) : Forms(at).SelectMany(form => form.GetProperties()).FirstOrDefault(member => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name) == step.Split('[')[0])?.PropertyType;
            if (at is not null && step.Contains('[', StringComparison.Ordinal)) at = Element(at);
            if (at is null) return null;
        }

        return at;
    }

    private static IEnumerable<Type> Forms(Type type) => type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType).Prepend(type);

    private static bool IsNamed(Type type) => type.IsGenericType && type.GenericTypeArguments.Length == 2;

    private static Type? Element(Type type) => type.IsGenericType ? type.GenericTypeArguments[^1] : type.GetElementType();

    private static string Unreadable(string message, long? line)
    {
        var what = message.Split(" LineNumber:")[0].Split(". Change the reader", 2)[0].TrimEnd('.');
        if (what.Contains("trailing comma", StringComparison.Ordinal)) what = "a comma stands before the closing bracket";
        else if (what.Contains("does not contain any JSON tokens", StringComparison.Ordinal)) what = "the file is empty";
        return line is { } number ? $"is no JSON from line {(number + 1).ToString(CultureInfo.InvariantCulture)} on: {what}" : what;
    }

    [GeneratedRegex(@"Path: (\S+)")]
    private static partial Regex InMessage();
}

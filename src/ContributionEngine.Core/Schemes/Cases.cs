using System.Globalization;
using System.Text.Json;

namespace ContributionEngine.Core;

/// <summary>One evaluation case could not be worked: the code and the path of the field that is to blame.</summary>
internal sealed class CaseFault(string code, string field) : Exception($"{code} {field}")
{
    public string Code { get; } = code;

    public string Field { get; } = field;
}

/// <summary>
/// Reads the input of a case strictly: decimal strings and never JSON numbers for amounts, integers for counts, null as absent.
/// Only what a case needs is looked at.
/// </summary>
internal readonly record struct CaseNode(JsonElement? Element, string Path)
{
    public bool IsAbsent => Element is null;

    public CaseNode this[string name]
    {
        get
        {
            var path = Path.Length == 0 ? name : $"{Path}.{name}";
            if (Element is not { } element) return new CaseNode(null, path);
            if (element.ValueKind != JsonValueKind.Object) throw new CaseFault("invalid_input", Path);
            return new CaseNode(element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null, path);
        }
    }

    public string Text() => Element is { ValueKind: JsonValueKind.String } text && text.GetString()!.Length > 0 ? text.GetString()! : throw Fault();

    public string? TextOrNull() => IsAbsent ? null : Text();

    /// <summary>A decimal string, zero or more.</summary>
    public Ratio Amount(int decimals) => Ratio.TryParse(Text(), decimals, out var value) && value.Sign >= 0 ? value : throw Fault();

    public DateOnly Day() => DateOnly.TryParseExact(Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Fault();

    public Period Month() => Period.TryParse(Text(), out var month) ? month : throw Fault();

    /// <summary>A list of strings; a fault in an item is the list's.</summary>
    public IReadOnlyList<string> Texts()
    {
        var fault = Fault();
        return [.. Items().Select(item => item.Element is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw fault)];
    }

    /// <summary>Items of a list; an absent list is empty.</summary>
    public IReadOnlyList<CaseNode> Items()
    {
        if (Element is not { } element) return [];
        if (element.ValueKind != JsonValueKind.Array) throw Fault();
        var path = Path;
        return [.. element.EnumerateArray().Select((item, i) => new CaseNode(item.ValueKind == JsonValueKind.Null ? null : item, $"{path}[{i}]"))];
    }

    public CaseFault Fault() => new("invalid_input", Path);
}

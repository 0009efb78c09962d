using System.Globalization;
using System.Text.Json;

namespace ContributionEngine.Core;

/// <summary>A case as JSON, read strictly: decimal strings and never JSON numbers for amounts, integers for counts, null as absent.</summary>
internal sealed class JsonCase(JsonElement element, string prefix) : CaseFacts
{
    private const int AnyDecimals = 30;

    public override bool Has(string path) => Find(path) is not null;

    public override Ratio? Amount(string path, int decimals) => Word(path) is { } text
        ? Ratio.TryParse(text, decimals, out var value) && value.Sign >= 0 ? value : throw Fault(path)
        : null;

    public override Ratio? Percent(string path) => Amount(path, AnyDecimals);

    public override int? Count(string path) => Find(path) is { } found
        ? found.ValueKind == JsonValueKind.Number && found.TryGetInt32(out var count) && count >= 0 ? count : throw Fault(path)
        : null;

    public override string? Word(string path) => Find(path) is { } found
        ? found.ValueKind == JsonValueKind.String && found.GetString() is { Length: > 0 } text ? text : throw Fault(path)
        : null;

    public override DateOnly? Day(string path) => Word(path) is { } text
        ? DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Fault(path)
        : null;

    public override Period? Month(string path) => Word(path) is { } text ? Period.TryParse(text, out var month) ? month : throw Fault(path) : null;

    public override IReadOnlyList<string> Words(string path) =>
        [.. List(path).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Fault(path))];

    public override IReadOnlyList<CaseFacts>? Items(string path)
    {
        if (Find(path) is null) return null;
        return [.. List(path).Select((item, i) => item.ValueKind == JsonValueKind.Object ? new JsonCase(item, $"{prefix}{path}[{i}].") : throw Fault($"{path}[{i}]"))];
    }

    internal override CaseFault Fault(string path, string code = "invalid_input") => new(code, prefix + path);

    private IEnumerable<JsonElement> List(string path) => Find(path) is { } found
        ? found.ValueKind == JsonValueKind.Array ? found.EnumerateArray() : throw Fault(path)
        : [];

    private JsonElement? Find(string path)
    {
        var (at, start) = (element, 0);
        while (true)
        {
            var dot = path.IndexOf('.', start);
            var name = dot < 0 ? path.AsSpan(start) : path.AsSpan(start, dot - start);
            if (at.ValueKind != JsonValueKind.Object) throw Fault(start == 0 ? path : path[..(start - 1)]);
            if (!at.TryGetProperty(name, out at) || at.ValueKind == JsonValueKind.Null) return null;
            if (dot < 0) return at;
            start = dot + 1;
        }
    }
}

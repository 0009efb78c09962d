using System.Globalization;
using System.Text.Json;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a row says, field by field and as far as it can be read, so that it is known again when it comes back corrected.</summary>
/// <param name="Cells">Readable fields with something in them.</param>
/// <param name="Faults">Fields that its errors name.</param>
internal sealed record RowContent(Dictionary<string, string> Cells, string[] Faults)
{
    // A name is put right along with the number, and says nothing of the payment.
    private const string Name = "member_name";

    // Whose the payment is, is one thing, whichever of its fields is at fault.
    private static readonly string[] Who = ["member_no", "national_id"];

    public static RowContent Of(ReceiptRow row, IEnumerable<FoundProblem> problems)
    {
        var cells = new Dictionary<string, string>();
        Add("member_no", row.MemberNo);
        Add("national_id", row.NationalId);
        Add(Name, row.MemberName);
        Add("received_on", Values.Text(row.ReceivedOn));
        Add("amount", row.AmountMinor.ToString(CultureInfo.InvariantCulture));
        Add("receipt_no", row.ReceiptNo is { } number ? ReceiptKeys.Folded(number) : null);
        Add("period", row.Period?.ToString());
        Add("component", row.Component);
        Add("method", row.Method);
        Add("reference", row.Reference);
        Add("event_kind", row.EventKind);
        Add("event_value", row.EventValueMinor?.ToString(CultureInfo.InvariantCulture));
        Add("event_quantity", row.EventQuantity?.ToString(CultureInfo.InvariantCulture));
        return new RowContent(cells, [.. problems.Where(item => item.Severity == "error").Select(item => item.Field).Distinct().Order(StringComparer.Ordinal)]);

        void Add(string field, string? text)
        {
            if (text is not null && !row.IsFaulty(field)) cells.Add(field, text);
        }
    }

    public static RowContent Read(string document) => JsonSerializer.Deserialize<RowContent>(document)!;

    public string Text() => JsonSerializer.Serialize(this);

    /// <summary>Everything that it says but for some fields, which a correction may have changed.</summary>
    public string But(IReadOnlyCollection<string> faults)
    {
        var changed = faults.Any(Who.Contains) ? faults.Concat(Who) : faults;
        return string.Join('\u001f', Cells.Where(cell => cell.Key != Name && !changed.Contains(cell.Key)).OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => $"{cell.Key}={cell.Value}"));
    }
}

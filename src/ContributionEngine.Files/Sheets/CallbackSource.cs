using System.Text.Json;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>A payment callback: a JSON object with the payment that has just come in. Its names are the header, above its only record.</summary>
internal sealed class CallbackSource : SheetSource
{
    private const int BytesMax = 1 << 16;
    private static readonly string[] Taken = ["TransID", "TransTime", "TransAmount", "BillRefNumber"];
    private static readonly string[] PayerName = ["FirstName", "MiddleName", "LastName"];

    private readonly string[] names;
    private readonly string[] cells;

    private CallbackSource(string[] names, string[] cells) => (this.names, this.cells) = (names, cells);

    /// <summary>Reads the object. Refusals: F06 what a callback has and this one has not, F13 not readable.</summary>
    public static Outcome<CallbackSource> Of(Func<Stream> open)
    {
        using var stream = open();
        if (stream.Length > BytesMax) return FileProblem.Unreadable("it looks like JSON, and is too long for the message of one payment");
        try
        {
            using var document = JsonDocument.Parse(stream);
            var message = document.RootElement;
            if (message.ValueKind != JsonValueKind.Object) return FileProblem.Unreadable("it is JSON, and not the message of one payment");
            if (Taken.FirstOrDefault(name => !message.TryGetProperty(name, out _)) is { } missing) return FileProblem.Column(missing);
            return new CallbackSource([.. Taken, "Other Party Info"], [.. Taken.Select(name => Text(message, name)), OtherParty(message)]);
        }
        catch (JsonException)
        {
            return FileProblem.Unreadable("it begins like JSON, and is not");
        }
    }

    public override IEnumerable<SheetRecord> Records() => [new Line(0, names), new Line(1, cells)];

    // As the statement writes it, so that both say the same of one payment.
    private static string OtherParty(JsonElement message)
    {
        var name = string.Join(' ', PayerName.Select(part => Text(message, part)).Where(part => part.Length > 0));
        return string.Join(" - ", new[] { Text(message, "MSISDN"), name }.Where(part => part.Length > 0));
    }

    private static string Text(JsonElement message, string name) => message.TryGetProperty(name, out var value) ? value.ToString() : "";

    private sealed class Line(long row, string[] cells) : SheetRecord
    {
        public override long Row => row;

        public override int Count => cells.Length;

        public override ReadOnlySpan<char> Span(int column) => column < 0 || column >= cells.Length ? [] : CellText.Tidied(cells[column]);

        public override string Verbatim(int column) => column < cells.Length ? cells[column] : "";
    }
}

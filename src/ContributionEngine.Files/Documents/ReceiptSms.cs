using System.Globalization;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Tells a member of her payment in one text message of 160 letters, whatever names and amounts are in it: what she can do without is left out first.</summary>
public static class ReceiptSms
{
    private const int OrganisationMax = 20;
    private const int NameMax = 14;

    /// <summary>The message in the member's language.</summary>
    public static string Of(ReceiptSlip slip)
    {
        var texts = DocumentTexts.Of(slip.Language);
        foreach (var (number, withYear, withPeriod) in new[] { (slip.Number, true, true), (slip.Receipt, true, true), (slip.Receipt, false, true), (slip.Receipt, false, false) })
        {
            var text = Written(texts, slip, (number, withYear, withPeriod));
            if (text.Length <= GsmLetters.MessageMax) return text;
        }

        return Written(texts, slip with { Address = null }, (slip.Receipt, false, false));
    }

    /// <summary>The messages of slips as a table to send from elsewhere.</summary>
    public static async Task Write(IAsyncEnumerable<ReceiptSlip> slips, Stream target, CancellationToken stop)
    {
        await using var table = new StreamWriter(target, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\n" };
        await table.WriteLineAsync("receipt,member_no,phone,language,letters,text");
        await foreach (var slip in slips.WithCancellation(stop))
        {
            var text = Of(slip);
            await table.WriteLineAsync(string.Join(',', slip.Receipt, CsvCells.Text(slip.MemberNo), Phone(slip.Phone), slip.Language, text.Length.ToString(CultureInfo.InvariantCulture), CsvCells.Text(text)));
        }
    }

    // The sign before the country is no formula, and a provider wants it; anything but digits after it is guarded.
    private static string Phone(string? phone) => phone is ['+', .. var digits] && digits.Length > 0 && digits.All(char.IsAsciiDigit) ? phone : CsvCells.Text(phone);

    private static string Written(DocumentTexts texts, ReceiptSlip slip, (string Number, bool WithYear, bool WithPeriod) how)
    {
        var (amount, name, from) = (texts.Money(new Money(slip.Amount, slip.Currency)), NameOf(slip.FullName), Cut(slip.Organisation, OrganisationMax));
        var period = how.WithPeriod ? Periods(texts, slip) : "";
        var text = texts.Word(
            $"{from}: recibimos {amount} de {name}{period}. Recibo {how.Number}.", $"{from} : reçu {amount} de {name}{period}. Reçu {how.Number}.",
            $"{from}: received {amount} from {name}{period}. Receipt {how.Number}.", $"{from}: recebemos {amount} de {name}{period}. Recibo {how.Number}.");
        if (how.WithYear) text += $" Total {slip.ReceivedOn.Year}: {texts.Statement.Amount(slip.PaidInYear, slip.Currency)}.";
        if (slip.Address is { } address) text += texts.Word(" Verifique: ", " Vérifiez : ", " Check: ", " Verifique: ") + address.Replace("https://", "", StringComparison.Ordinal);
        return GsmLetters.Folded(text);
    }

    private static string Periods(DocumentTexts texts, ReceiptSlip slip)
    {
        if (slip.Periods is not [var first, ..]) return "";
        var months = first == slip.Periods[^1] ? texts.Month(first) : $"{texts.Month(first)}-{texts.Month(slip.Periods[^1])}";
        return texts.Word($" por {months}", $" pour {months}", $" for {months}", $" por {months}");
    }

    // First name and the first letter of the next: a message is read on a lock screen.
    private static string NameOf(string name) => GsmLetters.Folded(name.ToUpperInvariant()).Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        [var first, var next, ..] => $"{Cut(first, NameMax)} {next[0]}",
        var whole => Cut(string.Concat(whole), NameMax),
    };

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most].TrimEnd();
}

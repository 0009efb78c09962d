using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files.Tests;

/// <summary>Reads what a test hands over as if a treasurer had sent it.</summary>
internal static class Reading
{
    public static readonly Currency Colones = Currency.Of("CRC").Value;

    public static readonly SheetTerms Terms = new("receipts.csv", Colones, new DateOnly(2026, 12, 31), null);

    public static Outcome<ReceiptSheet> Survey(byte[] bytes, SheetTerms? terms = null) => ReceiptSheet.Survey(() => new MemoryStream(bytes), terms ?? Terms);

    public static Outcome<ReceiptSheet> Survey(string text, SheetTerms? terms = null) => Survey(Encoding.UTF8.GetBytes(text), terms);

    public static string? Refused(byte[] bytes, SheetTerms? terms = null) => Survey(bytes, terms).Refusal?.Code;

    /// <summary>Row, member, amount in minor units and day of each row, or the codes of what is wrong with it.</summary>
    public static string[] Told(this ReceiptSheet sheet) => [.. sheet.ReadRows().Select(row => $"{row.Row} {row.MemberNo} " + (row.Problems.Count == 0
        ? $"{row.AmountMinor} {row.ReceivedOn:yyyy-MM-dd}"
        : string.Join(' ', row.Problems.Select(problem => $"{problem.Code}:{problem.Field}"))))];

    public static string[] Told(byte[] bytes, SheetTerms? terms = null) => Survey(bytes, terms).Value.Told();

    public static string[] Told(string text, SheetTerms? terms = null) => Survey(text, terms).Value.Told();

    /// <summary>The bytes of a sample file; the test is passed over where the samples are not.</summary>
    public static byte[] Sample(string folder, string name)
    {
        if (ReceiptSheetTests.Samples(folder) is not { } root) Assert.Ignore("The sample files are not here.");
        return File.ReadAllBytes(Path.Combine(ReceiptSheetTests.Samples(folder)!, name));
    }
}

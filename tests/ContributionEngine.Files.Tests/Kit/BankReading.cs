using System.Globalization;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files.Tests;

/// <summary>Reads bank files from bytes, texts and samples.</summary>
internal static class BankReading
{
    public static readonly BankTerms Terms = new("statement");

    public static Outcome<BankFile> Read(byte[] bytes, BankTerms? terms = null) => BankFile.Read(() => new MemoryStream(bytes), terms ?? Terms);

    public static Outcome<BankFile> Read(string text, BankTerms? terms = null) => Read(Encoding.UTF8.GetBytes(text), terms);

    /// <summary>A sample by its path under the folder of formats.</summary>
    public static BankFile Sample(string path) => BankFile.Read(() => File.OpenRead(PathOf(path)), Terms).Value;

    public static string PathOf(string path)
    {
        var parts = path.Split('/');
        if (ReceiptSheetTests.Samples(parts[0]) is not { } folder) Assert.Ignore("ignored: not here");
        return Path.Combine([ReceiptSheetTests.Samples(parts[0])!, .. parts.Skip(1)]);
    }

    /// <summary>Account, currency, opening, closing, entries, transactions, credits, debits, and whether they add up, each statement a line.</summary>
    public static string[] Told(this BankFile file) => [.. file.Statements.Select(found => string.Create(CultureInfo.InvariantCulture,
        $"{found.Account} {found.Currency.Code} {Major(found, found.Opening)} {Major(found, found.Closing)} {found.Entries} {found.Transactions} {Major(found, found.Credits)} {Major(found, found.Debits)} {(found.Balances ? "adds up" : "differs")}"))];

    /// <summary>Codes of the warnings of the first statement.</summary>
    public static string Warned(this BankFile file) => string.Join(' ', file.Statements[0].Warnings.Select(warning => warning.Code));

    /// <summary>The entries of the first statement.</summary>
    public static IReadOnlyList<BankEntry> First(this BankFile file) => [.. file.Entries().Where(item => item.Statement == 0).Select(item => item.Entry)];

    private static string Major(BankStatement of, long? minor) => minor is { } value ? Money.ToMajor(value, of.Currency.Digits) : "-";
}

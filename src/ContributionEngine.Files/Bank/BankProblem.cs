using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Why a whole bank file is refused: the codes and their words.</summary>
internal static class BankProblem
{
    private const string AskTheBank = "Ask the bank for the statement again, as camt.053 or MT940, and import the file as it came.";

    public static Refusal Empty() => With("bank_empty", "The file is empty.", AskTheBank);

    public static Refusal TooLarge(long max) => With("bank_too_large", $"The file is larger than {max >> 20} MB.", "Ask the bank for shorter periods, one file each.");

    public static Refusal Unsafe() => With("bank_xml_unsafe", "The file declares a document type, with which XML can reach outside itself; no bank statement needs one.", "Do not open it. Ask the bank whether it sent this file.");

    public static Refusal Unreadable(string why) => With("bank_unreadable", $"The file cannot be read: {why}.", AskTheBank);

    public static Refusal NotAStatement(string what) => With("bank_not_a_statement", $"The file is no bank statement: {what}.", "Choose a file in camt.053, camt.054, MT940, an M-Pesa organisation statement, or a CSV with booked_on and amount.");

    public static Refusal NoStatement(string what) => With("bank_no_statement", $"There is no statement in the file: {what}.", AskTheBank);

    public static Refusal OtherNamespace(string name) =>
        With("bank_other_namespace", $"The file calls itself “{Shown(name)}”, which is no bank statement's name.", "Choose the bank's statement: a payment order or an answer to one is another file.") with { Value = Shown(name) };

    public static Refusal NoAccount(string statement) => With("bank_no_account", $"Statement “{Shown(statement)}” does not say of which account it is.", AskTheBank);

    public static Refusal Interim() => With("bank_interim", "The file is an MT942 interim report: what it lists is provisional and has no balances.", "Import the MT940 of the same day instead.");

    public static Refusal OtherFormat(string asked, string found) => With("bank_other_format", $"The file is {found}, not {asked}.", "Leave out --format, or name the one that it is in.");

    public static Refusal Figure(string where, string value, string why) => With("bank_figure", $"{where}: “{Shown(value)}” {why}.", AskTheBank) with { Value = Shown(value) };

    public static Refusal Sums() => With("bank_figure", "The amounts in the file come to sums that are too large for any account.", AskTheBank);

    public static Refusal NoCurrency() => With("bank_no_currency", "The file does not say in which currency its amounts are.", "Add --currency with the code of the account's currency, such as --currency CRC.");

    /// <summary>What reading a table ended in, in the words of a bank file.</summary>
    public static Refusal Of(Refusal sheet) => sheet.Code switch
    {
        "F02" or "F06" => NotAStatement("it is neither XML of a bank nor MT940, and no row names the columns of a statement"),
        "F03" => TooLarge(BankFile.BytesMax),
        "F04" => Empty(),
        "F07" or "F14" => With("bank_figure", sheet.Detail, "Write amounts with a decimal point and days as yyyy-MM-dd.") with { Value = sheet.Value },
        ['F', ..] => Unreadable(sheet.Detail.TrimEnd('.')),
        _ => sheet,
    };

    public static BankRefusedException Thrown(this Refusal refusal) => new(refusal);

    // What a hostile file says of itself is shown, but not at any length.
    private static string Shown(string text) => text.Length <= 60 ? text : $"{text[..60]}…";

    private static Refusal With(string code, string detail, string help) => Refusal.Input(code, detail) with { Help = help };
}

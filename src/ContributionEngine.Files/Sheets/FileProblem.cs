using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Why a whole file is refused: the F codes and their words.</summary>
internal static class FileProblem
{
    public static Refusal Type(string extension) => With("F02", $"The file must be a CSV. You chose “{extension}”.", "Save the sheet as CSV (UTF-8) and send that file.");

    public static Refusal TooLarge(long bytes) => With("F03", $"The file is {bytes >> 20} MB; the most we take is {SheetLimits.BytesMax >> 20} MB.", "Send it in two parts.");

    public static Refusal Empty() => With("F04", "The file has no contribution rows.", "Check that you chose the right file.");

    public static Refusal Column(string column) => With("F06", $"The column “{column}” is missing.", "Choose which of your columns it is with --map, or rename the column.") with { Field = column };

    public static Refusal TwoColumns(string field, string first, string second) =>
        With("F06", $"“{first}” and “{second}” could both be {field}.", "Say which one it is with --map.") with { Field = field };

    public static Refusal Decimals(string value, string a, string b) =>
        With("F07", $"Is “{value}” {a} or {b}?", "Choose how amounts are written with --map: {\"decimal\":\",\"} or {\"decimal\":\".\"}.") with { Field = "amount", Value = value };

    public static Refusal TooMany(string what, long max) => With("F12", $"The file has more than {max} {what}.", "Send it in parts.");

    public static Refusal Unreadable(string why) => With("F13", $"The file cannot be read as CSV: {why}.", "Open it in the program that made it and save it again as CSV (UTF-8).");

    public static Refusal DateOrder(string value) =>
        With("F14", $"Is “{value}” day first or month first? No date in the column decides it.", "Say it with --map: {\"date_order\":\"dmy\"} or {\"date_order\":\"mdy\"}.") with { Field = "received_on", Value = value };

    private static Refusal With(string code, string detail, string help) => Refusal.Input(code, detail) with { Help = help };
}

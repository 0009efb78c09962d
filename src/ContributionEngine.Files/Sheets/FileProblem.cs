using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Why a whole file is refused: the F codes and their words.</summary>
internal static class FileProblem
{
    public static Refusal Type(string fileName, string help = "Save the sheet as XLSX or as CSV (UTF-8) and send that file.") =>
        With("F02", $"The file must be a CSV or XLSX. You chose “{Kind(fileName)}”.", help) with { Particulars = Particulars.Of(null, ("ext", Kind(fileName))) };

    // A file that is too long is not read to its end, so that its size may be known only as more than the limit.
    public static Refusal TooLarge(long bytes, long max) =>
        With("F03", $"The file is {(bytes >> 20 > max >> 20 ? $"{bytes >> 20} MB" : $"more than {max >> 20} MB")}; the most we take is {max >> 20} MB.", "Send it in two parts.") with
        {
            Particulars = Particulars.Of(null, ("size", bytes >> 20 > max >> 20 ? $"{bytes >> 20} MB" : $"> {max >> 20} MB"), ("max", $"{max >> 20} MB")),
        };

    public static Refusal Empty() => With("F04", "The file has no contribution rows.", "Check that you chose the right file.");

    public static Refusal Locked() => With("F05", "The file has a password.", "Remove it and upload again.");

    public static Refusal Column(string column) => With("F06", $"The column “{column}” is missing.", "Choose which of your columns it is with --map, or rename the column.") with { Field = column, Particulars = Particulars.Of(null, ("col", column)) };

    public static Refusal NoHeader(string column) => Column(column) with
    {
        Particulars = Particulars.Of("no_header", ("col", column)),
        Help = "No row names the columns. Put one above the rows, such as member_no, amount, received_on. Of a statement that came as a PDF, ask the operator for the CSV or XLSX.",
    };

    public static Refusal TwoColumns(string field, string first, string second) =>
        With("F06", $"“{first}” and “{second}” could both be {field}.", "Say which one it is with --map.") with { Field = field, Particulars = Particulars.Of("two_columns", ("col", field), ("a", first), ("b", second)) };

    public static Refusal TwoSheets(IEnumerable<string> names) =>
        With("F06", $"More than one sheet has contribution rows: {Quoted(names)}.", "Say which one it is with --map: {\"sheet\":\"its name\"}.") with
        {
            Field = "sheet", Particulars = Particulars.Of("two_sheets", ("sheets", Quoted(names))),
        };

    public static Refusal NoSheet(string told, IEnumerable<string> names) =>
        With("F06", $"The sheet “{told}” is missing; the workbook has {Quoted(names)}.", "Correct the sheet in --map.") with
        {
            Field = "sheet", Value = told, Particulars = Particulars.Of("no_sheet", ("value", told), ("sheets", Quoted(names))),
        };

    public static Refusal Decimals(string value, string a, string b) =>
        With("F07", $"Is “{value}” {a} or {b}?", "Choose how amounts are written with --map: {\"decimal\":\",\"} or {\"decimal\":\".\"}.") with { Field = "amount", Value = value, Particulars = Particulars.Of(null, ("value", value), ("a", a), ("b", b)) };

    public static Refusal StatementTotal(long row, string column, (string Rows, string Said, string Difference) sums) =>
        With("F10", $"Row {row} says that “{column}” is {sums.Said} in all; the rows add up to {sums.Rows}. Difference: {sums.Difference}.", "Ask for the statement again and send the whole file as it came.") with
        {
            Row = row, Particulars = Particulars.Of("statement", ("row", Text(row)), ("col", column), ("sum", sums.Rows), ("total", sums.Said), ("diff", sums.Difference)),
        };

    public static Refusal TooMany(string what, long max) => With("F12", $"The file has more than {max} {what}.", "Send it in parts.") with { Particulars = Particulars.Of(what, ("max", Text(max))) };

    public static Refusal Unreadable(string why, string help = "Open it in the program that made it and save it again as XLSX or CSV (UTF-8).") =>
        With("F13", $"The file cannot be read as CSV or XLSX: {why}.", help) with { Particulars = Particulars.Of(null, ("why", why)) };

    public static Refusal Macros() => Unreadable("it holds macros", "Save it as .xlsx, which has none, and send that file.") with { Particulars = Particulars.Of("macros") };

    public static Refusal SecondHeader(long row) => Unreadable($"row {row} names the columns again in another way, so two files seem to stand one after the other", "Send each of them by itself.") with
    {
        Row = row, Particulars = Particulars.Of("two_files", ("row", Text(row))),
    };

    public static Refusal DateOrder(string value) =>
        With("F14", $"Is “{value}” day first or month first? No date in the column decides it.", "Say it with --map: {\"date_order\":\"dmy\"} or {\"date_order\":\"mdy\"}.") with
        {
            Field = "received_on", Value = value, Particulars = Particulars.Of(null, ("value", value)),
        };

    private static string Kind(string fileName) => Path.GetExtension(fileName) is { Length: > 0 } extension ? extension : Path.GetFileName(fileName);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"“{name}”"));

    private static Refusal With(string code, string detail, string help) => Refusal.Input(code, detail) with { Help = help };
}

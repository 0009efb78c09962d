namespace ContributionEngine.Files;

/// <summary>How cells of our own CSV files are written: quoted where RFC 4180 asks for it, guarded where a spreadsheet would run them.</summary>
public static class CsvCells
{
    /// <summary>A text cell; one that begins with = + - @ tab or CR gets an apostrophe before it.</summary>
    public static string Text(string? text) =>
        string.IsNullOrEmpty(text) ? "" : Plain(text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text);

    /// <summary>A cell that this program made itself, such as an amount or a date.</summary>
    public static string Plain(string? text) =>
        text is null ? "" : text.AsSpan().ContainsAny(",;\"\n\r") ? Quoted(text) : text;

    /// <summary>A cell between quotes, which is read back as it is whatever stands in it.</summary>
    public static string Quoted(string? text) => $"\"{text?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

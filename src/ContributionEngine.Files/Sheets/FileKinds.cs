using System.Text;

namespace ContributionEngine.Files;

/// <summary>Tells kinds of files by how they begin, or by what is in them.</summary>
internal static class FileKinds
{
    private const string SaveAs = "Open it in a spreadsheet, save it as XLSX or CSV (UTF-8), and send that file.";

    /// <summary>What to do about a file that is neither a text of records nor a workbook; null for one that may be.</summary>
    public static string? Other(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("%PDF"u8)) return "It is a PDF inside. Ask whoever made it for the XLSX or CSV.";
        return Begins(head) is ['<', ..] ? $"It is a web page or XML inside. {SaveAs}" : null;
    }

    public static bool IsJson(ReadOnlySpan<byte> head) => Begins(head) is ['{', ..];

    /// <summary>Text documents, presentations, and sheets in the open document format.</summary>
    public static bool IsOtherOffice(IEnumerable<string> names) =>
        names.Any(name => name.StartsWith("word/", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase) || name.Equals("META-INF/manifest.xml", StringComparison.OrdinalIgnoreCase));

    /// <summary>False for folders and for what systems add to a zip by themselves.</summary>
    public static bool IsContent(string name) =>
        !name.EndsWith('/') && !name.StartsWith("__MACOSX/", StringComparison.OrdinalIgnoreCase) && !name[(name.LastIndexOf('/') + 1)..].StartsWith('.');

    private static string Begins(ReadOnlySpan<byte> head) => Encoding.Latin1.GetString(head[..Math.Min(head.Length, 64)]).Replace("ï»¿", "", StringComparison.Ordinal).TrimStart();
}

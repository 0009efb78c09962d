using System.Globalization;
using System.Xml;

namespace ContributionEngine.Files;

/// <summary>Which cell styles of a workbook show a number as a date.</summary>
internal sealed class NumberFormats
{
    private readonly List<bool> isDate = [];

    /// <summary>Reads the styles part.</summary>
    public static NumberFormats Read(XmlReader xml)
    {
        var formats = new NumberFormats();
        var own = new Dictionary<int, bool>();
        while (XlsxXml.Read(xml))
        {
            if (XlsxXml.IsAt(xml, "numFmt")) own[Number(xml)] = ShowsDay(xml.GetAttribute("formatCode") ?? "");
            else if (XlsxXml.IsAt(xml, "cellXfs")) formats.ReadCells(xml, own);
        }

        return formats;
    }

    public bool IsDate(string? style) => int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < isDate.Count && isDate[at];

    private void ReadCells(XmlReader xml, Dictionary<int, bool> own)
    {
        var depth = xml.Depth;
        if (xml.IsEmptyElement) return;
        while (XlsxXml.Read(xml) && xml.Depth > depth)
        {
            if (XlsxXml.IsAt(xml, "xf")) isDate.Add(own.TryGetValue(Number(xml), out var shows) ? shows : IsBuiltInDay(Number(xml)));
        }
    }

    /// <summary>True for a format code that shows a day: it has a y or a d, or an m that is no minute, outside quotes and brackets.</summary>
    private static bool ShowsDay(string code)
    {
        var (hasMonth, hasTime) = (false, false);
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (code[i])
            {
                case '"' or '[':
                    var end = code.IndexOf(code[i] == '"' ? '"' : ']', i + 1);
                    if (end < 0) break;
                    hasTime |= code[i] == '[' && end > i + 1 && !code.AsSpan(i + 1, end - i - 1).ContainsAnyExcept("hHmMsS");
                    i = end;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case 'y' or 'Y' or 'd' or 'D':
                    return true;
                case 'm' or 'M':
                    hasMonth = true;
                    break;
                case 'h' or 'H' or 's' or 'S':
                    hasTime = true;
                    break;
            }
        }

        return hasMonth && !hasTime;
    }

    // The formats that files name only by number: 14 to 17 and 22 everywhere, the others in East Asia.
    private static bool IsBuiltInDay(int id) => id is (>= 14 and <= 17) or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58;

    private static int Number(XmlReader xml) => int.TryParse(xml.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}

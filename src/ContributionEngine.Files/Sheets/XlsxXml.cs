using System.Text;
using System.Xml;

namespace ContributionEngine.Files;

/// <summary>Reads the XML of workbook parts, whatever prefix or edition of the standard they use, and within limits.</summary>
internal static class XlsxXml
{
    private const int DepthMax = 64;
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string StrictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main";

    /// <summary>Opens a part. It may name nothing outside itself.</summary>
    public static XmlReader Open(Stream part)
    {
        try
        {
            return XmlReader.Create(part, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = true,
                MaxCharactersInDocument = SheetLimits.InflatedMax, NameTable = new FewNames(),
            });
        }
        catch (XmlException)
        {
            part.Dispose();
            throw SheetRefusedException.Unreadable("a part of it is not proper XML");
        }
    }

    /// <summary>Goes to the next node. Refusals, thrown: F13 for XML that is broken, nested too deep, or has a DOCTYPE.</summary>
    public static bool Read(XmlReader xml)
    {
        try
        {
            return xml.Depth > DepthMax ? throw SheetRefusedException.Unreadable("a part of it is nested too deep") : xml.Read();
        }
        catch (XmlException)
        {
            throw SheetRefusedException.Unreadable("a part of it is not proper XML, or has a DOCTYPE, which no workbook has");
        }
    }

    /// <summary>True on an element of that name; extensions have elements of the same names that mean something else.</summary>
    public static bool IsAt(XmlReader xml, string name) => xml.NodeType == XmlNodeType.Element && xml.LocalName == name && xml.NamespaceURI is (Main or StrictMain);

    /// <summary>The text of an element that holds nothing else.</summary>
    public static string Text(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var depth = xml.Depth;
        var text = "";
        while (Read(xml) && xml.Depth > depth)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) text = Joined(text, xml.Value);
        }

        return text;
    }

    /// <summary>The text of a string item: its runs joined, without what only says how to pronounce it.</summary>
    public static string Item(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var depth = xml.Depth;
        var text = "";
        while (Read(xml) && xml.Depth > depth)
        {
            if (IsAt(xml, "rPh")) Skip(xml);
            else if (IsAt(xml, "t")) text = Joined(text, Text(xml));
        }

        return Unescaped(text);
    }

    private static string Joined(string text, string more)
    {
        if (text.Length + more.Length > SheetLimits.CellCharsMax) throw SheetRefusedException.Unreadable($"a cell of it holds more than {SheetLimits.CellCharsMax} characters");
        return text.Length == 0 ? more : text + more;
    }

    private static void Skip(XmlReader xml)
    {
        var depth = xml.Depth;
        if (xml.IsEmptyElement) return;
        while (Read(xml) && xml.Depth > depth)
        {
        }
    }

    /// <summary>Letters that XML cannot hold are written as <c>_x000D_</c>.</summary>
    public static string Unescaped(string text)
    {
        var at = text.IndexOf("_x", StringComparison.Ordinal);
        if (at < 0) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 7 <= text.Length && text[i] == '_' && text[i + 1] == 'x' && text[i + 6] == '_' && text.AsSpan(i + 2, 4).ContainsAnyExcept("0123456789ABCDEFabcdef") == false)
            {
                plain.Append((char)Convert.ToInt32(text.Substring(i + 2, 4), 16));
                i += 6;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    // A reader keeps every name that it meets.
    private sealed class FewNames : NameTable
    {
        private const int Most = 10_000;
        private int count;

        public override string Add(char[] key, int start, int len) => base.Get(key, start, len) ?? Counted(base.Add(key, start, len));

        public override string Add(string key) => base.Get(key) ?? Counted(base.Add(key));

        private string Counted(string name) => ++count <= Most ? name : throw SheetRefusedException.Unreadable("a part of it has more names than any workbook");
    }
}

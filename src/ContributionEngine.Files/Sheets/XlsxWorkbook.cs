using System.Xml;

namespace ContributionEngine.Files;

/// <summary>
/// An XLSX, read straight from its parts: one pass per sheet, and every limit counted on the way. Links that lead out of it are
/// never followed.
/// </summary>
internal sealed class XlsxWorkbook : Workbook
{
    private const string Package = "_rels/.rels";
    private readonly SafeArchive archive;

    private XlsxWorkbook(SafeArchive archive)
    {
        this.archive = archive;
        var main = Targets(Package, "").FirstOrDefault(target => target.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Path ?? "xl/workbook.xml";
        if (!archive.Has(main)) throw SheetRefusedException.Unreadable("it has no workbook part");
        var targets = Targets(Beside(main, "_rels/") + ".rels", Folder(main)).Where(target => archive.Has(target.Path)).ToList();
        var (names, is1904) = SheetNames(main);
        Is1904 = is1904;
        if (PathOf(targets, "/sharedStrings") is { } texts) ReadTexts(texts);
        if (PathOf(targets, "/styles") is { } styles) Formats = Opened(styles, NumberFormats.Read);
        Sheets = [.. from sheet in names join target in targets on sheet.Link equals target.Id where target.Type.EndsWith("/worksheet", StringComparison.Ordinal) select new XlsxSheet(this, target.Path, (sheet.Name, sheet.IsHidden))];
    }

    public override string Format => "xlsx";

    public override IReadOnlyList<WorkbookSheet> Sheets { get; }

    public SharedTexts Texts { get; } = new();

    public NumberFormats Formats { get; } = new();

    /// <summary>Its dates count from 1904.</summary>
    public bool Is1904 { get; }

    /// <summary>Opens a workbook. Refusals, thrown: F13.</summary>
    public static XlsxWorkbook Of(SafeArchive archive)
    {
        if (archive.Names.Any(IsMacro)) throw new SheetRefusedException(FileProblem.Macros());
        foreach (var name in archive.Names.Where(IsXml))
        {
            using var xml = Open(archive, name);
            while (XlsxXml.Read(xml) && xml.NodeType != XmlNodeType.Element)
            {
            }
        }

        return new XlsxWorkbook(archive);
    }

    public XmlReader Open(string path) => Open(archive, path);

    public override void Dispose() => archive.Dispose();

    private static XmlReader Open(SafeArchive archive, string path) => XlsxXml.Open(archive.Open(path, isMarkup: true));

    private static bool IsMacro(string name) => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || name.Contains("/macrosheets/", StringComparison.OrdinalIgnoreCase);

    private static bool IsXml(string name) => name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    private static string? PathOf(List<(string Id, string Type, string Path)> targets, string type) => targets.FirstOrDefault(target => target.Type.EndsWith(type, StringComparison.Ordinal)).Path;

    private static string Folder(string path) => path[..(path.LastIndexOf('/') + 1)];

    private static string Beside(string path, string folder) => Folder(path) + folder + path[(path.LastIndexOf('/') + 1)..];

    private T Opened<T>(string path, Func<XmlReader, T> read)
    {
        using var xml = Open(path);
        return read(xml);
    }

    private void ReadTexts(string path)
    {
        using var xml = Open(path);
        while (XlsxXml.Read(xml))
        {
            if (XlsxXml.IsAt(xml, "si")) Texts.Add(XlsxXml.Item(xml));
        }
    }

    private (List<(string Name, bool IsHidden, string Link)> Sheets, bool Is1904) SheetNames(string path)
    {
        var sheets = new List<(string, bool, string)>();
        var is1904 = false;
        using var xml = Open(path);
        while (XlsxXml.Read(xml))
        {
            if (XlsxXml.IsAt(xml, "workbookPr")) is1904 = xml.GetAttribute("date1904") is "1" or "true";
            if (!XlsxXml.IsAt(xml, "sheet")) continue;
            var (name, isHidden, link) = (xml.GetAttribute("name") ?? "", xml.GetAttribute("state") is "hidden" or "veryHidden", "");
            while (xml.MoveToNextAttribute())
            {
                if (xml.LocalName == "id" && xml.Prefix.Length > 0) link = xml.Value;
            }

            sheets.Add((name, isHidden, link));
        }

        return (sheets, is1904);
    }

    private List<(string Id, string Type, string Path)> Targets(string path, string folder)
    {
        var targets = new List<(string, string, string)>();
        if (!archive.Has(path)) return targets;
        using var xml = Open(path);
        while (XlsxXml.Read(xml))
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship" || xml.GetAttribute("TargetMode") == "External") continue;
            var target = (xml.GetAttribute("Target") ?? "").Replace('\\', '/');
            targets.Add((xml.GetAttribute("Id") ?? "", xml.GetAttribute("Type") ?? "", target.StartsWith('/') ? target[1..] : folder + target));
        }

        return targets;
    }
}

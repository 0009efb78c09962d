using System.Xml;
using System.Xml.Linq;

namespace ContributionEngine.Files;

/// <summary>
/// Takes a long XML apart: the element that the reader stands on, whole, by local names. Banks differ in namespaces and agree
/// in names. Children of one name are handed on as they come and are not kept.
/// </summary>
internal sealed class XmlPieces(XmlReader reader, Action<XElement> seen)
{
    private const int DepthMax = 60;
    private const int PiecesMax = 100_000;
    private int pieces;

    /// <summary>Reads the element and moves behind it.</summary>
    public XElement Take(string? handedOn = null, Action<XElement>? to = null)
    {
        var before = pieces;
        pieces = 0;
        var element = Element(handedOn, to);
        pieces = before;
        return element;
    }

    private XElement Element(string? handedOn, Action<XElement>? to)
    {
        if (reader.Depth > DepthMax || ++pieces > PiecesMax) throw BankProblem.Unreadable($"one element holds more than {PiecesMax} others, or more than {DepthMax} within each other").Thrown();
        var element = new XElement(reader.LocalName);
        if (reader.GetAttribute("Ccy") is { } currency) element.SetAttributeValue("Ccy", currency);
        if (reader.IsEmptyElement) reader.Read();
        else Content(element, handedOn, to);
        seen(element);
        return element;
    }

    private void Content(XElement element, string? handedOn, Action<XElement>? to)
    {
        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == handedOn) to!(Take());
            else if (reader.NodeType == XmlNodeType.Element) element.Add(Element(handedOn, to));
            else
            {
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) element.Add(new XText(reader.Value));
                reader.Read();
            }
        }

        reader.Read();
    }
}

/// <summary>What stands at a path of names.</summary>
internal static class XmlPaths
{
    public static XElement? One(this XElement parent, params ReadOnlySpan<string> path)
    {
        XElement? at = parent;
        foreach (var name in path) at = at?.Element(name);
        return at;
    }

    /// <summary>The trimmed text at a path of names, or null when a step or the text is missing.</summary>
    public static string? At(this XElement parent, params ReadOnlySpan<string> path) => parent.One(path)?.Value.Trim() is { Length: > 0 } text ? text : null;
}

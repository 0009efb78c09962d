using System.Xml.Linq;

namespace ContributionEngine.Files;

/// <summary>Elements of a report by local name: banks differ in namespaces and agree in names.</summary>
internal static class ReportElements
{
    public static XElement? Child(this XElement parent, string name) => parent.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    public static IEnumerable<XElement> Children(this XElement parent, string name) => parent.Elements().Where(element => element.Name.LocalName == name);

    /// <summary>The trimmed text at a path of names; null when a step or the text is missing.</summary>
    public static string? TextAt(this XElement parent, params ReadOnlySpan<string> path)
    {
        var at = parent;
        foreach (var name in path)
        {
            if (at.Child(name) is not { } next) return null;
            at = next;
        }

        return at.Value.Trim() is { Length: > 0 } text ? text : null;
    }
}

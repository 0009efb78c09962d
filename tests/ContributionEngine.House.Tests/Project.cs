using System.Xml.Linq;

namespace ContributionEngine.House.Tests;

/// <summary>One project file.</summary>
internal sealed record Project(string Path, XElement Root)
{
    /// <summary>Without the prefix that all share: <c>Core</c>, <c>Core.Tests</c>.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path)[House.Prefix.Length..];

    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    public IEnumerable<string> References => Items("ProjectReference").Select(item => System.IO.Path.GetFileNameWithoutExtension(item)[House.Prefix.Length..]);

    public IEnumerable<string> Packages => Items("PackageReference");

    private IEnumerable<string> Items(string kind) => Root.Descendants(kind).Select(item => (string?)item.Attribute("Include") ?? "").Where(name => name != "");
}

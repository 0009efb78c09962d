using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ContributionEngine.House.Tests;

/// <summary>As much of YAML as the rules read: documents, and values by the path of their keys.</summary>
internal static class Yaml
{
    /// <summary>The documents of a file.</summary>
    /// <exception cref="YamlException">When it is not YAML, or a key stands twice.</exception>
    public static IReadOnlyList<YamlNode> Read(string path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(House.Text(path)));
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>Every key with its value, at any depth.</summary>
    public static IEnumerable<(string Key, YamlNode Value)> Pairs(this YamlNode node) => node switch
    {
        YamlMappingNode map => map.SelectMany(pair => pair.Value.Pairs().Prepend((pair.Key.ToString(), pair.Value))),
        YamlSequenceNode list => list.SelectMany(Pairs),
        _ => [],
    };

    /// <summary>The value at a path of keys, also of what is merged in by <c>&lt;&lt;</c>; null when there is none.</summary>
    public static YamlNode? At(this YamlNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var key in path) node = Child(node, key);
        return node;
    }

    /// <summary>The value at a path as text; empty when there is none.</summary>
    public static string Text(this YamlNode? node, params ReadOnlySpan<string> path) => (node.At(path) as YamlScalarNode)?.Value ?? "";

    /// <summary>The entries of a mapping, by key.</summary>
    public static IEnumerable<(string Key, YamlNode Value)> Entries(this YamlNode? node) =>
        node is YamlMappingNode map ? map.Select(pair => (pair.Key.ToString(), pair.Value)) : [];

    /// <summary>The items of a list.</summary>
    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node is YamlSequenceNode list ? list : [];

    /// <summary>The items of a list of texts.</summary>
    public static IReadOnlyList<string> Texts(this YamlNode? node) => [.. node.Items().Select(item => item.Text())];

    private static YamlNode? Child(YamlNode? node, string key) =>
        node is not YamlMappingNode map ? null
        : map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value
        : map.Children.TryGetValue(new YamlScalarNode("<<"), out var merged) ? Child(merged, key)
        : null;
}

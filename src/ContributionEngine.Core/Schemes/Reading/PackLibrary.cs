using System.Collections.Concurrent;
using System.Reflection;

namespace ContributionEngine.Core;

/// <summary>The scheme packs that come with the program, each read once.</summary>
public static class PackLibrary
{
    private const string Prefix = "packs/";
    private static readonly ConcurrentDictionary<string, Outcome<Pack>> Loaded = [];

    /// <summary>Ids in alphabetical order.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^".json".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The pack of that id, or a refusal with code <c>pack_unknown</c>.</summary>
    public static Outcome<Pack> Find(string id) => Ids.Contains(id)
        ? Loaded.GetOrAdd(id, Load)
        : Refusal.NotFound("pack_unknown", $"There is no scheme pack «{id}».") with { Help = $"Packs: {string.Join(", ", Ids)}." };

    /// <summary>The file of a pack that comes with the program, as it was written.</summary>
    public static byte[] Content(string id)
    {
        using var file = File(id);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    private static Outcome<Pack> Load(string id)
    {
        using var stream = File(id);
        return PackReader.Read(stream);
    }

    private static Stream File(string id) => Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Prefix}{id}.json")!;
}

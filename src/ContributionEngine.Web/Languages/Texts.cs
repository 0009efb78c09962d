using System.Collections.Frozen;
using System.Text.Json;

namespace ContributionEngine.Web;

/// <summary>Every sentence that a user sees, in every language side by side: <c>Texts/*.json</c>, one entry per key.</summary>
public sealed class Texts
{
    /// <summary>The languages of the site; the first is what is shown where a text has none of its own.</summary>
    public static readonly string[] Languages = ["en", "es", "fr", "pt"];

    /// <summary>The language of tests: every text stretched and marked, so that one that is not from here shows plain.</summary>
    public const string Pseudo = "qps";

    private const string Folder = "texts/";
    private const char PluralMark = '|';

    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> texts;

    private Texts(IEnumerable<KeyValuePair<string, Dictionary<string, string>>> entries) =>
        texts = entries.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToFrozenDictionary());

    public static Texts All { get; } = new(Load());

    public IEnumerable<string> Keys => texts.Keys;

    public bool Has(string key) => texts.ContainsKey(key);

    /// <summary>True when the language has a text of its own.</summary>
    internal bool HasOwn(string key, string language) => texts[key].ContainsKey(language);

    /// <summary>The text as it is written, with its places and both of its numbers.</summary>
    internal string Raw(string key, string language) => texts[key].GetValueOrDefault(language, "");

    /// <summary>The text of a key in a language, of which a region such as <c>pt-BR</c> may have its own; a number as the first argument chooses between one and many.</summary>
    /// <exception cref="KeyNotFoundException">No file has the key: a bug.</exception>
    public string Of(string key, string language, params object[] arguments)
    {
        if (!texts.TryGetValue(key, out var all)) throw new KeyNotFoundException($"No file of Texts has the key «{key}».");
        var isPseudo = language == Pseudo;
        var text = all.GetValueOrDefault(language) ?? all.GetValueOrDefault(language.Split('-')[0]) ?? all[Languages[0]];
        if (text.Split(PluralMark) is [var one, var many]) text = arguments is [var first, ..] && IsOne(first, language) ? one : many;
        return isPseudo ? Stretched(text) : text;
    }

    // In French and in Brazil nothing counts as one.
    private static bool IsOne(object number, string language) => number is IConvertible count && count is long or int && Convert.ToInt64(count, System.Globalization.CultureInfo.InvariantCulture) is var n && (n == 1 || (n == 0 && (language.StartsWith("fr", StringComparison.Ordinal) || language == "pt-BR")));

    // Two fifths longer and between brackets; placeholders stay.
    private static string Stretched(string text) => $"[{text}{new string('~', (text.Length * 2 / 5) + 1)}]";

    private static IEnumerable<KeyValuePair<string, Dictionary<string, string>>> Load()
    {
        var assembly = typeof(Texts).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var entry in JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!) yield return entry;
        }
    }
}

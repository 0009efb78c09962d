using System.Reflection;

namespace ContributionEngine.Storage;

/// <summary>The numbered migrations: written once with type words, or once per dialect where forced (<c>NNNN_x.sqlite.sql</c>).</summary>
public static class Migrations
{
    private const string Prefix = "migrations/";

    /// <summary>Name and text of each migration that a dialect runs, in number order.</summary>
    public static IReadOnlyList<(string Name, string Text)> For(Dialect dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Where(name => name.Count(letter => letter == '.') == 1 || name.EndsWith($".{dialect.Name}.sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name[Prefix.Length..], Text(assembly, name)))];
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

using System.Reflection;
using DbUp.Builder;
using DbUp.Engine;

namespace ContributionEngine.Storage;

/// <summary>The numbered migrations: written once with type words, or once per dialect where forced (<c>NNNN_x.sqlite.sql</c>).</summary>
public static class Migrations
{
    private const string Prefix = "migrations/";

    /// <summary>Name and text of each migration that a dialect runs, in number order, with the type words as it spells them.</summary>
    public static IReadOnlyList<(string Name, string Text)> For(Dialect dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Where(name => name.Count(letter => letter == '.') == 1 || name.EndsWith($".{dialect.Name}.sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name[Prefix.Length..], dialect.TypeWords.Aggregate(Text(assembly, name), (text, word) => text.Replace($"${word.Key}$", word.Value, StringComparison.Ordinal))))];
    }

    /// <summary>Runs what is missing, each migration in a transaction of its own; a type word that the dialect does not know ends it.</summary>
    internal static Task Run(UpgradeEngineBuilder target, Dialect dialect)
    {
        var upgrade = target
            .WithScripts(For(dialect).Select(script => new SqlScript(script.Name, script.Text)))
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        return upgrade.Successful ? Task.CompletedTask : Task.FromException(upgrade.Error);
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

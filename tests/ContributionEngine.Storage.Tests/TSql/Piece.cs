using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace ContributionEngine.Storage.Tests;

/// <summary>A piece of T-SQL, with the name by which its faults are told.</summary>
internal sealed class Piece
{
    public Piece(string name, string text)
    {
        (Name, Text) = (name, text);
        var parsed = new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
        Faults = [.. errors.Select(error => $"{name}:{error.Line}:{error.Column}: {error.Message}")];
        Batches = parsed is TSqlScript script ? [.. script.Batches] : [];
    }

    public string Name { get; }

    public string Text { get; }

    /// <summary>What the grammar of SQL Server 2022 has against it.</summary>
    public IReadOnlyList<string> Faults { get; }

    public IReadOnlyList<TSqlBatch> Batches { get; }

    public IEnumerable<TSqlStatement> Statements => Batches.SelectMany(batch => batch.Statements);

    /// <summary>Every part of a kind, in the order in which they stand.</summary>
    public IReadOnlyList<T> All<T>() where T : TSqlFragment
    {
        var found = new Finder<T>();
        foreach (var batch in Batches) batch.Accept(found);
        return found.Found;
    }

    private sealed class Finder<T> : TSqlFragmentVisitor where T : TSqlFragment
    {
        public List<T> Found { get; } = [];

        public override void Visit(TSqlFragment fragment)
        {
            if (fragment is T part) Found.Add(part);
        }
    }
}

using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace ContributionEngine.Storage.Tests;

/// <summary>
/// The schema that migrations make, in Microsoft's own model of a database, and statements as its procedures: the model says
/// which of them name a table, a column or a type that is not there.
/// </summary>
internal static class ServerModel
{
    // The journal of migrations belongs to DbUp; the locks come with the server.
    private static readonly string[] Foreign = ["[SchemaVersions]", "[sys].[databases]", "[sp_getapplock]", "[sp_releaseapplock]"];

    /// <summary>What is wrong with names. A piece with a fault of syntax is left out: it would spoil the model, and tells its fault itself.</summary>
    public static IReadOnlyList<string> Faults(IEnumerable<Piece> migrations, IEnumerable<Piece> statements)
    {
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        var (objects, changes) = Folded(migrations);
        foreach (var made in objects) model.AddObjects(Text(made));
        foreach (var piece in changes.Concat(statements).Where(piece => piece.Faults.Count == 0)) model.AddObjects(Procedure(piece));
        return [.. model.Validate().Select(message => message.Message).Where(message => !Foreign.Any(name => message.Contains(name, StringComparison.OrdinalIgnoreCase)))];
    }

    // The model takes the finished objects only, so what later migrations change is worked into what earlier ones made.
    private static (List<TSqlStatement> Objects, List<Piece> Changes) Folded(IEnumerable<Piece> migrations)
    {
        var (objects, changes) = (new List<TSqlStatement>(), new List<Piece>());
        foreach (var (migration, statement) in migrations.SelectMany(piece => piece.Statements.Select(statement => (piece.Name, statement))))
        {
            switch (statement)
            {
                case CreateTypeTableStatement type:
                    objects.AddRange([type, new CreateTableStatement { SchemaObjectName = type.Name, Definition = type.Definition }]);
                    break;
                case CreateTableStatement or CreateIndexStatement or CreateTriggerStatement:
                    objects.Add(statement);
                    break;
                case AlterTableAddTableElementStatement more:
                    Add(objects.OfType<CreateTableStatement>().Single(table => IsOf(table.SchemaObjectName, more.SchemaObjectName)).Definition, more.Definition);
                    break;
                case DropIndexStatement gone:
                    objects.RemoveAll(made => made is CreateIndexStatement index && gone.DropIndexClauses.OfType<DropIndexClause>().Any(clause => clause.Index.Value == index.Name.Value));
                    break;
                case DataModificationStatement:
                    changes.Add(new Piece($"{migration}:{statement.StartLine}", Text(statement)));
                    break;
                default:
                    throw new NotSupportedException($"{migration}:{statement.StartLine}: this check cannot fold a {statement.GetType().Name}.");
            }
        }

        return (objects, changes);
    }

    private static void Add(TableDefinition made, TableDefinition more)
    {
        foreach (var column in more.ColumnDefinitions) made.ColumnDefinitions.Add(column);
        foreach (var constraint in more.TableConstraints) made.TableConstraints.Add(constraint);
    }

    private static string Procedure(Piece piece)
    {
        var parameters = Parameters(piece).Select(name => $"{name} {TypeOf(piece, name)}").ToList();
        foreach (var update in piece.All<UpdateSpecification>()) NameTarget(update);
        foreach (var from in piece.All<FromClause>()) NameRows(piece, from);
        return $"create procedure [{piece.Name.Replace("]", "]]", StringComparison.Ordinal)}] {string.Join(", ", parameters)} as {string.Join('\n', piece.Statements.Select(Text))}";
    }

    // The server knows the table that is updated beside those of "from"; the model does not, and would let its columns pass unseen.
    private static void NameTarget(UpdateSpecification update)
    {
        if (update.FromClause is not { } from || update.Target is not NamedTableReference target) return;
        if (from.TableReferences.OfType<NamedTableReference>().All(table => !IsOf(table.SchemaObject, target.SchemaObject))) from.TableReferences.Add(new NamedTableReference { SchemaObject = target.SchemaObject });
    }

    // Likewise the model does not look into rows that a parameter brings, so a table of their type stands for them.
    private static void NameRows(Piece piece, FromClause from)
    {
        for (var i = 0; i < from.TableReferences.Count; i++)
        {
            if (from.TableReferences[i] is not VariableTableReference rows) continue;
            var type = new SchemaObjectName();
            foreach (var part in TypeOf(piece, rows.Variable.Name).Split(' ')[0].Split('.')) type.Identifiers.Add(new Identifier { Value = part });
            from.TableReferences[i] = new NamedTableReference { SchemaObject = type, Alias = rows.Alias };
        }
    }

    private static IEnumerable<string> Parameters(Piece piece) => piece.All<VariableReference>().Select(variable => variable.Name)
        .Except(piece.All<DeclareVariableElement>().Select(variable => variable.VariableName.Value))
        .Except(piece.All<ExecuteParameter>().Select(parameter => parameter.Variable?.Name ?? ""));

    private static string TypeOf(Piece piece, string parameter) =>
        piece.Text.Contains(Sent.Dialect.AnyOf(parameter), StringComparison.Ordinal) ? "dbo.word_list readonly"
        : piece.All<VariableTableReference>().Any(rows => rows.Variable.Name == parameter) ? "dbo.pair_list readonly"
        : "nvarchar(max)";

    private static bool IsOf(SchemaObjectName one, SchemaObjectName other) => one.BaseIdentifier.Value == other.BaseIdentifier.Value;

    private static string Text(TSqlFragment fragment)
    {
        new Sql160ScriptGenerator().GenerateScript(fragment, out var text);
        return text;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContributionEngine.House.Tests;

/// <summary>Of Storage, Web uses only the views, and Host only the views and migration. Read from what names mean, so that an inferred type counts too.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StorageSurface
{
    private const string Storage = "src/ContributionEngine.Storage/";

    private static readonly string[] Views = [$"{Storage}Views/"];
    private static readonly string[] ViewsAndMigration = [.. Views, $"{Storage}Migrations.cs", $"{Storage}Schema.cs"];

    // What Host still takes past the views. A member that is not on this list may not be added without a reason.
    private static readonly (string, string)[] StillUsed =
    [
        ("Database", WayIn), ("Database.Read", WayIn), ("Database.DryRun", WayIn), ("Database.DisposeAsync", WayIn), ("Work", WayIn),
        ("Database.IsDryRun", WayIn), ("Database.Patience", WayIn), ("Database.Clock", WayIn), ("Database.Owner", WayIn),
        ("Database.Dialect", Migration), ("Dialect", Migration), ("Dialect.Of", Migration), ("Dialect.Name", Migration), ("Dialect.Place", Migration), ("Sqlite", Migration), ("Sqlite.Path", Migration),
        ("EngineLock", OneWriter), ("EngineLock.Take", OneWriter), ("EngineLock.Dispose", OneWriter),
        ("Agreements.All", Reading), ("Agreements.Find", Reading), ("StoredAgreement", Reading), ("Audit.List", Reading), ("AuditEvent", Reading), ("Cases.OpenAbout", Reading),
        ("Members.EnrolledIn", Reading), ("EnrolledMember", Reading), ("Obligations.Of", Reading), ("StoredObligation", Reading), ("Outbox.Waiting", Reading),
        ("Remittances.Find", Reading), ("Remittances.Of", Reading), ("Remittances.OfTheRun", Reading), ("Remittances.Parts", Reading), ("StoredRemittance", Reading),
        ("Settlements.Find", Reading), ("Settlements.Of", Reading), ("StoredRun", Reading),
        ("Uploads.Find", Reading), ("Uploads.Of", Reading), ("Uploads.Problems", Reading), ("StoredUpload", Reading), ("StoredProblem", Reading), ("RowFixes.Of", Reading), ("StoredFix", Reading),
        ("WaitingMessage", Reading),
    ];

    private const string WayIn = "the way in to the views and the dry run, and what a process is towards the others";
    private const string Migration = "names the database and brings its schema up";
    private const string OneWriter = "the process that runs a command is the one writer of a SQLite file";
    private const string Reading = "list and show commands read the stored noun; a view of its own would repeat it";

    private static readonly string[] WayToTheViews = ["Database", "Database.Read", "Database.Page", "Database.DryRun", "Database.IsDryRun", "Database.Clock", "Database.Outage", "Work"];

    [Test]
    public void Host_uses_only_views_and_migration() => Rule.Holds(Uses("Host", ViewsAndMigration), StillUsed);

    [Test]
    public void Web_uses_only_views() => Rule.Holds(Uses("Web", Views).Where(use => !WayToTheViews.Contains(use.Subject)));

    private static IEnumerable<Offence> Uses(string project, string[] allowed) =>
        from source in House.Product
        where source.Project == project
        let meaning = Meaning.Of(source)
        from name in source.All<SimpleNameSyntax>()
        let used = meaning.GetSymbolInfo(name).Symbol
        where used is INamedTypeSymbol or IMethodSymbol or IPropertySymbol or IFieldSymbol
        let type = used as INamedTypeSymbol ?? used.ContainingType
        let home = type?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath
        where home?.StartsWith(Storage, StringComparison.Ordinal) == true && !allowed.Any(place => home.StartsWith(place, StringComparison.Ordinal))
        let subject = type.IsRecord || used is INamedTypeSymbol ? type.Name : $"{type.Name}.{used.Name}"
        group name by (Where: source.At(name), Subject: subject) into use
        select new Offence(use.Key.Where, use.Key.Subject, $"{project} may not use {use.Key.Subject} of Storage");
}

namespace ContributionEngine.Testing;

/// <summary>The tree that these tests were built from.</summary>
public static class SourceTree
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "ContributionEngine.sln"))) at = at.Parent;
        return at?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds ContributionEngine.sln.");
    }
}

using NUnit.Framework;

namespace ContributionEngine.Testing;

/// <summary>The PostgreSQL of this test run: the one that the environment names, or that tests/run.sh has started.</summary>
public static class PostgreSqlServer
{
    internal const string Variable = "CONTRIBUTION_ENGINE_TEST_POSTGRESQL";

    /// <summary>Npgsql connection string of a user who may create databases; null when there is no server.</summary>
    public static string? Address { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null;

    /// <summary>The address; without one the test is ignored, and says how to run it.</summary>
    public static string Needed()
    {
        if (Address is null) Assert.Ignore($"Needs a PostgreSQL: run the tests by tests/run.sh, which starts one, or name one by {Variable}.");
        return Address!;
    }
}

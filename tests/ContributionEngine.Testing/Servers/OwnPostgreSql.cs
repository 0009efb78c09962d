namespace ContributionEngine.Testing;

/// <summary>A PostgreSQL server of one test.</summary>
public sealed class OwnPostgreSql : OwnServer
{
    private const string Kind = "postgresql";

    private OwnPostgreSql(string folder, string printed)
        : base(folder, Kind) => Address = ServersScript.Exported(printed, PostgreSqlServer.Variable);

    /// <summary>Npgsql connection string of a user who may create databases.</summary>
    public string Address { get; }

    public static Task<OwnPostgreSql> Create() => Made(Kind, (folder, printed) => new OwnPostgreSql(folder, printed));
}

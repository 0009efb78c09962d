namespace ContributionEngine.Storage;

/// <summary>
/// One statement of the program. Each is a <c>static readonly Sql</c> beside its method, so that a test can list them all;
/// what differs between databases is a member of <see cref="Dialect"/>.
/// </summary>
public sealed class Sql
{
    private readonly string? portable;
    private readonly Func<Dialect, string>? perDialect;

    private Sql(string portable) => this.portable = portable;

    public Sql(Func<Dialect, string> perDialect) => this.perDialect = perDialect;

    public static implicit operator Sql(string portable) => new(portable);

    public string For(Dialect dialect) => portable ?? perDialect!(dialect);
}

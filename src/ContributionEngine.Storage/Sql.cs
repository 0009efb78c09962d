namespace ContributionEngine.Storage;

/// <summary>
/// One statement of the program. Each is a <c>static readonly Sql</c> beside its method, so that a test can list them all;
/// what differs between databases is a member of <see cref="Dialect"/>.
/// </summary>
public sealed class Sql
{
    private readonly string? portable;
    private readonly Func<Dialect, string>? perDialect;

    // A process has one database, or a test a few of one kind.
    private volatile Spelled? last;

    private Sql(string portable) => this.portable = portable;

    public Sql(Func<Dialect, string> perDialect) => this.perDialect = perDialect;

    public static implicit operator Sql(string portable) => new(portable);

    public string For(Dialect dialect)
    {
        if (portable is not null) return portable;
        var spelled = last;
        if (spelled?.Kind != dialect.Name) last = spelled = new Spelled(dialect.Name, perDialect!(dialect));
        return spelled.Text;
    }

    private sealed record Spelled(string Kind, string Text);
}

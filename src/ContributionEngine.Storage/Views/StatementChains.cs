namespace ContributionEngine.Storage;

/// <summary>Statements of one account in one look: how far they reach, and whether one is missing. Nothing of what they list.</summary>
public sealed record StatementChain
{
    public string Account { get; init; } = "";

    /// <summary>fund or organisation.</summary>
    public string Holder { get; init; } = "";

    public long Statements { get; init; }

    /// <summary>Last day that a statement covers.</summary>
    public DateOnly Until { get; init; }

    /// <summary>Statements whose opening balance is not the closing one of the statement before.</summary>
    public long Gaps { get; init; }

    /// <summary>Statements whose entries are not matched until somebody has looked at them.</summary>
    public long Held { get; init; }
}

/// <summary>Where balances of an account do not follow each other: something is missing between two days. Balances in minor units.</summary>
public sealed record StatementGap
{
    public string Account { get; init; } = "";

    public string Currency { get; init; } = "";

    /// <summary>Last day of the statement before.</summary>
    public DateOnly After { get; init; }

    /// <summary>First day of the statement that does not follow.</summary>
    public DateOnly Before { get; init; }

    public long Closing { get; init; }

    public long Opening { get; init; }

    /// <summary>The bank's name of the statement that does not follow.</summary>
    public string Statement { get; init; } = "";
}

/// <summary>Continuity of statements, account by account, as far as the acting user may see.</summary>
public sealed class StatementChains(Work work)
{
    private const string Links = """
        select a.account, a.holder, s.currency, s.statement, s.state, s.from_on, s.to_on, s.opening,
               lag(s.closing) over (partition by s.account_id order by s.to_on, s.id) as closed, lag(s.to_on) over (partition by s.account_id order by s.to_on, s.id) as until_on
          from bank_statement s
          join bank_account a on a.id = s.account_id
         where s.kind = 'statement' and s.opening is not null and s.closing is not null and (@scope is null or a.organisation_id = @scope)
        """;

    private static readonly Sql Accounts = $"""
        select l.account, l.holder, count(*) as statements, max(l.to_on) as until, count(case when l.closed is not null and l.closed <> l.opening then 1 end) as gaps,
               count(case when l.state = 'held' then 1 end) as held
          from ({Links}) l
         group by l.account, l.holder
         order by l.account
        """;

    private static readonly Sql Missing = new(dialect => $"""
        select l.account, l.currency, l.until_on as after, l.from_on as before, l.closed as closing, l.opening, l.statement
          from ({Links}) l
         where l.closed is not null and l.closed <> l.opening
         order by l.from_on desc, l.account {dialect.Limit("@most")}
        """);

    public Task<IReadOnlyList<StatementChain>> Of() => work.Rows<StatementChain>(Accounts, new { scope = work.Actor.OrganisationId });

    /// <summary>The latest gaps.</summary>
    public Task<IReadOnlyList<StatementGap>> Gaps(long most) => work.Rows<StatementGap>(Missing, new { scope = work.Actor.OrganisationId, most });
}

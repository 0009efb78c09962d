namespace ContributionEngine.Storage;

/// <summary>A statement of an account, as a link of the chain that its balances make. Balances in minor units.</summary>
public sealed record ChainLink(long Id, long Opening, long Closing, DateOnly FromOn, DateOnly ToOn);

/// <summary>A statement to store. Balances in minor units; null for a notification, which has none.</summary>
public sealed record NewStatement
{
    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required string Statement { get; init; }

    /// <summary><c>statement</c> or <c>notification</c>.</summary>
    public required string Kind { get; init; }

    public required string Format { get; init; }

    public required string Currency { get; init; }

    public required long? Opening { get; init; }

    public required long? Closing { get; init; }

    public required DateOnly FromOn { get; init; }

    public required DateOnly ToOn { get; init; }

    public required string Fingerprint { get; init; }

    public required string FileName { get; init; }

    public required string Sha256 { get; init; }

    /// <summary><c>booked</c> or <c>held</c>; a person may release a held one.</summary>
    public required string State { get; init; }
}

/// <summary>Statements of bank accounts. Only what is booked or released is matched.</summary>
public sealed class BankStatements(Work work)
{
    private static readonly Sql Same = "select count(*) from bank_statement where account_id = @accountId and fingerprint = @fingerprint";

    private static readonly Sql LinkBefore = new(dialect => $"""
        select id, opening, closing, from_on, to_on from bank_statement
         where account_id = @accountId and kind = 'statement' and opening is not null and closing is not null and to_on <= @on
         order by to_on desc, id desc {dialect.Limit("1")}
        """);

    private static readonly Sql LinkAfter = new(dialect => $"""
        select id, opening, closing, from_on, to_on from bank_statement
         where account_id = @accountId and kind = 'statement' and opening is not null and closing is not null and to_on > @on
         order by to_on, id {dialect.Limit("1")}
        """);

    private static readonly Sql Insert = """
        insert into bank_statement (id, account_id, statement, kind, format, currency, opening, closing, from_on, to_on, fingerprint, file_name, sha256, state, imported_at)
        values (@Id, @AccountId, @Statement, @Kind, @Format, @Currency, @Opening, @Closing, @FromOn, @ToOn, @Fingerprint, @FileName, @Sha256, @State, @now)
        """;

    private static readonly Sql Change = "update bank_statement set state = @state where id = @id";

    private static readonly Sql Held = "select count(*) from bank_statement where id = @id and state = 'held'";

    /// <summary>True when the account has a statement that says the same.</summary>
    public async Task<bool> Has(long accountId, string fingerprint) => await work.One<long>(Same, new { accountId, fingerprint }) > 0;

    /// <summary>The last statement with balances that ends on this day or before it.</summary>
    public Task<ChainLink?> Before(long accountId, DateOnly on) => work.One<ChainLink>(LinkBefore, new { accountId, on });

    /// <summary>The first statement with balances that ends after this day.</summary>
    public Task<ChainLink?> After(long accountId, DateOnly on) => work.One<ChainLink>(LinkAfter, new { accountId, on });

    public Task Add(NewStatement found) => work.Do(Insert, new
    {
        found.Id, found.AccountId, found.Statement, found.Kind, found.Format, found.Currency, found.Opening, found.Closing, found.FromOn, found.ToOn, found.Fingerprint, found.FileName, found.Sha256, found.State, now = work.Now,
    });

    public Task Become(long id, string state) => work.Do(Change, new { id, state });

    public async Task<bool> IsHeld(long id) => await work.One<long>(Held, new { id }) > 0;
}

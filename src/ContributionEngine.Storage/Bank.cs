using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A bank account that statements may be imported for.</summary>
public sealed record StoredAccount
{
    public long Id { get; init; }

    public string Account { get; init; } = "";

    /// <summary><c>fund</c>: credits are payments of remittances. <c>organisation</c>: debits are.</summary>
    public string Holder { get; init; } = "";
}

/// <summary>A bank entry that waits for its remittance.</summary>
public sealed record StoredEntry
{
    public long Id { get; init; }

    public long AccountId { get; init; }

    public long Amount { get; init; }

    public string Direction { get; init; } = "";

    public DateOnly BookedOn { get; init; }

    public string? Reference { get; init; }

    public string Holder { get; init; } = "";
}

/// <summary>A booking that is known already.</summary>
public sealed record BookedEntry
{
    public long Id { get; init; }

    public string ServicerReference { get; init; } = "";

    public long Amount { get; init; }

    public string Direction { get; init; } = "";
}

/// <summary>Bank accounts, statements, entries and their exclusive matches.</summary>
public sealed class Bank(Work work)
{
    private static readonly BulkTarget EntryTable = new(
        "bank_entry", "id", "account_id", "statement_id", "entry_no", "servicer_reference", "amount", "direction", "booked_on", "is_reversal", "reference", "text", "state");

    private static readonly BulkTarget ListedTable = new("bank_statement_entry", "statement_id", "entry_id");

    private static readonly Sql FindAccount = """
        select id, account, holder from bank_account
         where account = @account and (@scope is null or organisation_id is null or organisation_id = @scope)
        """;

    private static readonly Sql AddAccount = """
        insert into bank_account (id, account, holder, organisation_id) values (@id, @account, @holder, @organisationId)
        """;

    private static readonly Sql FindStatement = "select count(*) from bank_statement where account_id = @accountId and statement = @statement";

    private static readonly Sql LastClosing = new(dialect => $"select closing from bank_statement where account_id = @accountId and state <> 'refused' order by id desc {dialect.Limit("1")}");

    private static readonly Sql AddStatement = """
        insert into bank_statement (id, account_id, statement, currency, opening, closing, file_name, sha256, state, imported_at)
        values (@Id, @AccountId, @Statement, @Currency, @Opening, @Closing, @FileName, @Sha256, @State, @Now)
        """;

    private static readonly Sql Known = new(dialect => $"""
        select id, servicer_reference, amount, direction from bank_entry where account_id = @accountId and servicer_reference in {dialect.AnyOf("@references")}
        """);

    private static readonly Sql OpenEntries = """
        select e.id, e.account_id, e.amount, e.direction, e.booked_on, e.reference, a.holder
          from bank_entry e
          join bank_account a on a.id = e.account_id
          join bank_statement s on s.id = e.statement_id
         where e.state = 'open' and e.reference is not null and s.state = 'booked'
         order by e.booked_on, e.id
        """;

    private static readonly Sql AddMatch = """
        insert into bank_match (id, entry_id, remittance_id, amount, matched_by, live, matched_on) values (@id, @entryId, @remittanceId, @amount, @rule, 1, @on)
        """;

    private static readonly Sql EntryMatched = "update bank_entry set state = 'matched' where id = @entryId and state = 'open'";

    public Task<StoredAccount?> Account(string account) => work.One<StoredAccount>(FindAccount, new { account, scope = work.Actor.OrganisationId });

    public async Task<StoredAccount> Register(string account, string holder, long? organisationId)
    {
        var id = work.NextId();
        await work.Do(AddAccount, new { id, account, holder, organisationId });
        return new StoredAccount { Id = id, Account = account, Holder = holder };
    }

    public async Task<bool> HasStatement(long accountId, string statement) => await work.One<long>(FindStatement, new { accountId, statement }) > 0;

    /// <summary>Closing balance of the statement that was imported last, or null.</summary>
    public Task<long?> Closing(long accountId) => work.One<long?>(LastClosing, new { accountId });

    public Task AddStatementRow(object header) => work.Do(AddStatement, header);

    /// <summary>Bookings of the account that have one of these references.</summary>
    public Task<IReadOnlyList<BookedEntry>> Booked(long accountId, IEnumerable<string> references) =>
        work.Rows<BookedEntry>(Known, new { accountId, references = work.Dialect.Array(references) });

    public Task AddEntries(IEnumerable<object?[]> rows) => work.Bulk(EntryTable, rows);

    /// <summary>Says which bookings a statement lists: one that two statements list is one booking.</summary>
    public Task List(long statementId, IEnumerable<long> entries) => work.Bulk(ListedTable, entries.Distinct().Select(entry => new object?[] { statementId, entry }));

    /// <summary>Open entries that carry a reference, in booking order.</summary>
    public Task<IReadOnlyList<StoredEntry>> Open() => work.Rows<StoredEntry>(OpenEntries);

    public async Task Match(StoredEntry entry, long remittanceId, string rule)
    {
        await work.Do(AddMatch, new { id = work.NextId(), entryId = entry.Id, remittanceId, amount = entry.Amount, rule, on = entry.BookedOn });
        await work.Do(EntryMatched, new { entryId = entry.Id });
    }
}

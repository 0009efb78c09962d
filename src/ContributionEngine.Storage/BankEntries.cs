namespace ContributionEngine.Storage;

/// <summary>A booking that is known under a reference.</summary>
public sealed record KnownBooking
{
    public long Id { get; init; }

    public string ServicerReference { get; init; } = "";

    public long Occurrence { get; init; }

    /// <summary>Minor units.</summary>
    public long Amount { get; init; }

    public string Direction { get; init; } = "";

    /// <summary>Other statements with balances that list it.</summary>
    public long Statements { get; init; }

    /// <summary>1 when the statement that is being taken in has listed it already.</summary>
    public long IsHere { get; init; }
}

/// <summary>An entry to store. Amounts in minor units.</summary>
public sealed record NewEntry(long Id, long AccountId, long StatementId, long No)
{
    /// <summary>The bank's reference, or what stands for it, and which booking of that reference it is.</summary>
    public required string ServicerReference { get; init; }

    public required long Occurrence { get; init; }

    public required long Amount { get; init; }

    public required string Direction { get; init; }

    public required DateOnly BookedOn { get; init; }

    public DateOnly? ValueOn { get; init; }

    public bool IsReversal { get; init; }

    /// <summary>The one remittance reference that it carries.</summary>
    public string? Reference { get; init; }

    public string? Counterparty { get; init; }

    public string? CounterpartyAccount { get; init; }

    /// <summary>Texts that may carry a reference, one a line.</summary>
    public string? RemittanceInfo { get; init; }

    public string? Text { get; init; }
}

/// <summary>A transaction of an entry to store; the amount is signed, credit positive.</summary>
public sealed record NewTransaction(long EntryId, long No, long Amount, string? Reference, string? Counterparty, string? RemittanceInfo);

/// <summary>An entry as a list shows it. The amount is in minor units.</summary>
public sealed record ListedEntry
{
    public long Id { get; init; }

    public string Account { get; init; } = "";

    public string Statement { get; init; } = "";

    public string StatementState { get; init; } = "";

    public string Currency { get; init; } = "";

    public DateOnly BookedOn { get; init; }

    public DateOnly? ValueOn { get; init; }

    public string Direction { get; init; } = "";

    public long Amount { get; init; }

    /// <summary>1 for one that the bank marks as such.</summary>
    public long IsReversal { get; init; }

    public string ServicerReference { get; init; } = "";

    public string? Reference { get; init; }

    public string? Counterparty { get; init; }

    public string? RemittanceInfo { get; init; }

    public string? Text { get; init; }

    public string State { get; init; } = "";
}

/// <summary>Entries of statements: each booking once, whichever messages list it.</summary>
public sealed class BankEntries(Work work)
{
    private static readonly BulkTarget Table = new(
        "bank_entry", "id", "account_id", "statement_id", "entry_no", "servicer_reference", "occurrence", "amount", "direction", "booked_on", "value_on", "is_reversal", "reference",
        "counterparty", "counterparty_account", "remittance_info", "text", "state");

    private static readonly BulkTarget Parts = new("bank_transaction", "entry_id", "tx_no", "amount", "reference", "counterparty", "remittance_info");

    private static readonly BulkTarget ListedTable = new("bank_statement_entry", "statement_id", "entry_id");

    private static readonly Sql Under = new(dialect => $"""
        select e.id, e.servicer_reference, e.occurrence, e.amount, e.direction,
               (select count(*) from bank_statement_entry l join bank_statement s on s.id = l.statement_id where l.entry_id = e.id and s.kind = 'statement' and s.id <> @statementId) as statements,
               (select count(*) from bank_statement_entry l where l.entry_id = e.id and l.statement_id = @statementId) as is_here
          from bank_entry e
         where e.account_id = @accountId and e.servicer_reference in {dialect.AnyOf("@references")}
         order by e.occurrence
        """);

    private static readonly Sql Seen = "select count(*) from bank_account where account = @account and (@scope is null or organisation_id = @scope)";

    private static readonly Sql Some = """
        select e.id, a.account, s.statement, s.state as statement_state, s.currency, e.booked_on, e.value_on, e.direction, e.amount, e.is_reversal, e.servicer_reference, e.reference,
               e.counterparty, e.remittance_info, e.text, e.state
          from bank_entry e
          join bank_account a on a.id = e.account_id and (@scope is null or a.organisation_id = @scope)
          join bank_statement s on s.id = e.statement_id
         where (@account is null or a.account = @account) and (@state is null or e.state = @state)
         order by a.account, e.booked_on, e.id
        """;

    /// <summary>True for an account whose entries the acting user may see.</summary>
    public async Task<bool> MaySee(string account) => await work.One<long>(Seen, new { account, scope = work.Actor.OrganisationId }) > 0;

    /// <summary>Bookings of the account under these references, in the order of their occurrences.</summary>
    public Task<IReadOnlyList<KnownBooking>> Known(long accountId, long statementId, IEnumerable<string> references) =>
        work.Rows<KnownBooking>(Under, new { accountId, statementId, references = work.Dialect.Array(references) });

    public Task Add(IEnumerable<NewEntry> entries) => work.Bulk(Table, entries.Select(entry => new object?[]
    {
        entry.Id, entry.AccountId, entry.StatementId, entry.No, entry.ServicerReference, entry.Occurrence, entry.Amount, entry.Direction, entry.BookedOn, entry.ValueOn, entry.IsReversal ? 1L : 0L, entry.Reference,
        entry.Counterparty, entry.CounterpartyAccount, entry.RemittanceInfo, entry.Text, "open",
    }));

    public Task AddTransactions(IEnumerable<NewTransaction> parts) =>
        work.Bulk(Parts, parts.Select(part => new object?[] { part.EntryId, part.No, part.Amount, part.Reference, part.Counterparty, part.RemittanceInfo }));

    /// <summary>Says which bookings a statement lists: one that two statements list is one booking.</summary>
    public Task List(long statementId, IEnumerable<long> entries) => work.Bulk(ListedTable, entries.Select(entry => new object?[] { statementId, entry }));

    /// <summary>Entries that the acting user may see, by account and day; those of other organisations' accounts, and of the fund's, are hidden from a treasurer.</summary>
    public IAsyncEnumerable<ListedEntry> Listed(string? account, string? state) => work.Stream<ListedEntry>(Some, new { account, state, scope = work.Actor.OrganisationId });
}

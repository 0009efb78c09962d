using System.Data;
using System.Data.Common;
using ContributionEngine.Core;
using Dapper;

namespace ContributionEngine.Storage;

/// <summary>One unit of work: a transaction, the acting user, and the nouns that are stored.</summary>
public sealed record Work(Database Database, DbTransaction Transaction, Actor Actor, CancellationToken Stop)
{
    public Dialect Dialect => Database.Dialect;

    public DateTimeOffset Now => Database.Clock.GetUtcNow();

    /// <summary>Id of the outbox row that this unit handles; 0 when a command does. It may say the same again for later.</summary>
    public long Handling { get; init; }

    /// <summary>Who works, towards leases: a process, or one message in it.</summary>
    public string Lessee { get; init; } = Database.Owner;

    /// <summary>What it sees is committed.</summary>
    internal bool OnlyReads { get; init; }

    /// <summary>What the transaction has come to so far.</summary>
    internal UnitNotes Unit { get; } = new();

    public Users Users => new(this);

    public Logins Logins => new(this);

    public ApiKeys ApiKeys => new(this);

    public Packs Packs => new(this);

    public Agreements Agreements => new(this);

    public Members Members => new(this);

    public MemberMerges MemberMerges => new(this);

    public Obligations Obligations => new(this);

    public LateCharges LateCharges => new(this);

    public PublishedRates PublishedRates => new(this);

    public Uploads Uploads => new(this);

    public UploadChecks UploadChecks => new(this);

    public UploadPages UploadPages => new(this);

    public HomeFigures HomeFigures => new(this);

    public ExpectedMembers ExpectedMembers => new(this);

    public RowFixes RowFixes => new(this);

    public LeftOutRows LeftOut => new(this);

    public SheetMaps SheetMaps => new(this);

    public FieldNotes FieldNotes => new(this);

    public MemberEvents MemberEvents => new(this);

    public Receipts Receipts => new(this);

    public Standings Standings => new(this);

    public Reversals Reversals => new(this);

    public WriteOffs WriteOffs => new(this);

    public Suspense Suspense => new(this);

    public Claims Claims => new(this);

    public StateClaims StateClaims => new(this);

    public CollectionFees CollectionFees => new(this);

    public Advances Advances => new(this);

    public Batches Batches => new(this);

    public Notices Notices => new(this);

    public Approvals Approvals => new(this);

    public Remittances Remittances => new(this);

    public RemittanceLines Lines => new(this);

    public ToldPayments ToldPayments => new(this);

    public Declarables Declarables => new(this);

    public LineProofs LineProofs => new(this);

    public Settlements Settlements => new(this);

    public Acknowledgements Acknowledgements => new(this);

    public Bank Bank => new(this);

    public BankStatements BankStatements => new(this);

    public BankEntries BankEntries => new(this);

    public Matches Matches => new(this);

    public MatchRuns MatchRuns => new(this);

    public MoneyQuestions MoneyQuestions => new(this);

    public Journal Journal => new(this);

    public BookingPeriods BookingPeriods => new(this);

    public TieOuts TieOuts => new(this);

    public Cases Cases => new(this);

    public Requests Requests => new(this);

    public Audit Audit => new(this);

    public WebhookEndpoints WebhookEndpoints => new(this);

    public WebhookEvents WebhookEvents => new(this);

    public WebhookDeliveries WebhookDeliveries => new(this);

    public Outbox Outbox => new(this);

    public Exports Exports => new(this);

    public Lists Lists => new(this);

    public Proofs Proofs => new(this);

    public ProofRoots ProofRoots => new(this);

    public MemberStatements MemberStatements => new(this);

    public ReceiptSlips ReceiptSlips => new(this);

    public OrganisationAccounts OrganisationAccounts => new(this);

    public FundAccounts FundAccounts => new(this);

    public RemittanceAdvices RemittanceAdvices => new(this);

    public SettlementFacts SettlementFacts => new(this);

    public Trails Trails => new(this);

    public Totals Totals => new(this);

    public Books Books => new(this);

    public OpenItems OpenItems => new(this);

    public Custody Custody => new(this);

    public CollectedMoney CollectedMoney => new(this);

    public Arrears Arrears => new(this);

    public OpenCases OpenCases => new(this);

    public RemittanceTimes RemittanceTimes => new(this);

    public PlacedEntries PlacedEntries => new(this);

    public LateSheets LateSheets => new(this);

    public UploadTasks UploadTasks => new(this);

    public Watch Watch => new(this);

    public RemittanceTotals RemittanceTotals => new(this);

    public CaseSums CaseSums => new(this);

    public WorkCounts WorkCounts => new(this);

    public StatementChains StatementChains => new(this);

    public Condition Condition => new(this);

    public long NextId() => Database.Ids.Next();

    internal async Task<IReadOnlyList<T>> Rows<T>(Sql sql, object? parameters = null) =>
        (await Connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    internal Task<T?> One<T>(Sql sql, object? parameters = null) => Connection.QuerySingleOrDefaultAsync<T?>(Command(sql, parameters));

    /// <summary>How many rows the statement changed.</summary>
    internal Task<int> Do(Sql sql, object? parameters = null) => Connection.ExecuteAsync(Command(sql, parameters));

    /// <summary>Rows as they come from the server: for results that may not fit memory.</summary>
    internal IAsyncEnumerable<T> Stream<T>(Sql sql, object? parameters = null) =>
        Connection.QueryUnbufferedAsync<T>(sql.For(Dialect), parameters, Told);

    internal async Task<DbDataReader> Reader(Sql sql, object? parameters = null) =>
        (DbDataReader)await Connection.ExecuteReaderAsync(Command(sql, parameters));

    internal Task Bulk(BulkTarget target, IEnumerable<object?[]> rows) => Dialect.BulkInsert(Transaction, target, rows, Stop);

    private DbConnection Connection => Transaction.Connection!;

    // What the driver is told of.
    private DbTransaction? Told => Transaction is NoTransaction ? null : Transaction;

    private CommandDefinition Command(Sql sql, object? parameters) =>
        new(sql.For(Dialect), parameters, Told, commandType: CommandType.Text, cancellationToken: Stop);
}

/// <summary>What a transaction has come to so far; copies of its unit of work share it.</summary>
internal sealed class UnitNotes
{
    /// <summary>Audit chains, so agreements, that it holds to its end.</summary>
    public HashSet<string> Held { get; } = [];

    public List<BookedEntry> Booked { get; } = [];

    /// <summary>Agreements that it has enqueued messages about; null stands for what concerns them all.</summary>
    public HashSet<long?> SaidAbout { get; } = [];

    /// <summary>It has enqueued messages, about an agreement or not.</summary>
    public bool HasSaid { get; set; }

    /// <summary>What other programs may hear of once it commits.</summary>
    public List<Announcement> Told { get; } = [];
}

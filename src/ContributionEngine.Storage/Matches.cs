using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A bank entry as the matching sees it. Amounts in minor units.</summary>
public sealed record StoredMoney
{
    public long Id { get; init; }

    public long AccountId { get; init; }

    /// <summary><c>fund</c>: credits are payments of remittances. <c>organisation</c>: debits are.</summary>
    public string Holder { get; init; } = "";

    public string Currency { get; init; } = "";

    public long Amount { get; init; }

    public long Matched { get; init; }

    public string Direction { get; init; } = "";

    public DateOnly BookedOn { get; init; }

    public long IsReversal { get; init; }

    public string? Reference { get; init; }

    public string? Counterparty { get; init; }

    /// <summary>Texts that may carry a reference, one a line.</summary>
    public string? RemittanceInfo { get; init; }

    public string? Text { get; init; }

    public string State { get; init; } = "";

    public string Number => Numbers.BankEntry(Id);
}

/// <summary>A transaction inside an entry; the amount is signed, credit positive.</summary>
public sealed record StoredTransaction
{
    public long EntryId { get; init; }

    public long TxNo { get; init; }

    public long Amount { get; init; }

    public string? Reference { get; init; }

    public string? Counterparty { get; init; }

    public string? RemittanceInfo { get; init; }

    /// <summary>1 when a live match has taken it.</summary>
    public long IsTaken { get; init; }
}

/// <summary>A row of a match: so much of one entry, and what it did to one remittance. Amounts in minor units.</summary>
public sealed record StoredMatch
{
    public long Id { get; init; }

    /// <summary>All rows of one match have it.</summary>
    public string Number { get; init; } = "";

    public long? RunId { get; init; }

    public long EntryId { get; init; }

    public long TxNo { get; init; }

    public long? RemittanceId { get; init; }

    /// <summary>payment, returned, refunded, fee or not_ours.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Of the entry's own amount; a fee, which the bank kept, is below zero.</summary>
    public long Taken { get; init; }

    /// <summary>What the paid sum of the remittance gained.</summary>
    public long Amount { get; init; }

    /// <summary>What was open on the remittance before; of money that came back, what was paid.</summary>
    public long OpenBefore { get; init; }

    public long Missing { get; init; }

    public long Surplus { get; init; }

    public string MatchedBy { get; init; } = "";

    public long Score { get; init; }

    /// <summary>JSON: what spoke for it, and the runner-up.</summary>
    public string Cues { get; init; } = "";

    public long Live { get; init; }

    public DateOnly MatchedOn { get; init; }

    public string AcceptedBy { get; init; } = "";

    public string? UndoneReason { get; init; }

    public long? AgreementId { get; init; }

    public string? Remittance { get; init; }

    public string Currency { get; init; } = "";
}

/// <summary>Open bank money, and the exclusive matches of it with remittances.</summary>
public sealed class Matches(Work work)
{
    private static readonly BulkTarget Table = new(
        "bank_match", "id", "number", "run_id", "entry_id", "tx_no", "remittance_id", "kind", "taken", "amount", "open_before", "missing", "surplus", "matched_by", "score", "cues", "live", "matched_on", "accepted_by");

    private const string Money = """
        select e.id, e.account_id, a.holder, s.currency, e.amount, e.matched, e.direction, e.booked_on, e.is_reversal, e.reference, e.counterparty, e.remittance_info, e.text, e.state
          from bank_entry e
          join bank_account a on a.id = e.account_id
          join bank_statement s on s.id = e.statement_id
        """;

    private const string IsOpen = """
        e.state = 'open'
           and exists (select 1 from bank_statement_entry l join bank_statement b on b.id = l.statement_id where l.entry_id = e.id and b.state in ('booked', 'released'))
        """;

    private static readonly Sql OpenMoney = $"{Money} where {IsOpen} order by e.booked_on, e.id";

    private static readonly Sql OpenByIds = new(dialect => $"{Money} where {IsOpen} and e.id in {dialect.AnyOf("@ids")} order by e.booked_on, e.id");

    private static readonly Sql MoneyByIds = new(dialect => $"{Money} where e.id in {dialect.AnyOf("@ids")} order by e.id");

    private static readonly Sql TransactionsOf = new(dialect => $"""
        select t.entry_id, t.tx_no, t.amount, t.reference, t.counterparty, t.remittance_info,
               case when exists (select 1 from bank_match m where m.entry_id = t.entry_id and m.tx_no = t.tx_no and m.live = 1) then 1 else 0 end as is_taken
          from bank_transaction t
         where t.entry_id in {dialect.AnyOf("@entries")}
         order by t.entry_id, t.tx_no
        """);

    private static readonly Sql Payable = new(dialect => $"""
        select id from remittance
         where (delivery <> 'cancelled' and paid < total - rejected) or reference in {dialect.AnyOf("@references")}
        """);

    private static readonly Sql AccountIds = new(dialect => $"select id, account, holder from bank_account where account in {dialect.AnyOf("@accounts")}");

    // Only while so much of it is there.
    private static readonly Sql TakeOf = new(dialect => $"""
        update bank_entry set matched = bank_entry.matched + p.amount, state = case when bank_entry.matched + p.amount = bank_entry.amount then @state else 'open' end
          from {dialect.PairsOf("@pairs")} as p
         where p.id = bank_entry.id and bank_entry.matched + p.amount <= bank_entry.amount
        """);

    private const string Rows = """
        select m.id, m.number, m.run_id, m.entry_id, m.tx_no, m.remittance_id, m.kind, m.taken, m.amount, m.open_before, m.missing, m.surplus, m.matched_by, m.score, m.cues, m.live,
               m.matched_on, m.accepted_by, m.undone_reason, r.agreement_id, r.number as remittance, s.currency
          from bank_match m
          join bank_entry e on e.id = m.entry_id
          join bank_statement s on s.id = e.statement_id
          join bank_account b on b.id = e.account_id
          left join remittance r on r.id = m.remittance_id
          left join agreement ag on ag.id = r.agreement_id
         where (@scope is null or ag.organisation_id = @scope or (ag.id is null and b.organisation_id = @scope))
        """;

    private static readonly Sql All = $"{Rows} and (@agreement is null or ag.number = @agreement) and (@live is null or m.live = @live) order by m.id";

    private static readonly Sql ByNumber = $"{Rows} and m.number = @number order by m.id";

    private static readonly Sql OfRun = $"{Rows} and m.run_id = @runId and m.live = 1 order by m.id";

    private static readonly Sql LiveOf = new(dialect => $"{Rows} and m.live = 1 and m.remittance_id in {dialect.AnyOf("@remittances")} order by m.id");

    private static readonly Sql UndoneOf = new(dialect => $"""
        select distinct entry_id, remittance_id from bank_match where live = 0 and remittance_id is not null and entry_id in {dialect.AnyOf("@entries")} order by entry_id, remittance_id
        """);

    private static readonly Sql EndOf = new(dialect => $"""
        update bank_match set live = 0, undone_on = @on, undone_by = @by, undone_reason = @reason where live = 1 and id in {dialect.AnyOf("@ids")}
        """);

    /// <summary>Entries that are open in whole or in part, of statements that are booked or released, in the order of booking.</summary>
    public Task<IReadOnlyList<StoredMoney>> Open() => work.Rows<StoredMoney>(OpenMoney);

    /// <summary>Those of some entries that are open.</summary>
    public Task<IReadOnlyList<StoredMoney>> OpenAmong(IEnumerable<long> entries) => work.Rows<StoredMoney>(OpenByIds, new { ids = work.Dialect.Array(entries) });

    public Task<IReadOnlyList<StoredMoney>> Among(IEnumerable<long> entries) => work.Rows<StoredMoney>(MoneyByIds, new { ids = work.Dialect.Array(entries) });

    public Task<IReadOnlyList<StoredTransaction>> Transactions(IEnumerable<long> entries) => work.Rows<StoredTransaction>(TransactionsOf, new { entries = work.Dialect.Array(entries) });

    /// <summary>Ids of the remittances that are not paid in full, and of those with one of these references.</summary>
    public Task<IReadOnlyList<long>> Remittances(IEnumerable<string> references) => work.Rows<long>(Payable, new { references = work.Dialect.Array(references) });

    public Task<IReadOnlyList<StoredAccount>> Accounts(IEnumerable<string> accounts) => work.Rows<StoredAccount>(AccountIds, new { accounts = work.Dialect.Array(accounts) });

    /// <summary>Takes signed minor units of entries, which are done with when nothing is left of them.</summary>
    /// <param name="state">What an entry is then: <c>matched</c> or <c>not_ours</c>.</param>
    /// <exception cref="BusyException">Somebody else has taken the money of one meanwhile.</exception>
    public async Task Take(IReadOnlyDictionary<long, long> amounts, string state)
    {
        if (await work.Do(TakeOf, new { pairs = work.Dialect.Pairs(amounts), state }) != amounts.Count) throw new BusyException("A bank entry");
    }

    public Task Add(IEnumerable<StoredMatch> matches) => work.Bulk(Table, matches.Select(row => new object?[]
    {
        row.Id, row.Number, row.RunId, row.EntryId, row.TxNo, row.RemittanceId, row.Kind, row.Taken, row.Amount, row.OpenBefore, row.Missing, row.Surplus, row.MatchedBy, row.Score, row.Cues, 1L,
        row.MatchedOn, row.AcceptedBy,
    }));

    /// <summary>Matches that the acting user may see, in the order in which they were made.</summary>
    /// <param name="isLive">Only those that stand, or only those that were undone; null: both.</param>
    public Task<IReadOnlyList<StoredMatch>> List(string? agreement, bool? isLive) =>
        work.Rows<StoredMatch>(All, new { agreement, live = isLive is { } live ? live ? 1L : 0L : (long?)null, scope = work.Actor.OrganisationId });

    /// <summary>The rows of a match, or a refusal with code <c>match_unknown</c>.</summary>
    public async Task<Outcome<IReadOnlyList<StoredMatch>>> Find(string number) =>
        await work.Rows<StoredMatch>(ByNumber, new { number, scope = work.Actor.OrganisationId }) is { Count: > 0 } rows ? Outcome<IReadOnlyList<StoredMatch>>.Of(rows)
        : Refusal.NotFound("match_unknown", $"There is no match «{number}».") with { Help = "List them with 'bank match list'." };

    /// <summary>The rows of a run that still stand.</summary>
    public Task<IReadOnlyList<StoredMatch>> Of(long runId) => work.Rows<StoredMatch>(OfRun, new { runId, scope = work.Actor.OrganisationId });

    /// <summary>What stands on these remittances, in the order in which it was made.</summary>
    public Task<IReadOnlyList<StoredMatch>> On(IEnumerable<long> remittances) => work.Rows<StoredMatch>(LiveOf, new { remittances = work.Dialect.Array(remittances), scope = work.Actor.OrganisationId });

    /// <summary>Of entries: the remittances that they were taken away from.</summary>
    public async Task<ILookup<long, long>> Undone(IEnumerable<long> entries) =>
        (await work.Rows<Pair>(UndoneOf, new { entries = work.Dialect.Array(entries) })).ToLookup(pair => pair.EntryId, pair => pair.RemittanceId);

    public Task End(IEnumerable<long> ids, DateOnly on, string reason) => work.Do(EndOf, new { ids = work.Dialect.Array(ids), on, by = work.Actor.Name, reason });

    private sealed record Pair
    {
        public long EntryId { get; init; }

        public long RemittanceId { get; init; }
    }
}

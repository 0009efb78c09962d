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

/// <summary>Bank accounts, and the exclusive matches of their entries.</summary>
public sealed class Bank(Work work)
{
    private static readonly Sql FindAccount = """
        select id, account, holder from bank_account
         where account = @account and (@scope is null or organisation_id is null or organisation_id = @scope)
        """;

    private static readonly Sql AddAccount = """
        insert into bank_account (id, account, holder, organisation_id) values (@id, @account, @holder, @organisationId)
        """;

    private static readonly Sql OpenEntries = """
        select e.id, e.account_id, e.amount, e.direction, e.booked_on, e.reference, a.holder
          from bank_entry e
          join bank_account a on a.id = e.account_id
         where e.state = 'open' and e.reference is not null
           and exists (select 1 from bank_statement_entry l join bank_statement s on s.id = l.statement_id where l.entry_id = e.id and s.state in ('booked', 'released'))
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

    /// <summary>Open entries that carry a reference, in booking order.</summary>
    public Task<IReadOnlyList<StoredEntry>> Open() => work.Rows<StoredEntry>(OpenEntries);

    public async Task Match(StoredEntry entry, long remittanceId, string rule)
    {
        await work.Do(AddMatch, new { id = work.NextId(), entryId = entry.Id, remittanceId, amount = entry.Amount, rule, on = entry.BookedOn });
        await work.Do(EntryMatched, new { entryId = entry.Id });
    }
}

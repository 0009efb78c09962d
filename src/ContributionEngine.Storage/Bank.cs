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

/// <summary>The bank accounts that statements are of.</summary>
public sealed class Bank(Work work)
{
    private static readonly Sql FindAccount = """
        select id, account, holder from bank_account
         where account = @account and (@scope is null or organisation_id is null or organisation_id = @scope)
        """;

    private static readonly Sql AddAccount = """
        insert into bank_account (id, account, holder, organisation_id) values (@id, @account, @holder, @organisationId)
        """;

    public Task<StoredAccount?> Account(string account) => work.One<StoredAccount>(FindAccount, new { account, scope = work.Actor.OrganisationId });

    public async Task<StoredAccount> Register(string account, string holder, long? organisationId)
    {
        var id = work.NextId();
        await work.Do(AddAccount, new { id, account, holder, organisationId });
        return new StoredAccount { Id = id, Account = account, Holder = holder };
    }
}

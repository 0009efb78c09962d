using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A bank entry as people see it.</summary>
/// <param name="StatementState"><c>booked</c>, <c>held</c> (its entries are not matched) or <c>released</c>.</param>
/// <param name="BankReference">The bank's own; null where the bank gives none.</param>
/// <param name="State"><c>open</c>, <c>matched</c> or <c>not_ours</c>.</param>
public sealed record KnownEntry(string Entry, string Account, DateOnly BookedOn, DateOnly? ValueOn, string Direction, Money Amount, string State, string Statement, string StatementState)
{
    public string? BankReference { get; init; }

    /// <summary>The one remittance reference that it carries.</summary>
    public string? Reference { get; init; }

    public string? Counterparty { get; init; }

    public string? Text { get; init; }

    public bool Reversal { get; init; }
}

/// <summary>Lists what the bank booked. A treasurer sees her own organisation's accounts.</summary>
public sealed class ListBankEntries(Database database)
{
    /// <summary>Refusals: <c>bank_account_unknown</c>, also for an account of somebody else.</summary>
    public Task<Outcome<IReadOnlyList<KnownEntry>>> Run(Actor actor, (string? Account, string? State) asked, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<KnownEntry>>>(actor, async work =>
    {
        var account = asked.Account is { } named ? ImportAgreement.Normal(named) : null;
        if (account is not null && !await work.BankEntries.MaySee(account)) return Refusal.NotFound("bank_account_unknown", $"There is no account «{asked.Account}».") with { Help = "Leave out --account to see the entries of all." };
        var listed = new List<KnownEntry>();
        await foreach (var row in work.BankEntries.Listed(account, asked.State)) listed.Add(Known(row));
        return listed;
    }, stop);

    private static KnownEntry Known(ListedEntry row) => new(
        Numbers.BankEntry(row.Id), row.Account, row.BookedOn, row.ValueOn, row.Direction, new Money(row.Amount, Currency.Of(row.Currency).Ok(out var currency, out _) ? currency : new Currency(row.Currency, 2)),
        row.State, row.Statement, row.StatementState)
    {
        BankReference = Bookings.IsByContent(row.ServicerReference) ? null : row.ServicerReference, Reference = row.Reference, Counterparty = row.Counterparty, Text = row.Text ?? row.RemittanceInfo, Reversal = row.IsReversal != 0,
    };
}

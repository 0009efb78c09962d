using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What stands on one account.</summary>
/// <param name="Name">Null when the chart has no such account.</param>
/// <param name="Balance">On the account's normal side; below zero when it stands on the other.</param>
public sealed record AccountBalance(string Account, string? Name, AccountKind? Kind, Money Debit, Money Credit, Money Balance, Side? Normal);

/// <summary>Debits and credits of one currency; they are equal when every entry balances.</summary>
public sealed record BalanceTotal(string Currency, Money Debit, Money Credit);

/// <summary>Every account of the ledger at a day.</summary>
/// <param name="Agreement">Null: of all that the user may see.</param>
/// <param name="Balanced">True when debits are credits and the chart knows every account.</param>
public sealed record TrialBalance(string? Agreement, DateOnly AsOf, bool Balanced, IReadOnlyList<BalanceTotal> Totals, IReadOnlyList<AccountBalance> Accounts);

/// <summary>One side of an entry on an account, and the balance after it.</summary>
/// <param name="ArisenOn">The day that it is about; the day before which its months were closed is <paramref name="BookedOn"/>.</param>
public sealed record AccountSide(string Entry, DateOnly BookedOn, DateOnly ArisenOn, LedgerEvent Event, string Source, Money Debit, Money Credit, Money Balance);

/// <summary>Shows the ledger: all accounts, or one of them side by side.</summary>
public sealed class ReadLedger(Database database)
{
    /// <summary>Refusals: <c>agreement_unknown</c>, <c>as_of_malformed</c>, <c>as_of_later</c>.</summary>
    public Task<Outcome<TrialBalance>> Balances(Actor actor, string? agreement, string? asOf, CancellationToken stop) => database.Read<Outcome<TrialBalance>>(actor, async work =>
    {
        if (!(await Day(work, agreement, asOf)).Ok(out var day, out var refusal)) return refusal;
        var sums = await work.Books.By(day, agreement);
        var totals = sums.GroupBy(row => row.Currency).Select(group => new BalanceTotal(group.Key, Sum(group, row => row.Debit), Sum(group, row => row.Credit))).ToList();
        var balanced = totals.All(total => total.Debit == total.Credit) && sums.All(row => Chart.Find(row.Account) is not null);
        return new TrialBalance(agreement, day, balanced, totals, [.. sums.OrderBy(Place).Select(Balance)]);
    }, stop);

    /// <summary>One account of an agreement. Refusals: those of <see cref="Balances"/>, <c>account_unknown</c>.</summary>
    public Task<Outcome<IReadOnlyList<AccountSide>>> Account(Actor actor, (string Account, string Agreement) of, string? asOf, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<AccountSide>>>(actor, async work =>
    {
        if (!(await work.Agreements.Find(of.Agreement)).Ok(out var agreement, out var refusal)) return refusal;
        if (!(await Day(work, of.Agreement, asOf)).Ok(out var day, out refusal)) return refusal;
        if (Chart.Find(of.Account) is not { } account) return Refusal.NotFound("account_unknown", $"There is no account «{of.Account}».") with { Help = $"Accounts: {string.Join(", ", Chart.All.Select(one => one.Code))}." };
        return Outcome<IReadOnlyList<AccountSide>>.Of(Running(account, agreement.Currency, await work.Books.Of(agreement.Id, of.Account, day)));
    }, stop);

    private static List<AccountSide> Running(ChartedAccount account, Currency currency, IReadOnlyList<BookedSide> sides)
    {
        var shown = new List<AccountSide>(sides.Count);
        long balance = 0;
        foreach (var side in sides)
        {
            balance += account.Normal == Side.Debit ? side.Debit - side.Credit : side.Credit - side.Debit;
            Money Of(long minor) => new(minor, currency);
            shown.Add(new AccountSide(Numbers.Entry(side.EntryId), side.BookedOn, side.ArisenOn, Words.Of<LedgerEvent>(side.Event), side.Source, Of(side.Debit), Of(side.Credit), Of(balance)));
        }

        return shown;
    }

    // Without an agreement there is no time zone to ask: a day is that day, and now is the day in UTC.
    private static async Task<Outcome<DateOnly>> Day(Work work, string? number, string? asOf)
    {
        var zone = "UTC";
        if (number is not null)
        {
            if (!(await work.Agreements.Find(number)).Ok(out var agreement, out var unknown)) return unknown;
            zone = agreement.Agreement.Settlement.TimeZone;
        }

        return AsOf.Read(asOf, zone, work.Now).Ok(out var at, out var refusal) ? at.Day : refusal;
    }

    private static AccountBalance Balance(BookedSums row)
    {
        var (charted, currency) = (Chart.Find(row.Account), Currency.Of(row.Currency).Value);
        Money Of(long minor) => new(minor, currency);
        return new AccountBalance(row.Account, charted?.Name, charted?.Kind, Of(row.Debit), Of(row.Credit), Of(charted?.Normal == Side.Credit ? row.Credit - row.Debit : row.Debit - row.Credit), charted?.Normal);
    }

    private static Money Sum(IGrouping<string, BookedSums> rows, Func<BookedSums, long> side) => new(rows.Sum(side), Currency.Of(rows.Key).Value);

    private static int Place(BookedSums row)
    {
        var place = Chart.All.ToList().FindIndex(account => account.Code == row.Account);
        return place < 0 ? int.MaxValue : place;
    }
}

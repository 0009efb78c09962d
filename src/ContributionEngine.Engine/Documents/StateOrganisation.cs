using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Makes an organisation's account under an agreement: what is owed by age and period, and the money that it has held, as the ledger has it.</summary>
public sealed class StateOrganisation(Database database)
{
    private static readonly string?[] Bands = [null, "1-30", "31-60", "61-90", "91-180", ">180"];

    /// <summary>The account as of today. Refusals: <c>agreement_unknown</c>.</summary>
    public Task<Outcome<OrganisationStatement>> Run(Actor actor, (string Agreement, string? Language) of, CancellationToken stop) => database.Read<Outcome<OrganisationStatement>>(actor, async work =>
    {
        if (!(await work.Agreements.Find(of.Agreement)).Ok(out var agreement, out var refusal)) return refusal;
        var today = AsOf.DayIn(work.Now, agreement.Agreement);
        var owed = (await work.Arrears.Of([agreement.Id], today)).SingleOrDefault() ?? new OwedByAge();
        long[] ageing = [owed.NotDue, owed.Days30, owed.Days60, owed.Days90, owed.Days180, owed.Older];
        return new OrganisationStatement
        {
            Agreement = agreement.Number, Organisation = agreement.Agreement.Organisation.Name, Fund = agreement.Agreement.Fund.Name, Currency = agreement.Currency, Language = of.Language, On = today,
            Ageing = [.. Bands.Zip(ageing, (band, amount) => new OwedBand(band, amount))], LateMembers = owed.LateMembers,
            Periods = [.. (await work.OrganisationAccounts.Periods(agreement.Id, today)).Select(row => new StatedPeriod(row.Period, row.Owed, row.Paid, row.Remitted, row.Accepted))],
            Movements = Movements(await work.Books.Of(agreement.Id, Account.Cash, today)),
        };
    }, stop);

    private static IReadOnlyList<CashMovement> Movements(IReadOnlyList<BookedSide> sides) =>
        [.. sides.GroupBy(side => (side.BookedOn, side.Event)).Select(group => new CashMovement(group.Key.BookedOn, Words.Of<LedgerEvent>(group.Key.Event), group.Sum(side => side.Debit), group.Sum(side => side.Credit)))];
}

using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Makes a fund's account: what was sent to it and paid under each agreement that the user may see.</summary>
public sealed class StateFund(Database database)
{
    /// <summary>The account as of today. Refusals: <c>fund_unknown</c>.</summary>
    public Task<Outcome<FundStatement>> Run(Actor actor, (string Fund, string? Language) of, CancellationToken stop) => database.Read<Outcome<FundStatement>>(actor, async work =>
    {
        var numbers = await work.FundAccounts.Agreements(of.Fund);
        if (numbers.Count == 0) return Refusal.NotFound("fund_unknown", $"There is no agreement with a fund «{of.Fund}».") with { Help = "'agreement list' names the funds by their codes." };
        var (remittances, name) = (new List<StatedRemittance>(), of.Fund);
        foreach (var number in numbers)
        {
            if (!(await work.Agreements.Find(number)).Ok(out var agreement, out var refusal)) return refusal;
            var accepted = await work.FundAccounts.Accepted(agreement.Id);
            name = agreement.Agreement.Fund.Name;
            remittances.AddRange((await work.Remittances.Of(agreement.Id)).Where(row => row.State.Delivery != DeliveryState.Cancelled).Select(row => Stated(agreement, row, accepted.GetValueOrDefault(row.Id))));
        }

        return new FundStatement { Code = of.Fund, Fund = name, Language = of.Language, On = DateOnly.FromDateTime(work.Now.UtcDateTime), Remittances = remittances };
    }, stop);

    private static StatedRemittance Stated(StoredAgreement agreement, StoredRemittance row, long accepted) => new(agreement.Number, agreement.Agreement.Organisation.Name, agreement.Currency)
    {
        Number = row.Number, Reference = row.Reference, Cutoff = AsOf.DayIn(row.Cutoff, agreement.Agreement), State = row.State.Shown,
        Total = row.Total, Accepted = accepted, Rejected = row.Rejected, Paid = row.Paid,
    };
}

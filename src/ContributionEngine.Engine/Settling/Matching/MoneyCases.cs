using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Cases about remittances whose money is not what is payable. They follow the money, also when a match is undone.</summary>
internal static class MoneyCases
{
    /// <summary>Reason of the case of a remittance of which the bank shows less than is payable.</summary>
    public const string Short = "paid_short";

    /// <summary>Reason of the case of a payment that came back.</summary>
    public const string Returned = "payment_returned";

    /// <summary>Brings the cases about some remittances of an agreement in line with their money.</summary>
    public static async Task Keep(Work work, StoredAgreement agreement, DateOnly on, IReadOnlyList<(StoredRemittance Row, RemittanceState State)> remittances)
    {
        var about = remittances.Select(item => item.Row.Number).ToHashSet();
        await Of(MatchEntries.Above, new CaseEnd("nothing_due", $"nothing is due from the fund any more"), item => MatchEntries.PaidAbove(item.Row, item.State.Surplus));
        await Of(Short, new CaseEnd("not_paid_short", $"it is paid in full, or not at all"), item => new NewCase(
            Short, item.Row.Number, item.State.Money == MoneyState.PartPaid ? Open(item.State) : 0, $"The bank shows less than is payable; the rest stays open, and the case closes when it is paid."));
        await Of(Returned, new CaseEnd("paid_again", $"it was paid again"), item => new NewCase(
            Returned, item.Row.Number, item.State.Money == MoneyState.Returned ? Open(item.State) : 0, $"The bank shows that the payment came back; the remittance with its lines is to be paid again."));

        Task Of(string reason, CaseEnd end, Func<(StoredRemittance Row, RemittanceState State), NewCase> asked) =>
            work.Cases.Keep(agreement.Id, on, new CasesOf(reason, end) { IsAbout = about.Contains }, [.. remittances.Select(asked).Where(item => item.Amount > 0)]);
    }

    private static long Open(RemittanceState state) => state.Payable - state.PaidSum;
}

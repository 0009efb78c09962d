using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary>What a settlement run says beside its answer.</summary>
internal static class SettlementTalk
{
    /// <summary>What a run left to the next cut-off because it was too little; null: nothing.</summary>
    public static async Task<Money?> Carried(Work work, BegunRun one)
    {
        if (one is not { Fresh: true, Run: { } begun }) return null;
        var run = (await work.Settlements.Find(begun.Number)).Value;
        return run.Carried == 0 ? null : new Money(run.Carried, (await work.Agreements.Find(one.Agreement)).Value.Currency);
    }

    public static string WhyNothing(string agreement, Money? carried) => carried is { } left
        ? $"{agreement}: {left} is less than a cut needs; it is carried forward to the next cut-off"
        : $"{agreement}: nothing due";

    /// <summary>Says of sealed remittances until when they wait for the fund to take files.</summary>
    public static async Task Waiting(Work work, string agreement, IReadOnlyList<StoredRemittance> remittances)
    {
        var sealedOnes = remittances.Where(one => one.State.Delivery == DeliveryState.Sealed).ToList();
        if (sealedOnes.Count == 0 || await FundHours.Opens(work, (await work.Agreements.Find(agreement)).Value) is not { } opens) return;
        foreach (var one in sealedOnes) Console.Error.WriteLine($"{one.Number}: the fund takes no files now; it is delivered from {InstantText.Of(opens)} on");
    }
}

using ContributionEngine.Engine;

namespace ContributionEngine.Messaging;

/// <summary>Which message runs what. The queue of each stands with its contract in Engine/Messages/Messages.cs.</summary>
public static class MessageMap
{
    public static IReadOnlyList<Route> Of(FundChannels channels) =>
    [
        Route.On<Reconcile, ReconcileReceipts>(new ReconcileReceipts()),
        Route.On<Cut, CutRemittance>(new CutRemittance()),
        Route.On<Deliver, DeliverRemittance>(new DeliverRemittance(channels)),
        Route.On<AskFund, AskTheFund>(new AskTheFund(channels)),
        Route.On<PickUpAnswers, TakeInAnswers>(new TakeInAnswers(channels)),
        Route.On<MatchBank, MatchEntries>(new MatchEntries()),
    ];
}

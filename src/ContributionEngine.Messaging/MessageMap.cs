using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Messaging;

/// <summary>Which message runs what. The queue of each stands with its contract in Engine/Messages/Messages.cs.</summary>
public static class MessageMap
{
    public const string Worker = "worker";
    public const string Gateway = "gateway";

    /// <summary>Every queue, whoever reads it.</summary>
    public static IReadOnlyList<string> Queues { get; } = [.. Of(new FundChannels(channel => Refusal.Input("channel_kind_unsupported", channel.Kind))).Select(route => route.Queue)];

    /// <param name="webhooks">The way out to receivers of events; null: this process tells nobody.</param>
    public static IReadOnlyList<Route> Of(FundChannels channels, WebhookLine? webhooks = null) =>
    [
        Route.On<Check, CheckUpload>(Worker, new CheckUpload()),
        Route.On<Reconcile, ReconcileReceipts>(Worker, new ReconcileReceipts()),
        Route.On<Cut, CutRemittance>(Worker, new CutRemittance()),
        Route.On<Deliver, DeliverRemittance>(Gateway, new DeliverRemittance(channels)),
        Route.On<AskFund, AskTheFund>(Gateway, new AskTheFund(channels)),
        Route.On<PickUpAnswers, TakeInAnswers>(Gateway, new TakeInAnswers(channels)),
        Route.On<MatchBank, MatchEntries>(Worker, new MatchEntries()),
        Route.On<TieOut, ProveTieOut>(Worker, new ProveTieOut()),
        Route.On<Tell, SendWebhook>(Gateway, new SendWebhook(webhooks ?? WebhookLine.Nowhere)),
    ];
}

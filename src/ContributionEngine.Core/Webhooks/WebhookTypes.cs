namespace ContributionEngine.Core;

/// <summary>What other programs may hear of. A kind is named <c>object.what_happened</c>; kinds are added and never given another meaning.</summary>
public static class WebhookTypes
{
    public const string CaseOpened = "case.opened";
    public const string RemittanceCreated = "remittance.created";
    public const string RemittanceDelivered = "remittance.delivered";
    public const string RemittancePaid = "remittance.paid";
    public const string RemittanceReturned = "remittance.returned";
    public const string RemittanceSettled = "remittance.settled";

    /// <summary>Sent on request to one receiver, whatever it listens to.</summary>
    public const string Test = "webhook.test";

    /// <summary>Stands for every kind.</summary>
    public const string Every = "*";

    private const string Below = ".*";

    // By the use case that an audit event names.
    private static readonly Dictionary<string, string> Audited = new()
    {
        ["upload-checked"] = "upload.checked",
        ["upload-needs-fixes"] = "upload.checked",
        ["upload-rechecked"] = "upload.checked",
        ["upload-committed"] = "upload.committed",
        ["upload-withdrawn"] = "upload.withdrawn",
        ["upload-undone"] = "upload.undone",
        ["settlement-run"] = "settlement.completed",
        ["answer-taken-in"] = "remittance.answered",
        ["remittance-cancelled"] = "remittance.cancelled",
        ["bank-matched"] = "payment.matched",
        ["match-undone"] = "payment.unmatched",
        ["case-resolved"] = "case.resolved",
        ["period-closed"] = "period.closed",
        ["period-reopened"] = "period.reopened",
    };

    /// <summary>Every kind that a receiver may ask for, in the order of their names.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Audited.Values.Append(CaseOpened).Append(RemittanceCreated).Append(RemittanceDelivered).Append(RemittancePaid).Append(RemittanceReturned).Append(RemittanceSettled).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The kind that an audit event of a use case stands for, or null: nobody outside hears of it.</summary>
    public static string? Of(string useCase) => Audited.GetValueOrDefault(useCase);

    /// <summary>What has happened to a remittance between two states.</summary>
    public static IEnumerable<string> Of(RemittanceState before, RemittanceState after)
    {
        if (after.Delivery == DeliveryState.Delivered && before.Delivery != DeliveryState.Delivered) yield return RemittanceDelivered;
        if (IsPaid(after) && !IsPaid(before)) yield return RemittancePaid;
        if (after.Money == MoneyState.Returned && before.Money != MoneyState.Returned) yield return RemittanceReturned;
        if (after.IsSettled && !before.IsSettled) yield return RemittanceSettled;
    }

    /// <summary>What a kind is about: the word before the dot.</summary>
    public static string ObjectOf(string type) => type[..type.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>True when one of the words that a receiver gave stands for the kind: its name, <c>object.*</c> or <c>*</c>.</summary>
    public static bool Wants(IEnumerable<string> words, string type) => words.Any(word => word == type || word == Every || word == ObjectOf(type) + Below);

    /// <summary>The words as they are kept, each once. Refusals: <c>event_type_unknown</c>.</summary>
    public static Outcome<IReadOnlyList<string>> Read(IReadOnlyList<string> words)
    {
        var asked = words.SelectMany(word => word.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)).Distinct().Order(StringComparer.Ordinal).ToList();
        if (asked.Count == 0) asked = [Every];
        return asked.FirstOrDefault(word => !All.Any(type => Wants([word], type))) is not { } unknown ? asked
            : Refusal.Input("event_type_unknown", $"«{unknown}» is no kind of event.") with { Field = "event_types", Value = unknown, Help = $"There are {string.Join(", ", All)}; «remittance.*» stands for all of an object, «*» for every kind." };
    }

    private static bool IsPaid(RemittanceState state) => state.Money is MoneyState.Paid or MoneyState.OverPaid;
}

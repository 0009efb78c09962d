using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>One of the totals that a remittance is proved by.</summary>
/// <param name="Count">Obligations, receipts, lines or bank entries.</param>
public sealed record KnownTotal(long Count, Money Amount);

/// <summary>A remittance as a person looks at it.</summary>
/// <param name="State">The first word that applies of its three states.</param>
public sealed record KnownRemittance(string Number, string Reference, string Agreement, string Organisation, string Fund, string State)
{
    public required string Kind { get; init; }

    public required string? Supplements { get; init; }

    public required string Delivery { get; init; }

    public required string Answer { get; init; }

    public required string MoneyState { get; init; }

    /// <summary>Something payable is not paid.</summary>
    public required bool AwaitsMoney { get; init; }

    public required string TimeZone { get; init; }

    public required DateTimeOffset Cutoff { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    public required DateTimeOffset? SettledAt { get; init; }

    public required long Lines { get; init; }

    public required Money Total { get; init; }

    public required Money Rejected { get; init; }

    public required Money Paid { get; init; }

    public required string Sha256 { get; init; }

    public required string Format { get; init; }

    public required string FileName { get; init; }

    public required string? Period { get; init; }

    public required string? FundReference { get; init; }

    /// <summary>What is typed beside the file where it is handed in at a counter or a portal.</summary>
    public required string? EnteredWith { get; init; }

    /// <summary>What is owed, received, said by the fund and shown by the bank, by kind.</summary>
    public required IReadOnlyDictionary<string, KnownTotal> Totals { get; init; }

    /// <summary>What a person may do with it as it stands: deliver, ask, cancel, supplementary, revised.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    public Money Payable => Total - Rejected;

    /// <summary>What is payable and not paid; nothing where more was paid.</summary>
    public Money Open => Paid < Payable ? Payable - Paid : Money.Zero(Total.Currency);

    public KnownTotal Sum(string kind) => Totals.GetValueOrDefault(kind) ?? new KnownTotal(0, Money.Zero(Total.Currency));
}

/// <summary>Shows one remittance with its totals. A treasurer sees those of her own organisation.</summary>
public sealed class ShowRemittance(Database database)
{
    public const string Deliver = "deliver";
    public const string Ask = "ask";
    public const string Cancel = "cancel";
    public const string Supplementary = "supplementary";
    public const string Revised = "revised";

    /// <summary>Refusals: <c>remittance_unknown</c>.</summary>
    public Task<Outcome<KnownRemittance>> Run(Actor actor, string number, CancellationToken stop) => database.Read<Outcome<KnownRemittance>>(actor, async work =>
    {
        if (!(await work.Remittances.Find(number)).Ok(out var found, out var refusal)) return refusal;
        return Known(found, await work.Agreements.Get(found.AgreementId), await work.RemittanceTotals.Of(found.Id));
    }, stop);

    private static KnownRemittance Known(StoredRemittance row, StoredAgreement agreement, IReadOnlyList<RemittanceTotal> totals)
    {
        Money In(long minor) => new(minor, agreement.Currency);
        return new KnownRemittance(row.Number, row.Reference, agreement.Number, agreement.Agreement.Organisation.Name, agreement.Agreement.Fund.Name, row.State.Shown)
        {
            Kind = row.Kind, Supplements = row.Supplemented, Delivery = row.Delivery, Answer = row.Answer, MoneyState = row.Money, AwaitsMoney = row.State.AwaitsMoney, TimeZone = agreement.Agreement.Settlement.TimeZone, Cutoff = row.Cutoff,
            SealedAt = row.SealedAt, SettledAt = row.State.IsSettled ? row.SettledAt : null, Lines = row.LineCount, Total = In(row.Total), Rejected = In(row.Rejected), Paid = In(row.Paid), Sha256 = row.Sha256, Format = row.Format,
            FileName = row.FileName, Period = row.Period, FundReference = row.FundReference, EnteredWith = DeclarationFormats.Find(row.Format)?.EnteredWith(row.Kind, row.Period),
            Totals = totals.ToDictionary(total => total.Kind, total => new KnownTotal(total.Count, In(total.Amount))), Actions = Actions(row.State, totals),
        };
    }

    private static IReadOnlyList<string> Actions(RemittanceState state, IReadOnlyList<RemittanceTotal> totals)
    {
        var actions = new List<string>();
        if (state.MayDeliver) actions.Add(Deliver);
        if (state.Delivery == DeliveryState.Unknown) actions.Add(Ask);
        if (state.MayCancel) actions.Add(Cancel);
        if (totals.Any(total => total.Kind is "rejected" or "returned" && total.Count > 0)) actions.Add(Supplementary);
        if (state.Delivery == DeliveryState.Delivered) actions.Add(Revised);
        return actions;
    }
}

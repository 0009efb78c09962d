using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A part of a receipt on an obligation; an undone one has a negative row. The line is null while the money is in custody.</summary>
public sealed record ShownPart(string Obligation, string Period, string Component, Money Amount, DateOnly AllocatedOn, string? Line, string? Outcome)
{
    /// <summary>Of the line: the number of its remittance.</summary>
    [JsonIgnore]
    public string? Remittance { get; init; }

    /// <summary>And its own there.</summary>
    [JsonIgnore]
    public long? LineNo { get; init; }
}

/// <summary>What was taken back of a receipt, or given back.</summary>
/// <param name="Kind">reversed, moved, undone, returned, refunded or written_off; a write-off that was taken back is below zero.</param>
public sealed record ShownReversal(string Kind, Money Amount, DateOnly On, string Reason, string? ReplacedBy);

/// <summary>A receipt with everything that became of it.</summary>
/// <param name="State">posted, reversed or moved.</param>
public sealed record ShownReceipt(string Receipt, string Agreement, string Upload, long Row, string? ReceiptNo, string? MemberNo, DateOnly ReceivedOn, Money Amount)
{
    public required Money Allocated { get; init; }

    public required Money Suspense { get; init; }

    public required Money Credit { get; init; }

    public required Money Refunded { get; init; }

    public required Money Reversed { get; init; }

    public required Money WrittenOff { get; init; }

    public required string State { get; init; }

    public string? NamedPeriod { get; init; }

    public string? NamedComponent { get; init; }

    public string? Method { get; init; }

    public string? Reference { get; init; }

    public required IReadOnlyList<ShownPart> Allocations { get; init; }

    public required IReadOnlyList<ShownReversal> Reversals { get; init; }

    public required IReadOnlyList<KnownClaim> Claims { get; init; }
}

/// <summary>Shows one receipt.</summary>
public sealed class ShowReceipt(Database database)
{
    public Task<Outcome<ShownReceipt>> Run(Actor actor, string name, string? agreement, CancellationToken stop) => database.Read<Outcome<ShownReceipt>>(actor, async work =>
    {
        if (!(await FindReceipt.Named(work, name, agreement)).Ok(out var found, out var refusal)) return refusal;
        return await Of(work, found, (await work.Agreements.Get(found.AgreementId)).Currency);
    }, stop);

    private static async Task<ShownReceipt> Of(Work work, StoredReceipt row, Currency currency)
    {
        Money Major(long minor) => new(minor, currency);
        var (parts, taken) = (await work.Trails.Receipt(row.Id), await work.Reversals.Parts([row.Id]));
        var first = parts[0];
        return new ShownReceipt(row.Number, first.Agreement, first.Upload, row.RowNo, row.ReceiptNo, first.MemberNo, row.ReceivedOn, Major(row.Amount))
        {
            Allocated = Major(row.Allocated), Suspense = Major(row.Suspense), Credit = Major(row.Credit), Refunded = Major(row.Refunded), Reversed = Major(row.Reversed), WrittenOff = Major(row.WrittenOff),
            State = row.Live == 1 ? "posted" : taken[0].Kind == "moved" ? "moved" : "reversed",
            NamedPeriod = row.NamedPeriod, NamedComponent = row.NamedComponent, Method = row.Method, Reference = row.Reference,
            Allocations = [.. parts.Where(part => part.ObligationId is not null).DistinctBy(part => (part.AllocationId, part.LineId)).Select(part => new ShownPart(
                Numbers.Obligation(part.ObligationId!.Value), part.Period!, part.Component!, Major(part.Part!.Value), part.AllocatedOn!.Value, part.LineId is null ? null : $"{part.Remittance} line {part.LineNo}", part.Outcome) { Remittance = part.Remittance, LineNo = part.LineNo })],
            Reversals =
            [
                .. taken.Select(part => new ShownReversal(part.Kind, Major(part.Amount), part.ReversedOn, part.Reason, part.ReplacedBy is { } next ? Numbers.Receipt(next) : null)),
                .. (await work.Reversals.Refunds(row.Id)).Select(part => new ShownReversal("refunded", Major(part.Amount), part.RefundedOn, part.Reason, null)),
                .. (await work.WriteOffs.Of(row.Id)).Select(part => new ShownReversal("written_off", Major(part.Amount), part.WrittenOffOn, part.Reason, null)),
            ],
            Claims = [.. (await work.Claims.Of([row.Id])).Select(claim => KnownClaim.Of(claim, currency))],
        };
    }
}

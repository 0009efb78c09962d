using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Money of an unknown member, what the file said of her, and members whom that may mean.</summary>
public sealed record HeldReceipt(string Receipt, string Agreement, string Upload, long Row, string? ReceiptNo, DateOnly ReceivedOn, int AgeDays, Money Amount)
{
    public string? MemberNo { get; init; }

    public string? NationalId { get; init; }

    public string? MemberName { get; init; }

    public string? Reference { get; init; }

    /// <summary>For a person to choose from; the engine never does.</summary>
    public required IReadOnlyList<LookAlike> Suggestions { get; init; }
}

/// <summary>Lists what is held in suspense.</summary>
public sealed class HeldInSuspense(Database database)
{
    public Task<Outcome<IReadOnlyList<HeldReceipt>>> List(Actor actor, string? agreement, string? asOf, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<HeldReceipt>>>(actor, async work =>
    {
        if (agreement is not null && (await work.Agreements.Find(agreement)).Refusal is { } unknown) return unknown;
        var held = new List<HeldReceipt>();
        foreach (var of in (await work.Suspense.List(agreement)).GroupBy(row => row.Agreement))
        {
            var stored = (await work.Agreements.Find(of.Key)).Value;
            if (!AsOf.Read(asOf, stored.Agreement.Settlement.TimeZone, work.Now, mayBeLater: true).Ok(out var at, out var refusal)) return refusal;
            held.AddRange(Listed(stored, [.. of], await work.Members.EnrolledIn(stored.Id), at.Day));
        }

        return held;
    }, stop);

    private static IEnumerable<HeldReceipt> Listed(StoredAgreement agreement, IReadOnlyList<HeldMoney> rows, IReadOnlyList<EnrolledMember> members, DateOnly day)
    {
        var alike = LookAlikes.Of(members, [.. rows.Select(row => new Sought(row.MemberNo, row.NationalId, row.FullName))]);
        return rows.Select((row, i) => new HeldReceipt(
            Numbers.Receipt(row.ReceiptId), row.Agreement, row.Upload, row.RowNo, row.ReceiptNo, row.ReceivedOn, Math.Max(0, day.DayNumber - row.PostedOn.DayNumber), new Money(row.Suspense, agreement.Currency))
        {
            MemberNo = row.MemberNo, NationalId = row.NationalId, MemberName = row.FullName, Reference = row.Reference, Suggestions = alike[i],
        });
    }
}

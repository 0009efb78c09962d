using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A part of what is in custody.</summary>
/// <param name="Name">Days since it was received, such as <c>8-30</c>, or why it waits.</param>
/// <param name="Members">How many members it is of.</param>
/// <param name="Oldest">The day on which the oldest of it was received; null when there is none.</param>
public sealed record CustodyPart(string Name, Money Amount, long Members, DateOnly? Oldest);

/// <summary>What an agreement has collected and not yet remitted.</summary>
/// <param name="Ledger">What the account says; it is the total.</param>
/// <param name="Bands">By days since the members paid, all five.</param>
/// <param name="Reasons">Why it waits: part_paid_period, held_period, rejected_line, not_open, below_threshold, awaits_notice, or next_cut_off when nothing keeps it.</param>
public sealed record AgedCustody(string Agreement, DateOnly AsOf, Money Total, Money Ledger, long Members, DateOnly? Oldest, IReadOnlyList<CustodyPart> Bands, IReadOnlyList<CustodyPart> Reasons)
{
    /// <summary>True when the ledger says the same.</summary>
    public bool Ties => Total == Ledger;
}

/// <summary>Collected and not yet remitted, by age: the figure that protects members.</summary>
internal static class AgeCustody
{
    private const string NextCutOff = "next_cut_off";

    public static readonly string[] Bands = ["0-7", "8-30", "31-60", "61-90", ">90"];

    public static async Task<AgedCustody> Of(Work work, StoredAgreement agreement, AsOf at)
    {
        var cut = await CutDecision.At(work, agreement, at);
        var sums = (await work.Custody.Of(cut.Rule, cut.Quoted)).ToLookup(row => row.SortedBy);
        var all = sums["all"].SingleOrDefault();
        var account = (await work.Books.By(DateOnly.MaxValue, agreement.Number)).SingleOrDefault(row => row.Account == Account.Custody);
        var bands = sums["band"].ToDictionary(row => row.Name);
        return new AgedCustody(agreement.Number, at.Day, Of(all?.Amount), Of(account?.Credit - account?.Debit), all?.Members ?? 0, all?.Oldest,
            [.. Bands.Select(band => Part(band, bands.GetValueOrDefault(band)))], [.. sums["reason"].OrderBy(row => row.Name, StringComparer.Ordinal).Select(row => Part(row.Name == NextCutOff && cut.IsCarried ? "below_threshold" : row.Name, row))]);

        Money Of(long? minor) => new(minor ?? 0, agreement.Currency);
        CustodyPart Part(string name, CustodySum? sum) => new(name, Of(sum?.Amount), sum?.Members ?? 0, sum?.Oldest);
    }
}

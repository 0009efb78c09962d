using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>An entry of a statement, and the booking that it is.</summary>
/// <param name="Reference">The bank's reference, or what stands for it.</param>
/// <param name="Occurrence">Which booking of that reference.</param>
/// <param name="Known">The booking, when another message has brought it.</param>
internal sealed record Booking(BankEntry Entry, long No, string Reference, long Occurrence, KnownBooking? Known)
{
    /// <summary>Under its reference another amount is known, or the other direction.</summary>
    public bool Differs => Known is not null && !Bookings.IsSame(Known, Entry);
}

/// <summary>
/// Tells bookings that are known from new ones. A booking is known by the account and the bank's reference, never by amount and
/// day alone. Without a reference the whole content stands for it; two entries of one statement are always two bookings.
/// </summary>
internal static class Bookings
{
    private const int ReferenceMax = 200;
    private const char ByContent = '~';

    public static string Word(BankEntry entry) => entry.Direction == Direction.Credit ? "credit" : "debit";

    public static bool IsSame(KnownBooking known, BankEntry entry) => known.Amount == entry.AmountMinor && known.Direction == Word(entry);

    /// <summary>Under what the booking is known. A reversal may carry the reference of what it reverses.</summary>
    public static string ReferenceOf(BankEntry entry) => entry.ServicerReference is { Length: <= ReferenceMax } given ? (entry.IsReversal ? $"{given}/reversal" : given) : $"{ByContent}{entry.Content()[..32]}";

    /// <summary>True for what stands in for a reference.</summary>
    public static bool IsByContent(string reference) => reference[0] == ByContent;

    /// <param name="known">What is known under the references of these entries, in the order of their occurrences.</param>
    /// <param name="isChained">By its balances the statement lists nothing that another statement lists: then equal content is another booking, unless only a notification brought it.</param>
    public static IReadOnlyList<Booking> Of(IReadOnlyList<(long No, BankEntry Entry)> entries, IEnumerable<KnownBooking> known, bool isChained)
    {
        var rows = known.ToLookup(row => row.ServicerReference);
        return [.. entries.GroupBy(item => ReferenceOf(item.Entry)).SelectMany(group => Pair(group.Key, [.. group], [.. rows[group.Key]], isChained)).OrderBy(booking => booking.No)];
    }

    // Equal ones first; what is left over on both sides is one booking that two messages tell differently.
    private static IEnumerable<Booking> Pair(string reference, List<(long No, BankEntry Entry)> entries, List<KnownBooking> known, bool isChained)
    {
        var free = known.Where(row => row.IsHere == 0 && !(isChained && IsByContent(reference) && row.Statements > 0)).ToList();
        var occurrence = known.Select(row => row.Occurrence).DefaultIfEmpty().Max();
        var left = new List<(long No, BankEntry Entry)>();
        foreach (var item in entries)
        {
            if (free.Find(row => IsSame(row, item.Entry)) is not { } same) left.Add(item);
            else
            {
                free.Remove(same);
                yield return new Booking(item.Entry, item.No, reference, same.Occurrence, same);
            }
        }

        foreach (var (item, i) in left.Select((item, i) => (item, i)))
        {
            yield return i < free.Count ? new Booking(item.Entry, item.No, reference, free[i].Occurrence, free[i]) : new Booking(item.Entry, item.No, reference, ++occurrence, null);
        }
    }

    /// <summary>The remittance reference that an entry carries whole or as one word of a text, when it is the only one; several are for a person.</summary>
    public static string? RemittanceIn(BankEntry entry)
    {
        var found = entry.References.SelectMany(text => text.Split([' ', '/', ',', ';', ':', '+', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Append(text.Replace(" ", "", StringComparison.Ordinal)))
            .Select(word => word.ToUpperInvariant()).Where(CreditorReference.IsValid).Distinct().ToList();
        return found.Count == 1 ? found[0] : null;
    }
}

namespace ContributionEngine.Core;

/// <summary>A payment as a sheet tells of it.</summary>
public sealed record SheetPayment
{
    /// <summary>The receipt's number as it is compared; null where it has none.</summary>
    public string? Number { get; init; }

    /// <summary>The enrolment that pays; null while nobody knows.</summary>
    public required long? Payer { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>Minor units.</summary>
    public required long Minor { get; init; }

    /// <summary>Period and component that it is for, in one text; empty where it names none.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>What was sold or worked, in one text; empty where nothing is told of it.</summary>
    public string Event { get; init; } = "";
}

/// <summary>A name under which a sheet may speak of a payment: its key, and of whom the row speaks.</summary>
public readonly record struct PaymentName(string Key, long? Payer);

/// <summary>A receipt of the sheet that stands.</summary>
/// <param name="Names">The first is its own; further ones come from people who have put it right.</param>
/// <param name="Sent">What of it has gone to the fund, in minor units.</param>
public sealed record StandingReceipt(long Id, SheetPayment Payment, IReadOnlyList<PaymentName> Names, long Sent);

/// <summary>What stands of a payment that has gone to the fund, and what comes on top, in minor units.</summary>
public readonly record struct Raise(long Before, long By);

/// <summary>A row of the sheet as it should be.</summary>
public sealed record SheetRow(long Row, string Key, SheetPayment Payment);

/// <summary>
/// What differs between a sheet that is posted and the same sheet as it should be. A payment that stays is left alone, and one that has gone
/// to the fund is never lowered or given another day or purpose: a negative line does not exist, and to take it back whole and post it
/// anew would be asked of the organisation twice.
/// </summary>
/// <param name="Unchanged">Rows that stand already.</param>
/// <param name="Raised">By row: what comes on top of receipts that have gone to the fund.</param>
/// <param name="Stuck">By row: the receipt that has gone to the fund and reads otherwise there.</param>
/// <param name="TakenBack">Receipts that the sheet does not tell of any more. Every other row is new.</param>
public sealed record SheetDifference(IReadOnlySet<long> Unchanged, IReadOnlyDictionary<long, Raise> Raised, IReadOnlyDictionary<long, StandingReceipt> Stuck, IReadOnlyList<StandingReceipt> TakenBack)
{
    public static SheetDifference Of(IReadOnlyList<StandingReceipt> standing, IReadOnlyList<SheetRow> rows)
    {
        var pairing = new Pairing(standing);
        var unchanged = rows.Where(pairing.Stands).Select(row => row.Row).ToHashSet();
        unchanged.UnionWith(rows.Where(row => !unchanged.Contains(row.Row) && pairing.StandsInParts(row)).Select(row => row.Row).ToList());
        var (raised, stuck) = (new Dictionary<long, Raise>(), new Dictionary<long, StandingReceipt>());
        foreach (var row in rows.Where(row => !unchanged.Contains(row.Row)))
        {
            if (pairing.SentAs(row) is not { } sent) continue;
            if (pairing.Raises(row, sent) is { } by) raised[row.Row] = by;
            else stuck[row.Row] = sent;
        }

        return new SheetDifference(unchanged, raised, stuck, pairing.Left);
    }

    // Each receipt is paired once.
    private sealed class Pairing(IReadOnlyList<StandingReceipt> standing)
    {
        private readonly ILookup<string, StandingReceipt> byKey =
            standing.SelectMany(receipt => receipt.Names.Select(name => name.Key).Distinct().Select(key => (key, receipt))).ToLookup(pair => pair.key, pair => pair.receipt);

        private readonly ILookup<(string? Number, long? Payer), StandingReceipt> byPayer = standing.ToLookup(receipt => (receipt.Payment.Number, receipt.Payment.Payer));
        private readonly HashSet<StandingReceipt> taken = new(ReferenceEqualityComparer.Instance);

        public IReadOnlyList<StandingReceipt> Left => [.. standing.Where(receipt => !taken.Contains(receipt))];

        public bool Stands(SheetRow row) => byKey[row.Key].FirstOrDefault(receipt => !taken.Contains(receipt) && IsSame(receipt, row)) is { } same && taken.Add(same);

        /// <summary>A receipt that was raised stands as what it was and what came on top.</summary>
        public bool StandsInParts(SheetRow row)
        {
            var parts = Alike(row);
            if (parts.Count < 2 || parts.Sum(part => part.Payment.Minor) != row.Payment.Minor) return false;
            taken.UnionWith(parts);
            return true;
        }

        /// <summary>The receipt that the row tells of otherwise, where money of it has gone to the fund.</summary>
        public StandingReceipt? SentAs(SheetRow row)
        {
            var sent = byPayer[(row.Payment.Number, row.Payment.Payer)].Where(receipt => receipt.Sent > 0 && !taken.Contains(receipt));
            var found = sent.FirstOrDefault(receipt => row.Payment.Number is not null || receipt.Payment.Day == row.Payment.Day || receipt.Payment.Minor == row.Payment.Minor);
            if (found is not null) taken.Add(found);
            return found;
        }

        /// <summary>By how much the row raises it; null where it says anything else.</summary>
        public Raise? Raises(SheetRow row, StandingReceipt sent)
        {
            if (row.Payment.Number is null || !IsAlike(sent, row)) return null;
            var parts = Alike(row);
            var before = sent.Payment.Minor + parts.Sum(part => part.Payment.Minor);
            if (row.Payment.Minor <= before) return null;
            taken.UnionWith(parts);
            return new Raise(before, row.Payment.Minor - before);
        }

        private List<StandingReceipt> Alike(SheetRow row) =>
            row.Payment.Number is null ? [] : [.. byPayer[(row.Payment.Number, row.Payment.Payer)].Where(receipt => !taken.Contains(receipt) && IsAlike(receipt, row))];

        // Of money with an event nothing comes on top: the event would be there twice.
        private static bool IsAlike(StandingReceipt receipt, SheetRow row) =>
            receipt.Payment with { Minor = row.Payment.Minor } == row.Payment && row.Payment.Event.Length == 0;

        // What a person has put right stands as she has left it, whatever the sheet still says of it.
        private static bool IsSame(StandingReceipt receipt, SheetRow row) =>
            receipt.Payment.Day == row.Payment.Day && receipt.Payment.Minor == row.Payment.Minor
            && receipt.Names.Any(name => name.Key == row.Key && (name.Payer is null || row.Payment.Payer is null || name.Payer == row.Payment.Payer))
            && (receipt.Payment.Payer is null || receipt.Names.Count > 1 || (receipt.Payment.Purpose, receipt.Payment.Event) == (row.Payment.Purpose, row.Payment.Event));
    }
}

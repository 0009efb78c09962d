using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A month of an agreement's booking dates, with what stands in it.</summary>
public sealed record StoredPeriod
{
    /// <summary>As <c>yyyy-MM</c>.</summary>
    public string Month { get; init; } = "";

    /// <summary>open, soft_closed or closed.</summary>
    public string State { get; init; } = "open";

    /// <summary>Journal entries booked in it.</summary>
    public long Entries { get; init; }

    /// <summary>Their debits, in minor units.</summary>
    public long Debit { get; init; }

    public string? ChangedBy { get; init; }

    public DateTimeOffset? ChangedAt { get; init; }

    public string? Reason { get; init; }
}

/// <summary>Booking periods. A month without a row is open, unless a later one is closed; who changed what and when stands in the audit chain, too.</summary>
public sealed class BookingPeriods(Work work)
{
    private static readonly Sql Rows = "select month, state, entries, debit, changed_by, changed_at, reason from booking_period where agreement_id = @agreementId order by month";

    private static readonly Sql Days = """
        select j.booked_on, count(distinct j.id) as entries, sum(p.debit) as debit
          from journal_entry j
          join posting p on p.entry_id = j.id
         where j.agreement_id = @agreementId
         group by j.booked_on
         order by j.booked_on
        """;

    private static readonly Sql Change = """
        update booking_period set state = @State, entries = @Entries, debit = @Debit, changed_by = @by, changed_at = @now, reason = @Reason where agreement_id = @agreementId and month = @Month
        """;

    private static readonly Sql Add = """
        insert into booking_period (agreement_id, month, starts_on, ends_on, state, entries, debit, changed_by, changed_at, reason)
        values (@agreementId, @Month, @first, @last, @State, @Entries, @Debit, @by, @now, @Reason)
        """;

    /// <summary>Every month from the first booking to the last, and those that were ever closed, in order.</summary>
    public async Task<IReadOnlyList<StoredPeriod>> Of(long agreementId)
    {
        var changed = (await work.Rows<StoredPeriod>(Rows, new { agreementId })).ToDictionary(row => row.Month);
        var states = States(changed.Values);
        var booked = (await work.Rows<BookedDay>(Days, new { agreementId })).GroupBy(row => Period.MonthOf(row.BookedOn)).ToDictionary(month => month.Key.ToString(), month => (Entries: month.Sum(day => day.Entries), Debit: month.Sum(day => day.Debit)));
        return [.. Between(changed.Keys.Concat(booked.Keys).Order(StringComparer.Ordinal).ToList()).Select(month =>
        {
            var (entries, debit) = booked.GetValueOrDefault(month);
            return changed.GetValueOrDefault(month, new StoredPeriod { Month = month, State = Words.Of(BookingPeriod.StateOf(Month(month), states)) }) with { Entries = entries, Debit = debit };
        })];
    }

    /// <summary>The months that somebody has closed, soft-closed or reopened.</summary>
    public async Task<IReadOnlyDictionary<Period, BookingState>> States(long agreementId) => States(await work.Rows<StoredPeriod>(Rows, new { agreementId }));

    /// <summary>Sets a month's state with what stands in it and why, by the acting user.</summary>
    public async Task Save(long agreementId, StoredPeriod period)
    {
        var month = Month(period.Month);
        var row = new { agreementId, period.Month, first = month.First, last = month.Last, period.State, period.Entries, period.Debit, Reason = period.Reason ?? "", by = work.Actor.Name, now = work.Now };
        if (await work.Do(Change, row) == 0) await work.Do(Add, row);
    }

    private static Dictionary<Period, BookingState> States(IEnumerable<StoredPeriod> rows) => rows.ToDictionary(row => Month(row.Month), row => Words.Of<BookingState>(row.State));

    private static IEnumerable<string> Between(IReadOnlyList<string> months)
    {
        if (months.Count == 0) yield break;
        for (var (month, last) = (Month(months[0]), Month(months[^1])); month <= last; month = month.Next()) yield return month.ToString();
    }

    private static Period Month(string text) => Period.TryParse(text, out var month) ? month : throw new InvalidOperationException($"«{text}» is stored as a booking period.");

    private sealed record BookedDay
    {
        public DateOnly BookedOn { get; init; }

        public long Entries { get; init; }

        public long Debit { get; init; }
    }
}

using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>An entry that a unit of work has booked.</summary>
public sealed record BookedEntry(StoredAgreement Agreement, DateOnly BookedOn, string Source, JournalEntry Entry);

/// <summary>The ledger: balanced entries, never changed. The one place where a booking date is moved out of a month that does not take it.</summary>
public sealed class Journal(Work work)
{
    private static readonly BulkTarget PostingTable = new("posting", "entry_id", "posting_no", "account", "debit", "credit");

    private static readonly Sql AddEntry = """
        insert into journal_entry (id, agreement_id, booked_on, arisen_on, currency, event, source, recorded_at)
        values (@id, @agreementId, @booked, @on, @currency, @what, @source, @now)
        """;

    /// <summary>Books an entry; null, which moves nothing, books nothing.</summary>
    /// <param name="on">The day that it is about; where its month is closed it is booked on the first day of the next one that takes it.</param>
    public async Task Book(StoredAgreement agreement, DateOnly on, string source, JournalEntry? entry)
    {
        if (entry is null) return;
        var (id, booked) = (work.NextId(), await DayFor(agreement.Id, on));
        work.Unit.Booked.Add(new BookedEntry(agreement, booked, source, entry));
        await work.Do(AddEntry, new { id, agreementId = agreement.Id, booked, on, currency = agreement.Currency.Code, what = Words.Of(entry.Event), source, now = work.Now });
        await work.Bulk(PostingTable, entry.Postings.Select((side, i) => new object?[] { id, i + 1L, side.Account, side.Debit, side.Credit }));
    }

    /// <summary>What this unit has booked so far, in order; in a dry run, all of its units.</summary>
    public IReadOnlyList<BookedEntry> Booked => [.. work.Unit.Booked];

    private async Task<DateOnly> DayFor(long agreementId, DateOnly on)
    {
        var states = await work.BookingPeriods.States(agreementId);
        if (states.Count == 0) return on;
        return BookingPeriod.DayFor(on, states, states.Values.Contains(BookingState.SoftClosed) && await work.Users.IsOfficer(work.Actor));
    }
}

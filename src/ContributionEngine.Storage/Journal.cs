using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>The ledger: balanced entries, never changed.</summary>
public sealed class Journal(Work work)
{
    private static readonly BulkTarget PostingTable = new("posting", "entry_id", "posting_no", "account", "debit", "credit");

    private static readonly Sql AddEntry = """
        insert into journal_entry (id, agreement_id, booked_on, arisen_on, currency, event, source, recorded_at)
        values (@id, @agreementId, @booked, @on, @currency, @what, @source, @now)
        """;

    /// <summary>Books an entry; null, which moves nothing, books nothing.</summary>
    public async Task Book(StoredAgreement agreement, DateOnly on, string source, JournalEntry? entry)
    {
        if (entry is null) return;
        var id = work.NextId();
        await work.Do(AddEntry, new { id, agreementId = agreement.Id, booked = on, on, currency = agreement.Currency.Code, what = Words.Of(entry.Event), source, now = work.Now });
        await work.Bulk(PostingTable, entry.Postings.Select((side, i) => new object?[] { id, i + 1L, side.Account, side.Debit, side.Credit }));
    }
}

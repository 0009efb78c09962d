namespace ContributionEngine.Storage;

/// <summary>What was booked on one account in one currency, in minor units.</summary>
public sealed record BookedSums
{
    public string Account { get; init; } = "";

    public string Currency { get; init; } = "";

    public long Debit { get; init; }

    public long Credit { get; init; }
}

/// <summary>One side of an entry as an account shows it, in minor units.</summary>
public sealed record BookedSide
{
    public long EntryId { get; init; }

    /// <summary>The day on which it stands in the books.</summary>
    public DateOnly BookedOn { get; init; }

    /// <summary>The day that it is about; earlier where the months between were closed.</summary>
    public DateOnly ArisenOn { get; init; }

    public string Event { get; init; } = "";

    public string Source { get; init; } = "";

    public long Debit { get; init; }

    public long Credit { get; init; }
}

/// <summary>The ledger, read by account.</summary>
public sealed class Books(Work work)
{
    private static readonly Sql Sums = """
        select p.account, j.currency, sum(p.debit) as debit, sum(p.credit) as credit
          from posting p
          join journal_entry j on j.id = p.entry_id
          join agreement ag on ag.id = j.agreement_id
         where (@scope is null or ag.organisation_id = @scope) and (@number is null or ag.number = @number) and j.booked_on <= @on
         group by p.account, j.currency
         order by j.currency, p.account
        """;

    private static readonly Sql Sides = """
        select j.id as entry_id, j.booked_on, j.arisen_on, j.event, j.source, p.debit, p.credit
          from posting p
          join journal_entry j on j.id = p.entry_id
         where j.agreement_id = @agreementId and p.account = @account and j.booked_on <= @on
         order by j.booked_on, j.id, p.posting_no
        """;

    /// <summary>What was booked by a day, by account: of one agreement, or of all that the acting user may see.</summary>
    public Task<IReadOnlyList<BookedSums>> By(DateOnly on, string? agreement) => work.Rows<BookedSums>(Sums, new { on, number = agreement, scope = work.Actor.OrganisationId });

    /// <summary>The sides of an agreement's account by a day, in the order of the books.</summary>
    public Task<IReadOnlyList<BookedSide>> Of(long agreementId, string account, DateOnly on) => work.Rows<BookedSide>(Sides, new { agreementId, account, on });
}

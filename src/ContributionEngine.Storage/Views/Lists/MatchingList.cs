using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which rows of matches; null: any.</summary>
public sealed record MatchesWhere
{
    public string? Agreement { get; init; }

    /// <summary>live or undone.</summary>
    public string? State { get; init; }

    /// <summary>Number of a run of the matching.</summary>
    public string? Run { get; init; }

    /// <summary>Number of a bank entry.</summary>
    public string? Entry { get; init; }

    /// <summary>Number of a remittance.</summary>
    public string? Remittance { get; init; }
}

/// <summary>A row of a match in a list: rows with one number are one match.</summary>
public sealed record ListedMatching : Listed
{
    public string Number { get; init; } = "";

    public string? Run { get; init; }

    public string? Agreement { get; init; }

    public long EntryId { get; init; }

    /// <summary>Transaction inside the entry; 0: the entry itself.</summary>
    public long TxNo { get; init; }

    public string? Remittance { get; init; }

    /// <summary>payment, returned, refunded, fee or not_ours.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Of the entry's own amount.</summary>
    public long Taken { get; init; }

    /// <summary>What the paid sum of the remittance gained.</summary>
    public long Amount { get; init; }

    public long Missing { get; init; }

    public long Surplus { get; init; }

    public string MatchedBy { get; init; } = "";

    public long Score { get; init; }

    /// <summary>JSON: what spoke for it, and the runner-up.</summary>
    public string Cues { get; init; } = "";

    /// <summary>1 while it stands.</summary>
    public long Live { get; init; }

    public DateOnly MatchedOn { get; init; }

    public string AcceptedBy { get; init; } = "";

    public DateOnly? UndoneOn { get; init; }

    public string? UndoneBy { get; init; }

    public string? UndoneReason { get; init; }

    /// <summary>1 when the remittance is settled: what takes it back is a correction.</summary>
    public long IsSettled { get; init; }

    public string Entry => Numbers.BankEntry(EntryId);

    public string State => Live == 1 ? "live" : "undone";
}

internal sealed class MatchingList(Work work)
{
    private static readonly Sql Some = new(dialect => $"""
        select m.id, s.currency, m.number, n.number as run, ag.number as agreement, m.entry_id, m.tx_no, r.number as remittance, m.kind, m.taken, m.amount, m.missing, m.surplus, m.matched_by, m.score, m.cues, m.live,
               m.matched_on, m.accepted_by, m.undone_on, m.undone_by, m.undone_reason, case when r.settled_at is not null then 1 else 0 end as is_settled
          from bank_match m
          left join bank_entry e on e.id = m.entry_id
          left join bank_statement s on s.id = e.statement_id
          left join bank_account b on b.id = e.account_id
          left join match_run n on n.id = m.run_id
          left join remittance r on r.id = m.remittance_id
          left join agreement ag on ag.id = r.agreement_id
         where m.id < @Below and (@scope is null or ag.organisation_id = @scope or (ag.id is null and b.organisation_id = @scope)) and (@agreementId is null or r.agreement_id = @agreementId)
           and (@State is null or (@State = 'live' and m.live = 1) or (@State = 'undone' and m.live = 0))
           and (@Run is null or n.number = @Run) and (@entry is null or m.entry_id = @entry) and (@Remittance is null or r.number = @Remittance)
         order by m.id desc
        {dialect.Limit("@Take")}
        """);

    public async Task<Outcome<Page<ListedMatching>>> Page(MatchesWhere where, Slice slice)
    {
        if (!(await Lists.Under(work, where.Agreement)).Ok(out var agreementId, out var refusal)) return refusal;
        return Page<ListedMatching>.Of(await work.Rows<ListedMatching>(Some, new
        {
            slice.Below, scope = work.Actor.OrganisationId, agreementId, where.State, where.Run, entry = where.Entry is { } number ? Numbers.Id("BNK", number) ?? 0 : (long?)null, where.Remittance, slice.Take,
        }), slice);
    }
}

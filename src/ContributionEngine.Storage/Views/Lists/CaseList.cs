using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which cases; null: any, of those that are open.</summary>
public sealed record CasesWhere
{
    public string? Agreement { get; init; }

    public string? Reason { get; init; }

    /// <summary>assigned, waiting, resolved or written_off; <c>all</c> also those that are closed; null or <c>open</c>: whatever is not closed.</summary>
    public string? State { get; init; }

    /// <summary>Name of the user who has it; empty: nobody.</summary>
    public string? Owner { get; init; }

    /// <summary>The beginning of what it is about, such as the number of an upload.</summary>
    public string? Subject { get; init; }

    /// <summary>Last day of opening that is asked for.</summary>
    public DateOnly? OpenedBy { get; init; }
}

/// <summary>A case in a list.</summary>
public sealed record ListedCase : Listed
{
    public string Number { get; init; } = "";

    public string Reason { get; init; } = "";

    public string? Agreement { get; init; }

    public string Subject { get; init; } = "";

    /// <summary>Null where no money hangs on it.</summary>
    public long? Amount { get; init; }

    public string Detail { get; init; } = "";

    /// <summary>Name of the texts that say the detail in other languages; null where it was kept in English alone.</summary>
    public string? DetailCode { get; init; }

    /// <summary>What the detail needs in another language, as JSON.</summary>
    public string? Particulars { get; init; }

    public Remark Said => Remark.Read(DetailCode, Detail, Particulars);

    public DateOnly OpenedOn { get; init; }

    /// <summary>open, assigned, waiting, resolved or written_off.</summary>
    public string State { get; init; } = "";

    public string? Owner { get; init; }

    public string? Resolution { get; init; }

    /// <summary>Name of the texts that say the resolution in other languages; null where a person wrote it, or it was kept in English alone.</summary>
    public string? ResolutionCode { get; init; }

    /// <summary>What the resolution needs in another language, as JSON.</summary>
    public string? ResolutionParticulars { get; init; }

    /// <summary>Why the engine resolved it; null where a person wrote the resolution, or it was kept in English alone.</summary>
    public Remark? Ended => ResolutionCode is null ? null : Remark.Read(ResolutionCode, Resolution!, ResolutionParticulars);

    /// <summary>Null when the engine closed it, because nothing was behind it any more.</summary>
    public string? ResolvedBy { get; init; }
}

internal sealed class CaseList(Work work)
{
    private const string Rows = """
        select c.id, coalesce(ag.currency, '') as currency, c.number, c.reason, ag.number as agreement, c.subject, c.amount, c.detail, c.detail_code, c.particulars, c.opened_on, c.state, c.owner, c.resolution, c.resolution_code, c.resolution_particulars, c.resolved_by
          from work_case c
          left join agreement ag on ag.id = c.agreement_id
         where c.id > @Above and (@scope is null or ag.organisation_id = @scope) and (@agreementId is null or c.agreement_id = @agreementId) and (@Reason is null or c.reason = @Reason)
           and (@Owner is null or coalesce(c.owner, '') = @Owner) and (@OpenedBy is null or c.opened_on <= @OpenedBy)
        """;

    private static readonly Sql Open = new(dialect => $"{Rows} and c.state in ('open', 'assigned', 'waiting') order by c.id {dialect.Limit("@Take")}");

    private static readonly Sql OfState = new(dialect => $"{Rows} and (@state = 'all' or c.state = @state) order by c.id {dialect.Limit("@Take")}");

    private static readonly Sql About = new(dialect => $"""
        {Rows} and c.subject >= @Subject and c.subject < @beyond and (@state = 'all' or c.state = @state or (@state = 'open' and c.state in ('assigned', 'waiting')))
         order by c.id {dialect.Limit("@Take")}
        """);

    // Sorts after whatever begins with the same letters.
    private const char Last = '\uffff';

    public async Task<Outcome<Page<ListedCase>>> Page(CasesWhere where, Slice slice)
    {
        if (!(await Lists.Under(work, where.Agreement)).Ok(out var agreementId, out var refusal)) return refusal;
        var state = where.State ?? "open";
        return Page<ListedCase>.Of(await work.Rows<ListedCase>(where.Subject is { Length: > 0 } ? About : state == "open" ? Open : OfState, new
        {
            slice.Above, scope = work.Actor.OrganisationId, agreementId, where.Reason, state, where.Owner, where.Subject, beyond = $"{where.Subject}{Last}", where.OpenedBy, slice.Take,
        }), slice);
    }
}

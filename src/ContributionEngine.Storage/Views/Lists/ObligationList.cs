using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which obligations; null: any.</summary>
public sealed record ObligationsWhere
{
    public string? Agreement { get; init; }

    /// <summary>Member number.</summary>
    public string? Member { get; init; }

    public string? Period { get; init; }

    /// <summary>unpaid, part_paid, paid or cancelled; <c>owing</c>: unpaid or part-paid and due for payment by the organisation.</summary>
    public string? State { get; init; }

    /// <summary>Such as <c>principal</c>.</summary>
    public string? Class { get; init; }
}

/// <summary>An obligation in a list.</summary>
public sealed record ListedObligation : Listed
{
    public string Agreement { get; init; } = "";

    public string MemberNo { get; init; } = "";

    public string FullName { get; init; } = "";

    public string Period { get; init; } = "";

    public string Component { get; init; } = "";

    public string Payer { get; init; } = "";

    public string Class { get; init; } = "";

    public DateOnly OpensOn { get; init; }

    public DateOnly DueOn { get; init; }

    public long Amount { get; init; }

    public long Reduced { get; init; }

    public long Allocated { get; init; }

    /// <summary>unpaid, part_paid, paid or cancelled.</summary>
    public string State { get; init; } = "";

    public string Number => Numbers.Obligation(Id);

    /// <summary>What is still to pay.</summary>
    public long Open => Amount - Reduced - Allocated;

    internal override Mark Mark => new(Period, Id);
}

internal sealed class ObligationList(Work work)
{
    private const string Rows = """
        select o.id, ag.currency, ag.number as agreement, m.member_no, m.full_name, o.period, o.component, o.payer, o.class, o.opens_on, o.due_on, o.amount, o.reduced, o.allocated,
               case when o.amount = o.reduced then 'cancelled' when o.allocated = o.amount - o.reduced then 'paid' when o.allocated > 0 then 'part_paid' else 'unpaid' end as state
          from obligation o
          left join agreement ag on ag.id = o.agreement_id
          left join enrolment e on e.id = o.enrolment_id
          left join member m on m.id = e.member_id
         where (@scope is null or ag.organisation_id = @scope) and (@Class is null or o.class = @Class)
           and (@State is null or (@State = 'owing' and o.collected = 1 and o.allocated < o.amount - o.reduced)
                or (@State = 'unpaid' and o.amount > o.reduced and o.allocated = 0) or (@State = 'part_paid' and o.allocated > 0 and o.allocated < o.amount - o.reduced)
                or (@State = 'paid' and o.amount > o.reduced and o.allocated = o.amount - o.reduced) or (@State = 'cancelled' and o.amount = o.reduced))
        """;

    // Later in the order of texts than any period.
    private const string AfterAllPeriods = "~";

    private const string ByPeriod = "and o.period <= @key and (o.period < @key or o.id < @Below)";

    private static readonly Sql Everywhere = new(dialect => $"{Rows} and (@Period is null or o.period = @Period) and o.id < @Below order by o.id desc {dialect.Limit("@Take")}");

    private static readonly Sql UnderOne = new(dialect => $"{Rows} and o.agreement_id = @agreementId {ByPeriod} order by o.period desc, o.id desc {dialect.Limit("@Take")}");

    private static readonly Sql OfPeriod = new(dialect => $"{Rows} and o.agreement_id = @agreementId and o.period = @Period and o.id < @Below order by o.id desc {dialect.Limit("@Take")}");

    private static readonly Sql OfMember = new(dialect => $"""
        {Rows} and o.enrolment_id in {dialect.AnyOf("@enrolments")} and (@Period is null or o.period = @Period) {ByPeriod}
        order by o.period desc, o.id desc {dialect.Limit("@Take")}
        """);

    public async Task<Outcome<Page<ListedObligation>>> Page(ObligationsWhere where, Slice slice)
    {
        if (!(await Lists.Under(work, where.Agreement)).Ok(out var agreementId, out var refusal)) return refusal;
        var enrolments = where.Member is { } member ? (await work.Members.Placed(member, where.Agreement)).Select(row => row.EnrolmentId).ToList() : [];
        var under = where.Period is null ? UnderOne : OfPeriod;
        if (where.Member is not null) return Page<ListedObligation>.Of(await Rows(OfMember, agreementId), slice);
        if (agreementId is null && work.Actor.OrganisationId is not null) return await Lists.Merged(work, slice, agreement => Rows(under, agreement));
        return Page<ListedObligation>.Of(await Rows(agreementId is null ? Everywhere : under, agreementId), slice);

        Task<IReadOnlyList<ListedObligation>> Rows(Sql statement, long? agreement) => work.Rows<ListedObligation>(statement, new
        {
            scope = work.Actor.OrganisationId, where.Class, where.State, where.Period, key = slice.KeyOr(AfterAllPeriods), slice.Below, agreementId = agreement, enrolments = work.Dialect.Array(enrolments), slice.Take,
        });
    }
}

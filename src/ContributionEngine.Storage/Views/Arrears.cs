namespace ContributionEngine.Storage;

/// <summary>What the members of an agreement owe and have not paid, by days since it was due. Minor units.</summary>
public sealed record OwedByAge
{
    public long AgreementId { get; init; }

    public long NotDue { get; init; }

    /// <summary>1 to 30 days late.</summary>
    public long Days30 { get; init; }

    /// <summary>31 to 60.</summary>
    public long Days60 { get; init; }

    /// <summary>61 to 90.</summary>
    public long Days90 { get; init; }

    /// <summary>91 to 180.</summary>
    public long Days180 { get; init; }

    public long Older { get; init; }

    public long LateMembers { get; init; }

    /// <summary>When the oldest of it was due.</summary>
    public DateOnly OldestDue { get; init; }
}

/// <summary>What members owe and have not paid, by days since it was due.</summary>
public sealed class Arrears(Work work)
{
    // By member first, so that members are counted without being sorted; from enrolments on, because what is open of one is found without going through what is paid.
    private static readonly Sql ByAge = new(dialect => $"""
        select m.agreement_id, sum(m.not_due) as not_due, sum(m.days30) as days30, sum(m.days60) as days60, sum(m.days90) as days90, sum(m.days180) as days180, sum(m.older) as older,
               count(case when m.late > 0 then 1 end) as late_members, min(m.oldest_due) as oldest_due
          from (select w.agreement_id, w.member_id, min(w.due_on) as oldest_due,
                       sum(case when w.due_on < @on then w.amount else 0 end) as late, sum(case when w.due_on >= @on then w.amount else 0 end) as not_due,
                       sum(case when w.due_on < @on and w.due_on >= @one then w.amount else 0 end) as days30, sum(case when w.due_on < @one and w.due_on >= @two then w.amount else 0 end) as days60,
                       sum(case when w.due_on < @two and w.due_on >= @three then w.amount else 0 end) as days90, sum(case when w.due_on < @three and w.due_on >= @six then w.amount else 0 end) as days180,
                       sum(case when w.due_on < @six then w.amount else 0 end) as older
                  from (select o.agreement_id, e.member_id, o.due_on, o.amount - o.reduced - o.allocated as amount
                          from enrolment e
                         cross join obligation o
                         where e.agreement_id in (select ag.id from agreement ag where ag.id in {dialect.AnyOf("@agreementIds")} and (@scope is null or ag.organisation_id = @scope))
                           and o.enrolment_id = e.id and o.collected = 1 and o.opens_on <= @on and o.allocated < o.amount - o.reduced) w
                 group by w.agreement_id, w.member_id) m
         group by m.agreement_id
        """);

    /// <summary>By agreement that is owed something, at the day; the money as it stands now. What opens later is not owed yet.</summary>
    public Task<IReadOnlyList<OwedByAge>> Of(IEnumerable<long> agreementIds, DateOnly on) => work.Rows<OwedByAge>(ByAge, new
    {
        agreementIds = work.Dialect.Array(agreementIds), on, one = on.AddDays(-30), two = on.AddDays(-60), three = on.AddDays(-90), six = on.AddDays(-180), scope = work.Actor.OrganisationId,
    });
}

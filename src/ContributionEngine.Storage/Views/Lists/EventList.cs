using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which audit events; null: any.</summary>
public sealed record EventsWhere
{
    /// <summary>The chain of an agreement, by its number.</summary>
    public string? Agreement { get; init; }

    public string? Actor { get; init; }

    /// <summary>Such as <c>case-resolved</c>.</summary>
    public string? UseCase { get; init; }

    /// <summary>What it was about, such as the number of an upload.</summary>
    public string? Subject { get; init; }

    /// <summary>First day that is asked for, UTC.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, inside.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>An audit event in a list.</summary>
public sealed record ListedEvent : Listed
{
    /// <summary>Number of the agreement, or <c>administration</c>.</summary>
    public string Chain { get; init; } = "";

    public long Seq { get; init; }

    public DateTimeOffset At { get; init; }

    public string Actor { get; init; } = "";

    public string UseCase { get; init; } = "";

    public string Subject { get; init; } = "";

    /// <summary>JSON.</summary>
    public string Document { get; init; } = "";

    public string Hash { get; init; } = "";

    internal override Mark Mark => new(Values.Text(At), Id);
}

internal sealed class EventList(Work work)
{
    private const string Rows = """
        select e.id, e.chain, e.seq, e.at, e.actor, e.use_case, e.subject, e.document, e.hash
          from audit_event e
         where (@scope is null or exists (select 1 from agreement a where a.number = e.chain and a.organisation_id = @scope))
           and (@Actor is null or e.actor = @Actor) and (@UseCase is null or e.use_case = @UseCase)
        """;

    private const string Turn = "e.at <= @at and (e.at < @at or e.id < @Below) and e.at >= @from";

    private const string Order = "order by e.at desc, e.id desc";

    private static readonly Sql All = new(dialect => $"{Rows} and {Turn} {Order} {dialect.Limit("@Take")}");

    private static readonly Sql UnderOne = new(dialect => $"{Rows} and {Turn} and e.chain = @Agreement {Order} {dialect.Limit("@Take")}");

    // Few rows: no index by time may tempt a database.
    private static readonly Sql About = new(dialect => $"{Rows} and case when {Turn} then 1 else 0 end = 1 and e.subject = @Subject and (@Agreement is null or e.chain = @Agreement) {Order} {dialect.Limit("@Take")}");

    public async Task<Outcome<Page<ListedEvent>>> Page(EventsWhere where, Slice slice)
    {
        if ((await Lists.Under(work, where.Agreement)).Refusal is { } refusal) return refusal;
        return Page<ListedEvent>.Of(await work.Rows<ListedEvent>(where.Subject is not null ? About : where.Agreement is not null ? UnderOne : All, new
        {
            scope = work.Actor.OrganisationId, where.Actor, where.UseCase, where.Agreement, where.Subject, at = slice.InstantOr(Moments.Last(where.To)), slice.Below, from = Moments.Begin(where.From), slice.Take,
        }), slice);
    }
}

using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which uploads; null: any.</summary>
public sealed record UploadsWhere
{
    public string? Agreement { get; init; }

    /// <summary>received, checking, needs_fixes, ready, committed, reconciled, withdrawn or undone.</summary>
    public string? State { get; init; }

    /// <summary>First day of receiving that is asked for, UTC.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, inside.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>An upload in a list.</summary>
public sealed record ListedUpload : Listed
{
    public string Number { get; init; } = "";

    public string Agreement { get; init; } = "";

    public string FileName { get; init; } = "";

    public string Sha256 { get; init; } = "";

    public long Bytes { get; init; }

    public string State { get; init; } = "";

    public string SubmittedBy { get; init; } = "";

    public DateTimeOffset SubmittedAt { get; init; }

    public DateOnly AsOf { get; init; }

    /// <summary>What its check came to, as JSON; null before.</summary>
    public string? Summary { get; init; }

    public DateTimeOffset? CommittedAt { get; init; }
}

internal sealed class UploadList(Work work)
{
    private const string Rows = """
        select u.id, ag.currency, u.number, ag.number as agreement, u.file_name, u.sha256, u.bytes, u.state, u.submitted_by, u.submitted_at, u.as_of, u.summary, u.committed_at
          from upload u
          left join agreement ag on ag.id = u.agreement_id
         where u.id < @Below and (@scope is null or ag.organisation_id = @scope) and (@State is null or u.state = @State) and u.submitted_at >= @from and u.submitted_at < @until
        """;

    private static readonly Sql Everywhere = new(dialect => $"{Rows} order by u.id desc {dialect.Limit("@Take")}");

    private static readonly Sql UnderOne = new(dialect => $"{Rows} and u.agreement_id = @agreementId order by u.id desc {dialect.Limit("@Take")}");

    public Task<Outcome<Page<ListedUpload>>> Page(UploadsWhere where, Slice slice) => Lists.PageUnder(work, where.Agreement, slice, agreementId => work.Rows<ListedUpload>(agreementId is null ? Everywhere : UnderOne, new
    {
        slice.Below, scope = work.Actor.OrganisationId, agreementId, where.State, from = Moments.Begin(where.From), until = Moments.End(where.To), slice.Take,
    }));
}

/// <summary>UTC days as the instants between which they lie.</summary>
internal static class Moments
{
    public static DateTimeOffset Begin(DateOnly? day) => day is { } first ? new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.MinValue;

    /// <summary>The first instant after the day.</summary>
    public static DateTimeOffset End(DateOnly? day) => day is { } last && last < DateOnly.MaxValue ? new DateTimeOffset(last.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.MaxValue;

    /// <summary>The last instant of the day, as databases keep them.</summary>
    public static DateTimeOffset Last(DateOnly? day) => End(day).AddTicks(-TimeSpan.TicksPerMicrosecond);
}

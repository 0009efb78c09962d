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
    private static readonly Sql Some = new(dialect => $"""
        select u.id, ag.currency, u.number, ag.number as agreement, u.file_name, u.sha256, u.bytes, u.state, u.submitted_by, u.submitted_at, u.as_of, u.summary, u.committed_at
          from upload u
          left join agreement ag on ag.id = u.agreement_id
         where u.id < @Below and (@scope is null or ag.organisation_id = @scope) and (@agreementId is null or u.agreement_id = @agreementId)
           and (@State is null or u.state = @State) and u.submitted_at >= @from and u.submitted_at < @until
         order by u.id desc
        {dialect.Limit("@Take")}
        """);

    public async Task<Outcome<Page<ListedUpload>>> Page(UploadsWhere where, Slice slice)
    {
        if (!(await Lists.Under(work, where.Agreement)).Ok(out var agreementId, out var refusal)) return refusal;
        return Page<ListedUpload>.Of(await work.Rows<ListedUpload>(Some, new
        {
            slice.Below, scope = work.Actor.OrganisationId, agreementId, where.State, from = Moments.Begin(where.From), until = Moments.End(where.To), slice.Take,
        }), slice);
    }
}

/// <summary>UTC days as the instants between which they lie.</summary>
internal static class Moments
{
    public static DateTimeOffset Begin(DateOnly? day) => day is { } first ? new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.MinValue;

    /// <summary>The first instant after the day.</summary>
    public static DateTimeOffset End(DateOnly? day) => day is { } last && last < DateOnly.MaxValue ? new DateTimeOffset(last.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.MaxValue;
}

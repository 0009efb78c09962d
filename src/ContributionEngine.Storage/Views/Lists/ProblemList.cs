using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which problems of an upload; null: any.</summary>
public sealed record ProblemsWhere
{
    /// <summary>error or warning.</summary>
    public string? Severity { get; init; }

    /// <summary>Such as <c>R02</c>.</summary>
    public string? Code { get; init; }

    public long? Row { get; init; }

    /// <summary>Also of rows that were left out for good or corrected elsewhere, about which nobody is asked any more.</summary>
    public bool WithSettled { get; init; }
}

/// <summary>A problem of one row of an upload, in a list.</summary>
public sealed record ListedProblem : Listed
{
    public long RowNo { get; init; }

    public string Code { get; init; } = "";

    public string Field { get; init; } = "";

    public string Severity { get; init; } = "";

    /// <summary>The cell as it was sent.</summary>
    public string? Value { get; init; }

    public string Detail { get; init; } = "";

    /// <summary>What the sentence needs in another language, as JSON; null where the other columns say it.</summary>
    public string? Particulars { get; init; }

    /// <summary>What became of the row when it was left out and is done with: left_out or corrected; null otherwise.</summary>
    public string? Settled { get; init; }

    internal override Mark Mark => new($"{Code} {Field}", RowNo);
}

internal sealed class ProblemList(Work work)
{
    private static readonly Sql Some = new(dialect => $"""
        select p.upload_id as id, ag.currency, p.row_no, p.code, p.field, p.severity, p.value, p.detail, p.particulars, l.settled
          from upload u
          join agreement ag on ag.id = u.agreement_id
          join upload_problem p on p.upload_id = u.id
          left join left_out_row l on l.upload_id = p.upload_id and l.row_no = p.row_no
         where u.number = @upload and (@scope is null or ag.organisation_id = @scope)
           and p.row_no >= @row and (p.row_no > @row or concat(p.code, ' ', p.field) > @key)
           and (@Severity is null or p.severity = @Severity) and (@Code is null or p.code = @Code) and (@only is null or p.row_no = @only)
           and (@settled = 1 or l.settled is null)
         order by p.row_no, concat(p.code, ' ', p.field)
        {dialect.Limit("@Take")}
        """);

    public async Task<Outcome<Page<ListedProblem>>> Page(string upload, ProblemsWhere where, Slice slice)
    {
        if ((await work.Uploads.Find(upload)).Refusal is { } unknown) return unknown;
        return Page<ListedProblem>.Of(await work.Rows<ListedProblem>(Some, new
        {
            upload, scope = work.Actor.OrganisationId, row = slice.Above, key = slice.KeyOr(""), where.Severity, where.Code, only = where.Row, settled = where.WithSettled ? 1L : 0L, slice.Take,
        }), slice);
    }
}

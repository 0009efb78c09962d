using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which statements of bank accounts; null: any.</summary>
public sealed record StatementsWhere
{
    public string? Account { get; init; }

    /// <summary>booked, held or released.</summary>
    public string? State { get; init; }
}

/// <summary>A statement of a bank account in a list. Balances are null for a notification, which has none.</summary>
public sealed record ListedStatement : Listed
{
    public string Account { get; init; } = "";

    /// <summary>fund or organisation.</summary>
    public string Holder { get; init; } = "";

    public string Statement { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Format { get; init; } = "";

    public long? Opening { get; init; }

    public long? Closing { get; init; }

    public DateOnly FromOn { get; init; }

    public DateOnly ToOn { get; init; }

    public string FileName { get; init; } = "";

    public string State { get; init; } = "";

    public DateTimeOffset ImportedAt { get; init; }

    public string Number => Numbers.Statement(Id);
}

internal sealed class StatementList(Work work)
{
    private static readonly Sql Some = new(dialect => $"""
        select s.id, s.currency, a.account, a.holder, s.statement, s.kind, s.format, s.opening, s.closing, s.from_on, s.to_on, s.file_name, s.state, s.imported_at
          from bank_statement s
          left join bank_account a on a.id = s.account_id
         where s.id < @Below and (@scope is null or a.organisation_id = @scope) and (@Account is null or a.account = @Account) and (@State is null or s.state = @State)
         order by s.id desc
        {dialect.Limit("@Take")}
        """);

    public async Task<Outcome<Page<ListedStatement>>> Page(StatementsWhere where, Slice slice) =>
        Page<ListedStatement>.Of(await work.Rows<ListedStatement>(Some, new { slice.Below, scope = work.Actor.OrganisationId, where.Account, where.State, slice.Take }), slice);
}

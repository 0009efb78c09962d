using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which bank entries; null: any.</summary>
public sealed record BookingsWhere
{
    public string? Account { get; init; }

    /// <summary>open, matched or not_ours.</summary>
    public string? State { get; init; }

    /// <summary>credit or debit.</summary>
    public string? Direction { get; init; }

    /// <summary>First day of booking that is asked for.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, inside.</summary>
    public DateOnly? To { get; init; }

    /// <summary>A part of a reference, a counterparty or a text.</summary>
    public string? Text { get; init; }

    /// <summary>An organisation was asked whether it is theirs: asked (no answer yet) or answered.</summary>
    public string? Question { get; init; }
}

/// <summary>A bank entry in a list.</summary>
public sealed record ListedBooking : Listed
{
    public string Account { get; init; } = "";

    public string Statement { get; init; } = "";

    /// <summary>booked, held (its entries are not matched) or released.</summary>
    public string StatementState { get; init; } = "";

    public DateOnly BookedOn { get; init; }

    public DateOnly? ValueOn { get; init; }

    public string Direction { get; init; } = "";

    public long Amount { get; init; }

    /// <summary>So much of it is matched.</summary>
    public long Matched { get; init; }

    /// <summary>1 for one that the bank marks as such.</summary>
    public long IsReversal { get; init; }

    public string? Reference { get; init; }

    public string? Counterparty { get; init; }

    public string? RemittanceInfo { get; init; }

    public string? Text { get; init; }

    public string State { get; init; } = "";

    public string Number => Numbers.BankEntry(Id);

    internal override Mark Mark => new(Values.Text(BookedOn), Id);
}

internal sealed class BookingList(Work work)
{
    private const string Rows = """
        select e.id, s.currency, a.account, s.statement, s.state as statement_state, e.booked_on, e.value_on, e.direction, e.amount, e.matched, e.is_reversal, e.reference, e.counterparty, e.remittance_info, e.text, e.state
          from bank_entry e
          left join bank_account a on a.id = e.account_id
          left join bank_statement s on s.id = e.statement_id
         where (@scope is null or a.organisation_id = @scope) and (@Account is null or a.account = @Account) and (@Direction is null or e.direction = @Direction)
           and e.booked_on >= @from and e.booked_on <= @to
           and (@contains is null or lower(e.reference) like lower(@contains) or lower(e.counterparty) like lower(@contains) or lower(e.remittance_info) like lower(@contains) or lower(e.text) like lower(@contains))
           and (@Question is null or exists (select 1 from money_question q where q.entry_id = e.id and q.withdrawn_at is null and (@scope is null or q.organisation_id = @scope)
                and case when q.answer is null then 'asked' else 'answered' end = @Question))
        """;

    private static readonly Sql All = new(dialect => $"{Rows} and (e.booked_on < @to or e.id < @Below) order by e.booked_on desc, e.id desc {dialect.Limit("@Take")}");

    private static readonly Sql OfState = new(dialect => $"{Rows} and e.state = @State and (e.booked_on > @from or e.id > @Above) order by e.booked_on, e.id {dialect.Limit("@Take")}");

    public async Task<Outcome<Page<ListedBooking>>> Page(BookingsWhere where, Slice slice)
    {
        var (from, to) = (where.From ?? DateOnly.MinValue, where.To ?? DateOnly.MaxValue);
        return Page<ListedBooking>.Of(await work.Rows<ListedBooking>(where.State is null ? All : OfState, new
        {
            scope = work.Actor.OrganisationId, where.Account, where.Direction, where.State, where.Question, contains = where.Text is { Length: > 0 } text ? $"%{text}%" : null,
            from = where.State is null ? from : slice.DayOr(from), to = where.State is null ? slice.DayOr(to) : to, slice.Below, slice.Above, slice.Take,
        }), slice);
    }
}

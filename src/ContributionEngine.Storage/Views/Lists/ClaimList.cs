using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which claims; null: any.</summary>
public sealed record ClaimsWhere
{
    public string? Agreement { get; init; }

    /// <summary>open, settled, extinguished, written_off or withdrawn.</summary>
    public string? State { get; init; }
}

/// <summary>A claim in a list: for a receipt that was taken back, or the share of the State or a sponsor in a member's period.</summary>
public sealed record ListedClaim : Listed
{
    public string Agreement { get; init; } = "";

    /// <summary>organisation or member, for a receipt; state or sponsor, for a share.</summary>
    public string Debtor { get; init; } = "";

    /// <summary>Null for a share.</summary>
    public long? ReceiptId { get; init; }

    /// <summary>As the treasurer numbered it.</summary>
    public string? ReceiptNo { get; init; }

    public string? MemberNo { get; init; }

    /// <summary>Of a share: the first month that it is for, as <c>yyyy-MM</c>.</summary>
    public string? Period { get; init; }

    public string? Component { get; init; }

    public long Amount { get; init; }

    public DateOnly ArisenOn { get; init; }

    public string State { get; init; } = "";

    public DateOnly? EndedOn { get; init; }

    public string Number => Numbers.Claim(Id);

    /// <summary>Number of the receipt; null for a share.</summary>
    public string? Receipt => ReceiptId is { } id ? Numbers.Receipt(id) : null;
}

/// <summary>What one kind of debtor owes in one currency. The total is in minor units.</summary>
public sealed record OwedSum : Listed
{
    public string Debtor { get; init; } = "";

    public long Claims { get; init; }

    public long Total { get; init; }
}

internal sealed class ClaimList(Work work)
{
    // Outer joins keep the databases from beginning elsewhere than with the claims, which come in order.
    private const string OfReceipts = """
        select c.id, ag.currency, ag.number as agreement, c.debtor, c.receipt_id, r.receipt_no, m.member_no, c.amount, c.arisen_on, c.state, c.ended_on
          from claim c
          left join agreement ag on ag.id = c.agreement_id
          left join receipt r on r.id = c.receipt_id
          left join enrolment e on e.id = r.enrolment_id
          left join member m on m.id = e.member_id
        """;

    private const string OfShares = """
        select c.id, ag.currency, ag.number as agreement, c.debtor, m.member_no, o.period, o.component, c.amount, c.arisen_on, c.state, c.ended_on
          from state_claim c
          left join agreement ag on ag.id = c.agreement_id
          left join obligation o on o.id = c.obligation_id
          left join enrolment e on e.id = o.enrolment_id
          left join member m on m.id = e.member_id
        """;

    private const string Asked = "where c.id > @Above and (@scope is null or ag.organisation_id = @scope)";

    private const string UnderOne = "and c.agreement_id = @agreementId";

    private const string Optional = "and (@agreementId is null or c.agreement_id = @agreementId)";

    private const string Open = "and c.state = 'open'";

    private const string OfState = "and (@State is null or c.state = @State)";

    // Open ones are named in the text, so that the index of what is open may serve.
    private static readonly (Sql Receipts, Sql Shares) OpenEverywhere = Rows(Open);

    private static readonly (Sql Receipts, Sql Shares) OpenUnderOne = Rows($"{UnderOne} {Open}");

    private static readonly (Sql Receipts, Sql Shares) Everywhere = Rows(OfState);

    private static readonly (Sql Receipts, Sql Shares) AllUnderOne = Rows($"{UnderOne} {OfState}");

    private static readonly Sql Sums = $"""
        select t.debtor, t.currency, count(*) as claims, sum(t.amount) as total
          from (select c.debtor, ag.currency, c.amount from claim c join agreement ag on ag.id = c.agreement_id {Asked} {Optional} {Open}
                union all
                select c.debtor, ag.currency, c.amount from state_claim c join agreement ag on ag.id = c.agreement_id {Asked} {Optional} {Open}) t
         group by t.debtor, t.currency
         order by t.debtor, t.currency
        """;

    public async Task<Outcome<Page<ListedClaim>>> Page(ClaimsWhere where, Slice slice)
    {
        if (!(await Lists.Under(work, where.Agreement)).Ok(out var agreementId, out var refusal)) return refusal;
        var asked = new { slice.Above, scope = work.Actor.OrganisationId, agreementId, where.State, slice.Take };
        var (receipts, shares) = (where.State, agreementId) switch
        {
            ("open", null) => OpenEverywhere,
            ("open", _) => OpenUnderOne,
            (_, null) => Everywhere,
            _ => AllUnderOne,
        };
        var found = (await work.Rows<ListedClaim>(receipts, asked)).Concat(await work.Rows<ListedClaim>(shares, asked));
        return Page<ListedClaim>.Of([.. found.OrderBy(row => row.Id).Take((int)slice.Take)], slice);
    }

    public async Task<Outcome<IReadOnlyList<OwedSum>>> Owed(string? agreement)
    {
        if (!(await Lists.Under(work, agreement)).Ok(out var agreementId, out var refusal)) return refusal;
        return Outcome<IReadOnlyList<OwedSum>>.Of(await work.Rows<OwedSum>(Sums, new { Above = long.MinValue, scope = work.Actor.OrganisationId, agreementId }));
    }

    private static (Sql Receipts, Sql Shares) Rows(string which)
    {
        return (Of(OfReceipts), Of(OfShares));

        Sql Of(string from) => new(dialect => $"{from} {Asked} {which} order by c.id {dialect.Limit("@Take")}");
    }
}

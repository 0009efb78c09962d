using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Truth 9 of the fees for collecting: each is worked out again from what is payable, the agreement's percentage and its cap.</summary>
internal static class FeeProofs
{
    public static readonly (int Truth, Sql Rows)[] Checks =
    [
        (9, """
            select concat('fee ', f.part_no, ' of ', r.number) as subject, 'stands on another agreement than its remittance' as detail
              from collection_fee f join remittance r on r.id = f.remittance_id where r.agreement_id <> f.agreement_id
            """),
        (9, """
            select concat('payment of the fee of ', r.number) as subject, concat('pays fee ', f.part_no, ' of ', r.number, ' with ', p.amount, ', which is not all that was open') as detail
              from collection_fee_payment p
              join collection_fee f on f.id = p.fee_id
              join remittance r on r.id = f.remittance_id
             where p.agreement_id <> f.agreement_id
                or (select sum(q.amount) from collection_fee_payment q join collection_fee c on c.id = q.fee_id where c.remittance_id = f.remittance_id and c.part_no <= f.part_no)
                   <> (select sum(c.amount) from collection_fee c where c.remittance_id = f.remittance_id and c.part_no <= f.part_no)
            """),
    ];

    private static readonly Sql Answered = """
        select r.id as remittance_id, r.number as remittance, r.total - r.rejected as payable
          from remittance r
         where r.agreement_id = @agreementId and r.delivery <> 'cancelled'
           and not exists (select 1 from remittance_line l where l.remittance_id = r.id and l.outcome = 'sent')
         order by r.id
        """;

    /// <summary>Parts that are not what the agreement says, and remittances whose fee was worked out of another amount than is payable.</summary>
    public static async Task<IReadOnlyList<Break>> Run(Work work)
    {
        var breaks = new List<Break>();
        foreach (var number in await work.Agreements.All()) breaks.AddRange(await Of(work, (await work.Agreements.Find(number)).Value));
        return breaks;
    }

    private static async Task<IReadOnlyList<Break>> Of(Work work, StoredAgreement agreement)
    {
        var parts = await work.CollectionFees.Parts(agreement.Id);
        if (agreement.Agreement.CollectionFee is not { } fee) return [.. parts.Select(part => new Break(9, Subject(agreement, part), "the agreement has no fee"))];
        var (book, breaks) = (new FeeBook(fee, agreement.Currency), new List<Break>());
        foreach (var part in parts)
        {
            if (part.Rate != fee.Percent.ToString() || book.Next(part.RemittanceId, part.Basis, part.ArisenOn.Year) != part.Part)
            {
                breaks.Add(new Break(9, Subject(agreement, part), $"{part.Rate} % of {part.Basis}, worked out as {part.Worked} and charged as {part.Amount} of {part.FeeYear}, is not what the agreement says"));
            }

            book.Add(part.Part);
        }

        breaks.AddRange((await work.Rows<AnsweredRow>(Answered, new { agreementId = agreement.Id }))
            .Where(row => book.Next(row.RemittanceId, row.Payable, agreement.Agreement.Start.Year) is not null)
            .Select(row => new Break(9, row.Remittance, $"payable {row.Payable}, and its fee is missing or was worked out of another amount")));
        return breaks;
    }

    private static string Subject(StoredAgreement agreement, StoredFeePart part) => $"fee {part.PartNo} of {agreement.Number}, {Numbers.Remittance(part.RemittanceId)}";

    private sealed record AnsweredRow
    {
        public long RemittanceId { get; init; }

        public string Remittance { get; init; } = "";

        public long Payable { get; init; }
    }
}

using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Gives back money that pays nothing: what a receipt holds as credit or in suspense, or all credit of a member. A second person always decides.</summary>
internal static class RefundReceipt
{
    public static async Task<Outcome<Correction>> Plan(Work work, CorrectionRequest request)
    {
        if (!(await FindReceipt.Named(work, request.Subject, request.Agreement)).Ok(out var found, out var refusal)) return refusal;
        if (!(await Ground.Of(work, found.AgreementId, request)).Ok(out var ground, out refusal)) return refusal;
        var receipt = (await work.Reversals.Find(found.Id))!;
        return receipt.Credit + receipt.Suspense > 0 ? Of(ground, "receipt-refunded", receipt.Number, [receipt])
            : Nothing($"{receipt.Number} holds neither credit nor suspense: allocated {new Money(receipt.Allocated, ground.Agreement.Currency)}, refunded {new Money(receipt.Refunded, ground.Agreement.Currency)}.");
    }

    public static async Task<Outcome<Correction>> PlanCredit(Work work, CorrectionRequest request)
    {
        if (!(await work.Agreements.Find(request.Agreement!)).Ok(out var agreement, out var refusal)) return refusal;
        if (!(await Ground.Of(work, agreement.Id, request)).Ok(out var ground, out refusal)) return refusal;
        var receipts = await work.Reversals.HoldingCredit(agreement.Id, request.Subject);
        return receipts.Count > 0 ? Of(ground, "credit-refunded", request.Subject, receipts) : Nothing($"Member {request.Subject} has no credit.");
    }

    private static Correction Of(Ground ground, string useCase, string subject, IReadOnlyList<StoredReceipt> receipts) =>
        new(ground, subject, receipts.Sum(row => row.Credit + row.Suspense), [.. receipts.Select(row => row.EnrolmentId).OfType<long>().Distinct()], () => Make(ground, receipts))
        {
            UseCase = useCase, Receipts = receipts.Count, SecondPerson = SecondPerson.Always,
        };

    private static async Task<Made> Make(Ground ground, IReadOnlyList<StoredReceipt> receipts)
    {
        var (work, day) = (ground.Work, ground.AsOf.Day);
        var (credit, suspense) = (receipts.Sum(row => row.Credit), receipts.Sum(row => row.Suspense));
        await work.Reversals.Refund(receipts, day, ground.Request.Reason);
        await work.Journal.Book(ground.Agreement, day, "refunded", JournalEntry.Of(LedgerEvent.Refunded, (Account.MemberCredit, credit), (Account.Suspense, suspense), (Account.Cash, -credit - suspense)));
        await SuspenseCase.Close(work, receipts, new CaseEnd("money_refunded", $"the money was refunded"));
        return new Made([]);
    }

    private static Refusal Nothing(string why) => Refusal.Conflict("nothing_to_refund", why) with { Help = "Only credit and money in suspense can be refunded; what was allocated is taken back with 'receipt reverse'." };
}

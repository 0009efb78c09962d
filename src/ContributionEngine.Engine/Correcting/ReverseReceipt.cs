using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A payment that was none: a cheque that bounced, a mobile-money payment that was taken back. Its events go with it.</summary>
internal static class ReverseReceipt
{
    public static async Task<Outcome<Correction>> Plan(Work work, CorrectionRequest request)
    {
        if (!(await FindReceipt.Live(work, request.Subject, request.Agreement)).Ok(out var found, out var refusal)) return refusal;
        if (!(await Ground.Of(work, found.AgreementId, request)).Ok(out var ground, out refusal)) return refusal;
        if (!(await FindReceipt.Live(work, found.Number, null)).Ok(out var receipt, out refusal)) return refusal;
        return new Correction(ground, receipt.Number, receipt.Amount, receipt.EnrolmentId is { } enrolment ? [enrolment] : [], () => Make(ground, receipt)) { UseCase = "receipt-reversed" };
    }

    private static async Task<Made> Make(Ground ground, StoredReceipt receipt)
    {
        var (work, agreement, asOf) = (ground.Work, ground.Agreement, ground.AsOf);
        var events = await work.MemberEvents.With([receipt.Id]);
        var taken = await TakeBack.Of(work, agreement, [receipt], (new ReversalNote("reversed", asOf.Day, ground.Request.Reason), $"{receipt.Number} reversed"));
        if (receipt.ReceiptNo is { } number) await work.Cases.Close(agreement.Id, RowCases.ReversalReported, [number], new CaseEnd("payment_reversed", $"the payment was reversed"));
        var followed = await FollowEvents.Of(work, agreement, asOf, ([.. events.Select(one => one.EnrolmentId)], []));
        return new Made([.. taken.Obligations, .. followed]) { Claims = taken.Claims };
    }
}

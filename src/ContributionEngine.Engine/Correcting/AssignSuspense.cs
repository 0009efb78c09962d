using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Gives money that was held to the member whose it turned out to be: what she owes is paid in the usual order, the rest is her credit.</summary>
internal static class AssignSuspense
{
    public static async Task<Outcome<Correction>> Plan(Work work, CorrectionRequest request)
    {
        if (!(await FindReceipt.Live(work, request.Subject, request.Agreement)).Ok(out var found, out var refusal)) return refusal;
        if (!(await Ground.Of(work, found.AgreementId, request)).Ok(out var ground, out refusal)) return refusal;
        var receipt = (await work.Reversals.Find(found.Id))!;
        if (receipt.Suspense == 0) return Refusal.Conflict("receipt_not_in_suspense", $"{receipt.Number} is not held in suspense.") with { Help = $"Money of a known member is moved with 'receipt move {receipt.Number} --to-member M --reason T'." };
        if (!(await ground.Member(request.ToMember!, receipt.ReceivedOn)).Ok(out var member, out refusal)) return refusal;
        return new Correction(ground, receipt.Number, receipt.Suspense, [member.EnrolmentId], () => Make(ground, receipt, member)) { UseCase = "suspense-assigned", SecondPerson = SecondPerson.Never };
    }

    private static async Task<Made> Make(Ground ground, StoredReceipt receipt, MemberDirectory.Payer member)
    {
        var (work, agreement, asOf) = (ground.Work, ground.Agreement, ground.AsOf);
        var fresh = await Event(work, receipt, member.EnrolmentId);
        var followed = await FollowEvents.Of(work, agreement, asOf, ([], fresh));
        var placing = await Placing.Of(ground, (receipt.Id, receipt.Suspense), member.EnrolmentId, ReceiptPosting.Named(receipt.NamedPeriod, receipt.NamedComponent));
        var aliases = await OtherNames.Of(ground, receipt, (member, receipt.NamedPeriod));
        await work.Suspense.Assign(receipt.Id, member.EnrolmentId, (placing.Allocated, placing.Credit));
        await placing.Book(ground, Account.Suspense, $"{receipt.Number} assigned");
        await work.MemberEvents.Add(fresh);
        await work.Reversals.AddAliases(agreement.Id, receipt.Id, aliases);
        await SuspenseCase.Close(work, [receipt], new CaseEnd("money_assigned", $"assigned to member {member.MemberNo:member}"));
        return new Made([.. followed, .. placing.Placed.PerObligation.Keys]);
    }

    // An event that came with the money waited with it.
    private static async Task<List<StoredEvent>> Event(Work work, StoredReceipt receipt, long enrolment)
    {
        if (await work.Suspense.Payer(receipt.Id) is not { EventKind: { } kind } payer) return [];
        return
        [
            new StoredEvent
            {
                ReceiptId = receipt.Id, EnrolmentId = enrolment, HappenedOn = StagedRow.EventDay(receipt.NamedPeriod, receipt.ReceivedOn),
                Kind = kind, Amount = payer.EventValue ?? 0, Quantity = payer.EventQuantity,
            },
        ];
    }
}

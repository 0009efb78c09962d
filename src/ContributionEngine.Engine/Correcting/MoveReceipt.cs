using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Money that was given to the wrong member or period: the receipt is taken back, and one of the same number, amount, day and origin
/// stands in its place. A file may speak of it as before and as it is now: both are known, and neither is posted again.
/// </summary>
internal static class MoveReceipt
{
    public static async Task<Outcome<Correction>> Plan(Work work, CorrectionRequest request)
    {
        if (!(await FindReceipt.Live(work, request.Subject, request.Agreement)).Ok(out var found, out var refusal)) return refusal;
        if (!(await Ground.Of(work, found.AgreementId, request)).Ok(out var ground, out refusal)) return refusal;
        if (!(await FindReceipt.Live(work, found.Number, null)).Ok(out var receipt, out refusal)) return refusal;
        if (receipt.EnrolmentId is not { } from) return Refusal.Conflict("receipt_in_suspense", $"{receipt.Number} is held because its member is not known; there is nobody to move it from.") with { Help = $"Give it to her with 'suspense assign {receipt.Number} --to-member M --reason T'." };
        if (!(await ground.Member(request.ToMember!, receipt.ReceivedOn)).Ok(out var member, out refusal)) return refusal;
        if (PeriodFault(ground) is { } fault) return fault;
        var period = request.ToPeriod ?? receipt.NamedPeriod;
        if (member.EnrolmentId == from && period == receipt.NamedPeriod) return Refusal.Usage("move_changes_nothing", $"{receipt.Number} is member {member.MemberNo}'s already{(period is null ? "" : $", for {period}")}.") with { Help = "Name another member, or another period with --to-period." };
        return new Correction(ground, receipt.Number, receipt.Amount, [from, member.EnrolmentId], () => Make(ground, receipt, (member, period))) { UseCase = "receipt-moved" };
    }

    private static Refusal? PeriodFault(Ground ground)
    {
        if (ground.Request.ToPeriod is not { } text) return null;
        if (!Period.TryParse(text, out var period)) return Refusal.Usage("period_malformed", $"«{text}» is not a period such as 2021-03.");
        var terms = ground.Agreement.Agreement;
        return terms.Covers(period) ? null : Refusal.Input("R15", $"{period} is outside the agreement's term, {Values.Text(terms.Start)} to {Values.Text(terms.End)}.");
    }

    private static async Task<Made> Make(Ground ground, StoredReceipt receipt, (MemberDirectory.Payer Member, string? Period) to)
    {
        var (work, agreement, asOf, next) = (ground.Work, ground.Agreement, ground.AsOf, ground.Work.NextId());
        var aliases = await OtherNames.Of(ground, receipt, to);
        var events = await work.MemberEvents.With([receipt.Id]);
        var taken = await TakeBack.Of(work, agreement, [receipt], (new ReversalNote("moved", asOf.Day, ground.Request.Reason, next), $"{receipt.Number} moved"));
        List<StoredEvent> fresh = [.. events.Select(one => one with { ReceiptId = next, EnrolmentId = to.Member.EnrolmentId, HappenedOn = StagedRow.EventDay(to.Period, receipt.ReceivedOn) })];
        var followed = await FollowEvents.Of(work, agreement, asOf, ([.. events.Select(one => one.EnrolmentId)], fresh));
        var placing = await Placing.Of(ground, (next, receipt.Amount), to.Member.EnrolmentId, ReceiptPosting.Named(to.Period, receipt.NamedComponent));
        await work.Receipts.Post(agreement.Id, receipt.UploadId, asOf.Day, [Again(receipt, next, to) with { Allocated = placing.Allocated, Credit = placing.Credit }]);
        await placing.Book(ground, Account.Cash, $"{Numbers.Receipt(next)} in place of another");
        await work.MemberEvents.Add(fresh);
        await work.Reversals.AddAliases(agreement.Id, next, aliases);
        return new Made([.. taken.Obligations, .. followed, .. placing.Placed.PerObligation.Keys]) { Claims = taken.Claims, ReplacedBy = next };
    }

    private static NewReceipt Again(StoredReceipt receipt, long id, (MemberDirectory.Payer Member, string? Period) to) => new()
    {
        Id = id,
        RowNo = receipt.RowNo,
        ReceiptNo = receipt.ReceiptNo,
        EnrolmentId = to.Member.EnrolmentId,
        ReceivedOn = receipt.ReceivedOn,
        Amount = receipt.Amount,
        NamedPeriod = to.Period,
        NamedComponent = receipt.NamedComponent,
        Method = receipt.Method,
        Reference = receipt.Reference,
        Key = receipt.BusinessKey,
        Occurrence = receipt.Occurrence,
    };
}

/// <summary>Further names under which a file may speak of a receipt once a person has put it right.</summary>
internal static class OtherNames
{
    /// <summary>The names of a receipt that goes to a member and period, those included that it has already.</summary>
    public static async Task<IReadOnlyList<ReceiptAlias>> Of(Ground ground, StoredReceipt receipt, (MemberDirectory.Payer Member, string? Period) to)
    {
        var names = (await ground.Work.Reversals.Aliases(receipt.Id)).ToList();
        if (receipt.ReceiptNo is not null)
        {
            // As it was sent: of whom the row named then.
            names.Add(new ReceiptAlias { BusinessKey = receipt.BusinessKey, Occurrence = receipt.Occurrence, EnrolmentId = receipt.EnrolmentId });
            return names;
        }

        var keys = new ReceiptKeys(ground.Agreement.Currency);
        foreach (var key in new[] { receipt.NamedPeriod, to.Period }.Distinct().Select(period => keys.Of(receipt, to.Member.MemberId, period)))
        {
            if (key == receipt.BusinessKey || names.Exists(name => name.BusinessKey == key)) continue;
            var known = await ground.Work.Receipts.WithKeys(ground.Agreement.Id, [key]);
            names.Add(new ReceiptAlias { BusinessKey = key, Occurrence = known.Select(row => row.Occurrence).DefaultIfEmpty().Max() + 1, EnrolmentId = to.Member.EnrolmentId });
        }

        return names;
    }
}

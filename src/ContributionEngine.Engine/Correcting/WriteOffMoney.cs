using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Gives up money that nobody claims, or a claim that nobody pays. A second person always decides.</summary>
internal static class WriteOffMoney
{
    /// <summary>What a receipt holds as credit or in suspense.</summary>
    public static async Task<Outcome<Correction>> Plan(Work work, CorrectionRequest request)
    {
        if (!(await FindReceipt.Named(work, request.Subject, request.Agreement)).Ok(out var found, out var refusal)) return refusal;
        if (!(await Ground.Of(work, found.AgreementId, request)).Ok(out var ground, out refusal)) return refusal;
        var receipt = (await work.Reversals.Find(found.Id))!;
        return receipt.Credit + receipt.Suspense > 0 ? Of(ground, receipt.Number, [receipt]) : Nothing($"{receipt.Number} holds neither credit nor suspense.");
    }

    /// <summary>All credit of a member.</summary>
    public static async Task<Outcome<Correction>> PlanCredit(Work work, CorrectionRequest request)
    {
        if (!(await work.Agreements.Find(request.Agreement!)).Ok(out var agreement, out var refusal)) return refusal;
        if (!(await Ground.Of(work, agreement.Id, request)).Ok(out var ground, out refusal)) return refusal;
        var receipts = await work.Reversals.HoldingCredit(agreement.Id, request.Subject);
        return receipts.Count > 0 ? Of(ground, request.Subject, receipts) : Nothing($"Member {request.Subject} has no credit.");
    }

    /// <summary>The open claims of a receipt, whoever owes them.</summary>
    public static async Task<Outcome<Correction>> PlanClaims(Work work, CorrectionRequest request)
    {
        if (!(await FindReceipt.Named(work, request.Subject, request.Agreement)).Ok(out var found, out var refusal)) return refusal;
        if (!(await Ground.Of(work, found.AgreementId, request)).Ok(out var ground, out refusal)) return refusal;
        var claims = (await work.Claims.Of([found.Id])).Where(row => row.State == "open").ToList();
        return claims.Count == 0 ? Nothing($"Nothing is claimed for {found.Number}.") : new Correction(ground, found.Number, claims.Sum(row => row.Amount), [], () => GiveUp(ground, claims))
        {
            UseCase = "claims-written-off", SecondPerson = SecondPerson.Always,
        };
    }

    private static Correction Of(Ground ground, string subject, IReadOnlyList<StoredReceipt> receipts) =>
        new(ground, subject, receipts.Sum(row => row.Credit + row.Suspense), [.. receipts.Select(row => row.EnrolmentId).OfType<long>().Distinct()], () => GiveUp(ground, receipts))
        {
            UseCase = "money-written-off", Receipts = receipts.Count, SecondPerson = SecondPerson.Always,
        };

    private static async Task<Made> GiveUp(Ground ground, IReadOnlyList<StoredReceipt> receipts)
    {
        var (work, agreement, day) = (ground.Work, ground.Agreement, ground.AsOf.Day);
        var (credit, suspense) = (receipts.Sum(row => row.Credit), receipts.Sum(row => row.Suspense));
        await work.WriteOffs.Add(receipts, day, ground.Request.Reason);
        await work.Journal.Book(agreement, day, "written off", JournalEntry.Of(LedgerEvent.WrittenOff, (Account.MemberCredit, credit), (Account.Suspense, suspense), (Account.WrittenOff, -credit - suspense)));
        var leaver = RefundLeavers.About(ground.Request.Subject);
        await work.Cases.WriteOff(agreement.Id, [RowCases.Held, RefundLeavers.Due], [leaver, .. receipts.Select(row => RowCases.Subject(Numbers.Upload(row.UploadId), row.RowNo))], ground.Request.Reason);
        return new Made([]);
    }

    private static async Task<Made> GiveUp(Ground ground, IReadOnlyList<StoredClaim> claims)
    {
        var (work, agreement, day) = (ground.Work, ground.Agreement, ground.AsOf.Day);
        var total = claims.Sum(row => row.Amount);
        await work.Claims.End(claims.Select(row => row.Id), "written_off", day);
        await work.Journal.Book(agreement, day, "claims written off", JournalEntry.Of(LedgerEvent.WrittenOff, (Account.WrittenOff, total), (Account.Claims, -total)));
        await work.Cases.WriteOff(agreement.Id, [ClaimCases.OrganisationOwes, ClaimCases.MemberOwes], claims.Select(row => Numbers.Receipt(row.ReceiptId)).Distinct(), ground.Request.Reason);
        return new Made([]) { Claims = claims };
    }

    private static Refusal Nothing(string why) => Refusal.Conflict("nothing_to_write_off", why) with { Help = "Only credit, money in suspense and open claims can be given up." };
}

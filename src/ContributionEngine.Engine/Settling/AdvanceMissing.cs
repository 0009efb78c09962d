using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// What is missing of members' periods and must go now is paid by the organisation: a receipt for each member and period, from a file
/// that the run itself writes and keeps as an upload, and an obligation of the same amount, which her next money pays first.
/// </summary>
internal sealed class AdvanceMissing
{
    /// <summary>Component and method of an advance.</summary>
    public const string Word = "advance";

    private readonly StoredAgreement agreement;
    private readonly StoredRun run;
    private readonly List<NewReceipt> receipts = [];
    private readonly List<StoredObligation> debts = [];
    private readonly List<NewAllocation> allocations = [];
    private readonly StringBuilder file = new("member_no,received_on,amount,period,method\n");

    private AdvanceMissing(StoredAgreement agreement, StoredRun run) => (this.agreement, this.run) = (agreement, run);

    private long Total => receipts.Sum(row => row.Amount);

    /// <summary>What would be advanced at a cut-off, obligation by obligation.</summary>
    public static async Task<IReadOnlyList<StoredObligation>> Of(Work work, StoredAgreement agreement, AsOf cutoff)
    {
        if (!ShortfallRules.MayAdvance(agreement.Agreement)) return [];
        var before = ShortfallRules.AdvancesWhenDue(agreement.Agreement) ? await DueBefore(work, agreement, cutoff) : DateOnly.MinValue;
        return await work.Advances.Missing(agreement.Id, cutoff.Day, before);
    }

    /// <summary>Advances it. Twice changes nothing, because then nothing is missing.</summary>
    public static async Task At(Work work, StoredAgreement agreement, StoredRun run)
    {
        var missing = await Of(work, agreement, new AsOf(run.Cutoff, run.CutoffOn));
        if (missing.Count == 0) return;
        var made = new AdvanceMissing(agreement, run);
        var names = (await work.Members.Enrolments(missing.Select(row => row.EnrolmentId).Distinct())).ToDictionary(member => member.EnrolmentId, member => member.MemberNo);
        foreach (var period in missing.GroupBy(row => (row.EnrolmentId, row.Period))) made.Add(work, [.. period], names[period.Key.EnrolmentId]);
        await made.Save(work);
    }

    // The last cut-off from which it is still on time: what is due on the day of the next one may wait for it.
    private static async Task<DateOnly> DueBefore(Work work, StoredAgreement agreement, AsOf cutoff)
    {
        if (!(await RunSettlement.NextCutoff(work, agreement, cutoff.Instant)).Ok(out var next, out var refusal)) throw new InvalidOperationException(refusal.Detail);
        return next is { } later ? AsOf.DayIn(later, agreement.Agreement) : DateOnly.MaxValue;
    }

    private void Add(Work work, List<StoredObligation> missing, string memberNo)
    {
        var (first, amount) = (missing[0], missing.Sum(row => row.Outstanding));
        var receipt = work.NextId();
        receipts.Add(new NewReceipt
        {
            Id = receipt, RowNo = receipts.Count + 2, EnrolmentId = first.EnrolmentId, ReceivedOn = run.CutoffOn, Amount = amount, NamedPeriod = first.Period, Method = Word,
            Key = $"{Word} {run.Number} {first.EnrolmentId} {first.Period}", Occurrence = 1, Allocated = amount,
        });
        allocations.AddRange(missing.Select(row => new NewAllocation(receipt, row.Id, row.Outstanding)));
        debts.Add(first with
        {
            Id = work.NextId(), Component = Word, Payer = "member", Class = Words.Of(ObligationClass.Advance), Cause = run.Number, OpensOn = run.CutoffOn, DueOn = run.CutoffOn,
            Amount = amount, Reduced = 0, Allocated = 0,
        });
        file.Append(CsvCells.Text(memberNo)).Append(',').Append(Values.Text(run.CutoffOn)).Append(',').Append(new Money(amount, agreement.Currency).ToMajor())
            .Append(',').Append(first.Period).Append(',').Append(Word).Append('\n');
    }

    private async Task Save(Work work)
    {
        var upload = await KeepFile(work);
        await work.Receipts.Post(agreement.Id, upload, run.CutoffOn, receipts);
        await work.Receipts.AddAllocations(agreement.Id, run.CutoffOn, allocations);
        await work.Obligations.Allocate(allocations.Select(part => KeyValuePair.Create(part.ObligationId, part.Amount)));
        var basis = (await work.Obligations.BasisIds(agreement.Id, [SchedulePlan.Text([new Step($"paid by the organisation at {run.Number}", Values.Text(run.CutoffOn), null)])]))[0];
        await work.Obligations.Add(debts.Select(row => (agreement.Id, row with { BasisId = basis })));
        await work.Advances.Add(agreement.Id, receipts.Zip(debts, (receipt, debt) => new NewAdvance(receipt.Id, debt.Id)));
        await work.Journal.Book(agreement, run.CutoffOn, $"{run.Number} advances", JournalEntry.Of(LedgerEvent.Advanced, (Account.Advances, Total), (Account.Custody, -Total), (Account.Owed, Total), (Account.Scheduled, -Total)));
        await work.Audit.Record(agreement.Number, "advances-made", run.Number, JsonSerializer.Serialize(new { upload = Numbers.Upload(upload), receipts = receipts.Count, total = Total }));
    }

    private async Task<long> KeepFile(Work work)
    {
        var (id, bytes) = (work.NextId(), Encoding.UTF8.GetBytes(file.ToString()));
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var options = new UploadOptions(null, false, false, false, null).Text();
        await work.Uploads.Add(new NewUpload(id, Numbers.Upload(id), agreement.Id, $"advances {run.Number}.csv", sha256, bytes.Length, run.CutoffOn, options));
        await work.Uploads.KeepContent(id, new MemoryStream(bytes));
        var report = new UploadReport { Upload = Numbers.Upload(id), FileSha256 = sha256, Rows = receipts.Count, Ready = receipts.Count, SumReady = new Money(Total, agreement.Currency) };
        await work.Uploads.Conclude(id, "reconciled", UploadSummaryText.Write(report), work.Now);
        return id;
    }
}

using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Lines of a remittance and what they add up to.</summary>
public sealed record ForecastLines(long Lines, Money Total);

/// <summary>What the next cut-off would take of a file that is only checked, and what would miss it.</summary>
/// <param name="WillRemit">What of the file would go; null where that is not worked out.</param>
/// <param name="WillWait">Money of periods that are paid in part, credit and suspense.</param>
public sealed record FileForecast(ForecastLines? WillRemit, Money? WillWait)
{
    /// <summary>Why there is no forecast, or why nothing would go; null when there is nothing to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}

/// <summary>
/// Works out beforehand where the ready rows of a file would go, by the same decisions as posting and cutting, and writes
/// nothing. Late charges that posting would make are not foreseen.
/// </summary>
internal sealed class ForecastRows
{
    /// <summary>Ready rows for which it is worked out; of a longer file only the cut-off is said.</summary>
    public const int RowsMax = 50_000;

    private readonly List<(StagedRow Row, int? Place)> rows = [];
    private bool tooMany;

    public void Add(StagedRow row, MemberDirectory.Payer? payer)
    {
        if (tooMany) return;
        rows.Add((row, payer?.Place));
        if (rows.Count <= RowsMax) return;
        tooMany = true;
        rows.Clear();
    }

    public async Task<FileForecast> At(Work work, StoredAgreement agreement, (DateOnly AsOf, DateTimeOffset? Cutoff) days)
    {
        if (tooMany) return new FileForecast(null, null) { Note = $"Only of files with at most {RowsMax} ready rows." };
        if (await NoticedPeriods.AreTheRule(work, agreement)) return new FileForecast(null, null) { Note = "The fund takes only what it has quoted; once the file is posted, 'settlement plan' says what goes." };
        if (days.Cutoff is not { } cutoff) return new FileForecast(null, null) { Note = "There is no cut-off within two years." };
        var day = AsOf.DayIn(cutoff, agreement.Agreement);
        var credit = (await work.Receipts.HoldingCredit(agreement.Id)).ToLookup(receipt => receipt.EnrolmentId!.Value);
        var (sums, fees) = (new ForecastSums(agreement.Agreement.Shortfall == Shortfall.HoldBatch), 0L);
        var made = new HashSet<(long Enrolment, string Period)>();
        // All rows of a member stand in one batch: her money is placed row by row.
        foreach (var batch in rows.Where(item => item.Place is not null).GroupBy(item => item.Place, item => item.Row).Chunk(StagedRows.PerChunk))
        {
            var enrolments = batch.SelectMany(member => member).Select(row => row.Enrolment!.Value).ToHashSet();
            var open = await work.Obligations.OpenFor(enrolments, days.AsOf);
            var parts = Placed(batch.SelectMany(member => member), open, credit);
            var byCutoff = await work.Obligations.OpenFor(enrolments, day);
            var periods = Periods(agreement, open, byCutoff);
            var going = parts.Where(part => periods.Goes(part.Obligation)).ToList();
            sums.Add(going, byCutoff.Values.SelectMany(list => list), periods);
            made.UnionWith(going.Select(part => (part.Obligation.Enrolment, part.Obligation.Period.ToString())));
            fees += parts.Where(part => Account.Of(part.Obligation.Class) != Account.Custody).Sum(part => part.Minor);
        }

        var (lines, total) = await sums.Sum(work, agreement, day);
        var note = await Carried(work, agreement, new AsOf(cutoff, day), (total, made));
        if (note is not null) (lines, total) = (0, 0);
        return new FileForecast(new ForecastLines(lines, new Money(total, agreement.Currency)), new Money(rows.Sum(item => item.Row.Amount) - total - fees, agreement.Currency)) { Note = note };
    }

    // Why the cut-off would take nothing: with what waits already, and what the file sets free of it, there is too little.
    private static async Task<string?> Carried(Work work, StoredAgreement agreement, AsOf cutoff, (long Total, HashSet<(long Enrolment, string Period)> Made) file)
    {
        var limits = CutLimits.Of(agreement.Agreement.Settlement, agreement.Currency);
        if (limits.AmountMin == 0 || file.Total == 0) return null;
        var rule = CutDecision.RuleOf(agreement, cutoff.Day);
        var freed = rule.WholeOnly == 0 ? [] : await work.Lines.FreeOf(rule with { WholeOnly = 0 }, file.Made.Select(part => part.Enrolment).Distinct());
        var cut = file.Total + (await work.Lines.Takable(rule)).Total + freed.Where(sum => file.Made.Contains((sum.EnrolmentId, sum.Period))).Sum(sum => sum.Amount);
        return await CutDecision.Carries(work, agreement, (limits, cut), cutoff) ? RunSettlement.Carried(limits, new Money(cut, agreement.Currency)) : null;
    }

    // Credit that waits meets what has opened before anything is posted.
    private static List<AllocatedPart> Placed(IEnumerable<StagedRow> rows, Dictionary<long, List<OpenObligation>> open, ILookup<long, StoredReceipt> credit)
    {
        var before = new List<AllocatedPart>();
        foreach (var receipt in open.Keys.SelectMany(enrolment => credit[enrolment]).OrderBy(receipt => receipt.ReceivedOn).ThenBy(receipt => receipt.Id))
        {
            Allocation.Place(receipt.Credit, ReceiptPosting.Named(receipt.NamedPeriod, receipt.NamedComponent), open[receipt.EnrolmentId!.Value], before);
        }

        var parts = new List<AllocatedPart>();
        foreach (var row in rows) Allocation.Place(row.Amount, ReceiptPosting.Named(row.Period, row.Component), open.GetValueOrDefault(row.Enrolment!.Value) ?? [], parts);
        return parts;
    }

    // What opens after the as-of date and by the cut-off lacks everything.
    private static WholePeriods Periods(StoredAgreement agreement, Dictionary<long, List<OpenObligation>> open, Dictionary<long, List<OpenObligation>> byCutoff)
    {
        var periods = new WholePeriods(agreement.Agreement.Shortfall);
        var placed = open.Values.SelectMany(list => list).DistinctBy(obligation => obligation.Id).ToDictionary(obligation => obligation.Id);
        foreach (var obligation in byCutoff.Values.SelectMany(list => list)) periods.See(placed.GetValueOrDefault(obligation.Id, obligation));
        return periods;
    }
}

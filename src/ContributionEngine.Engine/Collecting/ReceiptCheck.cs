using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What the check of a chunk of rows gives: rows to stage, and what is wrong with the others.</summary>
internal sealed record CheckedChunk(List<StagedRow> Ready, List<FoundProblem> Problems, List<NewCase> Cases)
{
    /// <summary>Rows that are not posted, with what was found in them.</summary>
    public List<(ReceiptRow Row, IReadOnlyList<FoundProblem> Problems)> LeftOut { get; } = [];
}

/// <summary>
/// Checks rows against what only the database knows: members, the term, and receipts that are posted already. Nothing is
/// guessed; whatever is in doubt is left out and named.
/// </summary>
internal sealed class ReceiptCheck(StoredAgreement agreement, Pack pack, MemberDirectory members, UploadRequest request)
{
    private readonly FileRepeats repeats = new();
    private readonly MemberRules who = new(members);
    private readonly ReceiptKeys keys = new(agreement.Currency);
    private readonly ReadySums sums = new(members);
    private readonly ProblemGroups groups = new(agreement.Currency);
    private readonly ForecastRows forecast = new();
    private readonly RowRules rules = new(agreement.Agreement, pack);
    private PostedRepeats? posted;

    /// <summary>Its id; 0 when nothing is stored.</summary>
    public required long UploadId { get; init; }

    public required string UploadNumber { get; init; }

    public required UploadReport Report { get; init; }

    /// <summary>Money of unknown members is held: a payment without a number may be there under the name that it had then.</summary>
    public required bool HasSuspense { get; init; }

    /// <summary>Money of unknown members is held instead of left out: as asked for, or because a statement says that it is there.</summary>
    public required bool HoldsUnknown { get; init; }

    /// <summary>Receipts are posted under the agreement: without any there is nothing to look rows up in.</summary>
    public required bool HasReceipts { get; init; }

    public required UsualAmounts Usual { get; init; }

    /// <summary>What an errors file that comes back puts right.</summary>
    public required Corrections Corrections { get; init; }

    /// <summary>Only these rows are checked, the others being posted already; null: all.</summary>
    public HashSet<long>? Only { get; init; }

    /// <summary>How the rows, checked all together, differ from the sheet that they correct; null: they correct none.</summary>
    public CorrectionCheck? Correction { get; init; }

    /// <summary>Cases of payments that a statement reports as taken back: they open when the upload is committed, each once.</summary>
    public List<NewCase> Reversals { get; } = [];

    /// <summary>Checks some rows together, so that known receipts are looked up as a set.</summary>
    public async Task<CheckedChunk> Check(Work work, IReadOnlyList<ReceiptRow> rows)
    {
        var chunk = new CheckedChunk([], [], []);
        var candidates = new List<Candidate>(rows.Count);
        foreach (var row in rows)
        {
            if (Considered(row, chunk) is { } candidate) candidates.Add(candidate);
        }

        var known = await Known(work, candidates);
        await Corrections.Look(work, agreement.Id);
        posted ??= new PostedRepeats(request, Report, UploadId);
        Correction?.Look(candidates.Select(found => found.Staged));
        foreach (var (row, staged, payer, problems) in candidates)
        {
            if (Correction is not null && Settled(row, chunk)) continue;
            var corrected = Corrections.Find(row);
            var ready = known is null ? staged : Met((row, staged), [.. KeysOf(row, staged).SelectMany(key => known[ReceiptKeys.Text(key)])], corrected, problems);
            if (ready is not null && corrected is not null) Corrections.Take(corrected);
            if (ready is not null) Paid(ready, payer, problems);
            Count(row, ready, problems, chunk);
        }

        Report.Correction = Correction?.Counts;
        return chunk;
    }

    /// <summary>Says of the whole file what no row can say: to be asked when every row was checked.</summary>
    public async Task Conclude(Work work, DateOnly asOf)
    {
        who.Suggest(Report.Problems);
        Report.Groups = groups.List();
        if (Correction is null) Report.Schedule = await sums.Against(work, agreement, asOf);
    }

    /// <summary>Says what the next cut-off would take of the file.</summary>
    public async Task Foresee(Work work, DateOnly asOf, DateTimeOffset? cutoff) =>
        (Report.NextCutoff, Report.Forecast) = (cutoff, await forecast.At(work, agreement, (asOf, cutoff)));

    // Nothing is asked about a row that stands already; one that cannot be so any more is an error.
    private bool Settled(ReceiptRow row, CheckedChunk chunk)
    {
        if (Correction!.Gone(row) is { } gone) Count(row, null, [gone], chunk);
        else if (!Correction.Stands(row)) return false;
        else if (IsAsked(row)) Report.Count(row.Row, null, 0, null);
        return true;
    }

    // What the corrected sheet has posted is no repeat.
    private StagedRow? Met((ReceiptRow Row, StagedRow Staged) of, List<KnownReceipt> known, LeftOutRow? corrected, List<FoundProblem> problems) =>
        Correction is null ? posted!.Meet(of, known, corrected, problems)
        : posted!.Meet(of, Correction.OfOthers(known), corrected, problems) is { } ready ? Correction.Beside(ready, known) : null;

    // Null when nothing is posted that a row could repeat.
    private async Task<ILookup<string, KnownReceipt>?> Known(Work work, List<Candidate> candidates)
    {
        if (!HasReceipts) return null;
        var known = (await work.Receipts.WithKeys(agreement.Id, candidates.SelectMany(found => KeysOf(found.Row, found.Staged)).Distinct().Select(ReceiptKeys.Text))).ToLookup(receipt => receipt.BusinessKey);
        await Usual.Look(work, candidates.Select(found => found.Payer).OfType<MemberDirectory.Payer>());
        return known;
    }

    private bool IsAsked(ReceiptRow row) => Only?.Contains(row.Row) != false;

    private bool IsPayment(ReceiptRow row) => row.Reverses is null && !request.Fixes.IsLeftOut(row.Row);

    private MemberDirectory.Payer? MemberOf(ReceiptRow row) => row.HasMember ? members.Find(row.MemberNo, row.NationalId, row.ReceivedOn) : null;

    private UInt128[] KeysOf(ReceiptRow row, StagedRow staged) =>
        HasSuspense && row.ReceiptNo is null && staged.Enrolment is not null ? [staged.Key, keys.WhenUnknown(row)] : [staged.Key];

    // Null when the row is out of question, or was counted as left out.
    private Candidate? Considered(ReceiptRow row, CheckedChunk chunk)
    {
        var problems = new List<FoundProblem>();
        foreach (var item in row.Problems) problems.Add(new FoundProblem(row.Row, item.Code, "error", item.Field, item.Value, item.Detail) { Particulars = item.Particulars });
        var member = MemberOf(row);
        var occurrence = IsPayment(row) ? Repeated(row, member, problems) : 1;
        if (Correction is null && !IsAsked(row)) return null;
        if (!IsPayment(row)) return PassedOver(row, problems, chunk);
        who.Check(row, member, (HoldsUnknown, problems));
        rules.Check(row, problems);
        if (!problems.Exists(item => item.Severity == "error")) return new Candidate(row, Staged(row, member, occurrence), member, problems);
        Count(row, null, problems, chunk);
        return null;
    }

    private void Paid(StagedRow staged, MemberDirectory.Payer? payer, List<FoundProblem> problems)
    {
        if (UploadNumber.Length == 0) forecast.Add(staged, payer);
        if (payer is null) return;
        sums.Add(payer, staged.Amount);
        if (!HasReceipts || Usual.Times(payer, staged.Amount) is not { } times) return;
        var amount = Money.ToMajor(staged.Amount, agreement.Currency.Digits);
        problems.Add(new FoundProblem(staged.Row, "R10", "warning", "amount", amount, $"Row {staged.Row}: {amount} is {times} times what {payer.FullName} usually pays. Confirm.")
        {
            Particulars = Particulars.Of(null, ("amount", amount), ("times", Number(times)), ("name", payer.FullName)),
        });
    }

    // Nothing is asked about a row that a person leaves out; one that takes a payment back is for a person, and posts nothing.
    private Candidate? PassedOver(ReceiptRow row, List<FoundProblem> problems, CheckedChunk chunk)
    {
        problems.Clear();
        if (row.Reverses is { } number && !request.Fixes.IsLeftOut(row.Row))
        {
            var detail = $"Row {row.Row}: the statement takes payment “{number}” back. Nothing was posted; a case asks what to do with the receipt.";
            problems.Add(new FoundProblem(row.Row, "R19", "warning", "receipt_no", number, detail));
            Reversals.Add(new NewCase(RowCases.ReversalReported, number, row.IsFaulty("amount") ? null : row.AmountMinor, $"{UploadNumber:upload} row {row.Row:row}: the statement takes payment “{number:receipt}” back. Reverse the receipt, or dismiss the case with the reason."));
        }

        Count(row, null, problems, chunk);
        return null;
    }

    private void Count(ReceiptRow row, StagedRow? staged, List<FoundProblem> problems, CheckedChunk chunk)
    {
        if (!IsAsked(row)) return;
        Report.Count(row.Row, problems.Find(item => item.Severity == "error"), problems.Count, staged?.Amount);
        if (staged is not null) chunk.Ready.Add(staged);
        else chunk.LeftOut.Add((row, problems));
        if (problems.Count == 0) return;
        groups.Take(row.Row, row.IsFaulty("amount") ? null : row.AmountMinor, problems);
        chunk.Cases.AddRange(RowCases.Of(UploadNumber, row, problems, staged is not null));
        chunk.Problems.AddRange(problems);
    }

    // Lines of one receipt differ in period or component; any other repeat of a receipt number is an error from the second row on.
    private long Repeated(ReceiptRow row, MemberDirectory.Payer? member, List<FoundProblem> problems)
    {
        if (row.IsFaulty("receipt_no") || (row.ReceiptNo is null && (row.Problems.Count > 0 || !(row.HasMember || HoldsUnknown)))) return 1;
        var line = row.ReceiptNo is null ? default : keys.Line(row, member);
        var seen = repeats.Seen(keys.Print(row, member), row.Row, line);
        if (seen.Occurrence == 1) return 1;
        var isLine = row.ReceiptNo is not null && !seen.SameLine && seen.FirstLine.Payer == line.Payer;
        if (isLine) return seen.Occurrence;
        var detail = $"Rows {seen.FirstRow} and {row.Row} have the same receipt number or are equal. Were they two payments?";
        problems.Add(new FoundProblem(row.Row, "R05", row.ReceiptNo is null ? "warning" : "error", row.ReceiptNo is null ? "member_no" : "receipt_no", row.ReceiptNo ?? row.MemberNo, detail)
        {
            Particulars = Particulars.Of(null, ("other", Number(seen.FirstRow))),
        });
        return seen.Occurrence;
    }

    // A key costs more than all the rest of a check: where nothing is looked up or staged, none is worked out.
    private StagedRow Staged(ReceiptRow row, MemberDirectory.Payer? member, long occurrence) => new()
    {
        Row = row.Row,
        Enrolment = member?.EnrolmentId,
        ReceivedOn = row.ReceivedOn,
        Amount = row.AmountMinor,
        ReceiptNo = row.ReceiptNo,
        Period = row.Period?.ToString(),
        Component = row.Component,
        Method = row.Method,
        Reference = row.Reference,
        EventKind = row.EventKind,
        EventValue = row.EventValueMinor ?? 0,
        EventQuantity = row.EventQuantity,
        Key = HasReceipts || UploadNumber.Length > 0 ? keys.Of(row, member) : default,
        Occurrence = occurrence,
        Payer = member is null ? new SuspensePayer { MemberNo = row.MemberNo, NationalId = row.NationalId, FullName = row.MemberName } : null,
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Candidate(ReceiptRow Row, StagedRow Staged, MemberDirectory.Payer? Payer, List<FoundProblem> Problems);
}

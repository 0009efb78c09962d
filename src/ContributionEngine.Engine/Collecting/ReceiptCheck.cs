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
    private const int MonthsAfterTerm = 24;

    private readonly FileRepeats repeats = new();
    private readonly ReceiptKeys keys = new(agreement.Currency);
    private readonly HashSet<string> components = [.. pack.Components.Select(component => component.Id)];
    private PostedRepeats? posted;

    public required string UploadNumber { get; init; }

    public required UploadReport Report { get; init; }

    /// <summary>Money of unknown members is held: a payment without a number may be there under the name that it had then.</summary>
    public required bool HasSuspense { get; init; }

    /// <summary>Money of unknown members is held instead of left out: as asked for, or because a statement says that it is there.</summary>
    public required bool HoldsUnknown { get; init; }

    /// <summary>What an errors file that comes back puts right.</summary>
    public required Corrections Corrections { get; init; }

    /// <summary>Only these rows are checked, the others being posted already; null: all.</summary>
    public HashSet<long>? Only { get; init; }

    /// <summary>Cases of payments that a statement reports as taken back: they open when the upload is committed, each once.</summary>
    public List<NewCase> Reversals { get; } = [];

    /// <summary>Looks at every row once before the check, so that repeats inside the file are known with flat memory.</summary>
    public void Survey(IEnumerable<ReceiptRow> rows)
    {
        foreach (var row in rows.Where(IsPayment)) repeats.Note(keys.Of(row, MemberOf(row)));
        repeats.Decide();
    }

    /// <summary>Checks some rows together, so that known receipts are looked up as a set.</summary>
    public async Task<CheckedChunk> Check(Work work, IReadOnlyList<ReceiptRow> rows)
    {
        var chunk = new CheckedChunk([], [], []);
        var candidates = rows.Select(row => Candidate(row, chunk)).Where(found => found.Staged is not null).ToList();
        var known = (await work.Receipts.WithKeys(agreement.Id, candidates.SelectMany(found => KeysOf(found.Row, found.Staged!)).Distinct())).ToLookup(receipt => receipt.BusinessKey);
        await Corrections.Look(work, agreement.Id);
        posted ??= new PostedRepeats(request, Report, Numbers.Id("UPL", UploadNumber) ?? 0);
        foreach (var (row, staged, problems) in candidates)
        {
            var corrected = Corrections.Find(row);
            var ready = posted.Meet((row, staged!), [.. KeysOf(row, staged!).SelectMany(key => known[key])], corrected, problems);
            if (ready is not null && corrected is not null) Corrections.Take(corrected);
            Count(row, ready, problems, chunk);
        }

        return chunk;
    }

    private bool IsPayment(ReceiptRow row) => row.Reverses is null && !request.Fixes.IsLeftOut(row.Row);

    private EnrolledMember? MemberOf(ReceiptRow row) => row.HasMember ? members.Find(row.MemberNo, row.NationalId, row.ReceivedOn) : null;

    private string[] KeysOf(ReceiptRow row, StagedRow staged) =>
        HasSuspense && row.ReceiptNo is null && staged.Enrolment is not null ? [staged.Key, keys.WhenUnknown(row)] : [staged.Key];

    private (ReceiptRow Row, StagedRow? Staged, List<FoundProblem> Problems) Candidate(ReceiptRow row, CheckedChunk chunk)
    {
        var problems = row.Problems.Select(item => new FoundProblem(row.Row, item.Code, "error", item.Field, item.Value, item.Detail)).ToList();
        var member = MemberOf(row);
        var occurrence = IsPayment(row) ? Repeated(row, member, problems) : 1;
        if (Only?.Contains(row.Row) == false) return (row, null, problems);
        if (!IsPayment(row))
        {
            PassOver(row, problems, chunk);
            return (row, null, problems);
        }

        Member(row, member, problems);
        Place(row, problems);
        Event(row, problems);
        if (problems.Any(item => item.Severity == "error"))
        {
            Count(row, null, problems, chunk);
            return (row, null, problems);
        }

        return (row, Staged(row, member, occurrence), problems);
    }

    // Nothing is asked about a row that a person leaves out; one that takes a payment back is for a person, and posts nothing.
    private void PassOver(ReceiptRow row, List<FoundProblem> problems, CheckedChunk chunk)
    {
        problems.Clear();
        if (row.Reverses is { } number && !request.Fixes.IsLeftOut(row.Row))
        {
            var detail = $"Row {row.Row}: the statement takes payment “{number}” back. Nothing was posted; a case asks what to do with the receipt.";
            problems.Add(new FoundProblem(row.Row, "R19", "warning", "receipt_no", number, detail));
            Reversals.Add(new NewCase(RowCases.ReversalReported, number, row.IsFaulty("amount") ? null : row.AmountMinor, $"{UploadNumber} row {row.Row}: the statement takes payment “{number}” back. Reverse the receipt, or dismiss the case with the reason."));
        }

        Count(row, null, problems, chunk);
    }

    private void Member(ReceiptRow row, EnrolledMember? member, List<FoundProblem> problems)
    {
        if (!row.HasMember && row.Problems.Count == 0)
        {
            problems.Add(new FoundProblem(row.Row, "R01", "warning", "member_no", null, $"Row {row.Row}: the statement names no member. The money is held until somebody says whose it is."));
        }

        if (!row.HasMember || row.IsFaulty("member_no") || row.IsFaulty("national_id")) return;
        if (member is null)
        {
            var value = row.MemberNo ?? row.NationalId;
            var detail = members.AreTwo(row.MemberNo, row.NationalId)
                ? $"Row {row.Row}: number “{row.MemberNo}” and id “{row.NationalId}” belong to two people. Check both."
                : $"Row {row.Row}: there is no member “{value}”. Check the number or pick from the list.";
            problems.Add(new FoundProblem(row.Row, "R02", HoldsUnknown ? "warning" : "error", row.MemberNo is null ? "national_id" : "member_no", value, detail));
            return;
        }

        if (row.MemberName is { Length: > 0 } name && NamesDiffer(name, member.FullName))
        {
            problems.Add(new FoundProblem(row.Row, "R04", "warning", "member_name", name, $"Row {row.Row}: the number belongs to {member.FullName}, you wrote “{name}”. Same person?"));
        }

        if (!row.IsFaulty("received_on") && (row.ReceivedOn < member.EnrolledFrom || row.ReceivedOn > member.EnrolledTo))
        {
            var when = row.ReceivedOn < member.EnrolledFrom ? $"joined on {Values.Text(member.EnrolledFrom)}" : $"left on {Values.Text(member.EnrolledTo!.Value)}";
            problems.Add(new FoundProblem(row.Row, "R12", "warning", "received_on", Values.Text(row.ReceivedOn), $"Row {row.Row}: {member.FullName} {when}. The money pays what is open; the rest is credit."));
        }
    }

    private void Place(ReceiptRow row, List<FoundProblem> problems)
    {
        var terms = agreement.Agreement;
        if (row.Period is { } period && !terms.Terms.Any(term => period.Touches(term.Start, term.End)))
        {
            problems.Add(new FoundProblem(row.Row, "R15", "error", "period", period.ToString(), $"Row {row.Row}: {period} is outside the agreement's term, {Values.Text(terms.Start)} to {Values.Text(terms.End)}."));
        }

        if (!row.IsFaulty("received_on") && row.ReceivedOn > terms.End.AddMonths(MonthsAfterTerm))
        {
            problems.Add(new FoundProblem(row.Row, "R15", "error", "received_on", Values.Text(row.ReceivedOn), $"Row {row.Row}: {Values.Text(row.ReceivedOn)} is more than {MonthsAfterTerm} months after the agreement's term ended."));
        }

        if (row.Component is { Length: > 0 } component && !components.Contains(component))
        {
            problems.Add(new FoundProblem(row.Row, "R17", "error", "component", component, $"Row {row.Row}: “{component}” is no component of the scheme. Write one of {string.Join(", ", components)}, or leave it empty."));
        }
    }

    private void Event(ReceiptRow row, List<FoundProblem> problems)
    {
        if (row.EventKind is not { } kind) return;
        var fault = !pack.EventKinds.Contains(kind) ? ("event_kind", kind, $"“{kind}” is no event of the scheme. Write one of {string.Join(", ", pack.EventKinds)}, or leave it empty.")
            : row.EventValueMinor is null && !row.IsFaulty("event_value") ? ("event_value", (string?)null, $"the value of the {kind} is missing.")
            : row.EventQuantity is null && pack.File.Events?.QuantityDecimals is not null && !row.IsFaulty("event_quantity") ? ("event_quantity", null, $"the quantity of the {kind} is missing.")
            : default;
        if (fault.Item1 is not null) problems.Add(new FoundProblem(row.Row, "R18", "error", fault.Item1, fault.Item2, $"Row {row.Row}: {fault.Item3}"));
    }

    private void Count(ReceiptRow row, StagedRow? staged, List<FoundProblem> problems, CheckedChunk chunk)
    {
        Report.Count(row.Row, problems.Find(item => item.Severity == "error"), problems.Count, staged?.Amount);
        if (staged is not null) chunk.Ready.Add(staged);
        else chunk.LeftOut.Add((row, problems));
        chunk.Cases.AddRange(RowCases.Of(UploadNumber, row, problems, staged is not null));
        chunk.Problems.AddRange(problems);
    }

    // Lines of one receipt differ in period or component; any other repeat of a receipt number is an error from the second row on.
    private long Repeated(ReceiptRow row, EnrolledMember? member, List<FoundProblem> problems)
    {
        if (row.IsFaulty("receipt_no") || (row.ReceiptNo is null && (row.Problems.Count > 0 || !(row.HasMember || HoldsUnknown)))) return 1;
        var who = ReceiptKeys.Payer(row, member);
        var seen = repeats.Seen(keys.Of(row, member), row.Row, row.ReceiptNo is null ? "" : $"{who}|{row.Period}|{row.Component}");
        if (seen.Occurrence == 1) return 1;
        var isLine = row.ReceiptNo is not null && !seen.SameLine && seen.FirstLine.StartsWith(who + "|", StringComparison.Ordinal);
        if (isLine) return seen.Occurrence;
        var detail = $"Rows {seen.FirstRow} and {row.Row} have the same receipt number or are equal. Were they two payments?";
        problems.Add(new FoundProblem(row.Row, "R05", row.ReceiptNo is null ? "warning" : "error", row.ReceiptNo is null ? "member_no" : "receipt_no", row.ReceiptNo ?? row.MemberNo, detail));
        return seen.Occurrence;
    }

    private StagedRow Staged(ReceiptRow row, EnrolledMember? member, long occurrence) => new()
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
        Key = keys.Of(row, member),
        Occurrence = occurrence,
    };

    // Names differ strongly when they share no word of three letters or more.
    private static bool NamesDiffer(string left, string right) => !Tokens(left).Overlaps(Tokens(right));

    private static HashSet<string> Tokens(string name) => [.. PlainLetters.Folded(name).Split(' ').Where(word => word.Length > 2)];
}

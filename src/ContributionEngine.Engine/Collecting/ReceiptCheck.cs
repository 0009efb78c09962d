using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What the check of a chunk of rows gives: rows to stage, and what is wrong with the others.</summary>
internal sealed record CheckedChunk(List<StagedRow> Ready, List<FoundProblem> Problems, List<NewCase> Cases);

/// <summary>
/// Checks rows against what only the database knows: members, the term, and receipts that are posted already. Nothing is
/// guessed; whatever is in doubt is left out and named.
/// </summary>
internal sealed class ReceiptCheck(StoredAgreement agreement, Pack pack, MemberDirectory members, UploadRequest request)
{
    private const int MonthsAfterTerm = 24;

    private readonly FileRepeats repeats = new();
    private readonly HashSet<string> components = [.. pack.Components.Select(component => component.Id)];

    public required string UploadNumber { get; init; }

    public required UploadReport Report { get; init; }

    /// <summary>Rows are left out for good only when the ready ones are posted without them.</summary>
    public bool OpensCases => request.OnlyReady;

    /// <summary>Looks at every row once before the check, so that repeats inside the file are known with flat memory.</summary>
    public void Survey(IEnumerable<ReceiptRow> rows)
    {
        foreach (var row in rows) repeats.Note(Key(row, row.HasMember ? members.Find(row.MemberNo, row.NationalId, row.ReceivedOn) : null));
        repeats.Decide();
    }

    /// <summary>Checks some rows together, so that known receipts are looked up as a set.</summary>
    public async Task<CheckedChunk> Check(Work work, IReadOnlyList<ReceiptRow> rows)
    {
        var chunk = new CheckedChunk([], [], []);
        var candidates = rows.Select(row => Candidate(row, chunk)).Where(row => row.Staged is not null).ToList();
        var known = (await work.Receipts.WithKeys(agreement.Id, candidates.Select(row => row.Staged!.Key).DistinctBy(Convert.ToHexString)))
            .ToLookup(receipt => Convert.ToHexString(receipt.BusinessKey));
        foreach (var (row, staged, problems) in candidates)
        {
            var ready = Repeat(row, staged!, [.. known[Convert.ToHexString(staged!.Key)]], problems);
            Count(row, ready, problems, chunk);
        }

        return chunk;
    }

    private (ReceiptRow Row, StagedRow? Staged, List<FoundProblem> Problems) Candidate(ReceiptRow row, CheckedChunk chunk)
    {
        var problems = row.Problems.Select(item => new FoundProblem(row.Row, item.Code, "error", item.Field, item.Value, item.Detail)).ToList();
        var readable = !row.Problems.Any(item => item.Field is "received_on" or "amount");
        var member = readable && row.HasMember ? members.Find(row.MemberNo, row.NationalId, row.ReceivedOn) : null;
        if (row.HasMember && readable) Member(row, member, problems);
        if (readable) Place(row, problems);
        var occurrence = Repeated(row, member, readable, problems);
        if (problems.Any(item => item.Severity == "error"))
        {
            Count(row, null, problems, chunk);
            return (row, null, problems);
        }

        return (row, Staged(row, member, occurrence), problems);
    }

    private void Member(ReceiptRow row, EnrolledMember? member, List<FoundProblem> problems)
    {
        if (member is null)
        {
            var value = row.MemberNo ?? row.NationalId;
            var detail = $"Row {row.Row}: there is no member “{value}”. Check the number or pick from the list.";
            problems.Add(new FoundProblem(row.Row, "R02", request.HoldUnknown ? "warning" : "error", row.MemberNo is null ? "national_id" : "member_no", value, detail));
            return;
        }

        if (row.MemberName is { Length: > 0 } name && NamesDiffer(name, member.FullName))
        {
            problems.Add(new FoundProblem(row.Row, "R04", "warning", "member_name", name, $"Row {row.Row}: the number belongs to {member.FullName}, you wrote “{name}”. Same person?"));
        }

        if (row.ReceivedOn < member.EnrolledFrom || row.ReceivedOn > member.EnrolledTo)
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
        else if (row.ReceivedOn > terms.End.AddMonths(MonthsAfterTerm))
        {
            problems.Add(new FoundProblem(row.Row, "R15", "error", "received_on", Values.Text(row.ReceivedOn), $"Row {row.Row}: {Values.Text(row.ReceivedOn)} is more than {MonthsAfterTerm} months after the agreement's term ended."));
        }

        if (row.Component is { Length: > 0 } component && !components.Contains(component))
        {
            problems.Add(new FoundProblem(row.Row, "R17", "error", "component", component, $"Row {row.Row}: “{component}” is no component of the scheme. Write one of {string.Join(", ", components)}, or leave it empty."));
        }
    }

    // What stands on a live posted receipt is never posted again; with other content it is a clash for a person.
    private StagedRow? Repeat(ReceiptRow row, StagedRow staged, IReadOnlyList<KnownReceipt> known, List<FoundProblem> problems)
    {
        if (staged.ReceiptNo is null)
        {
            if (known.All(receipt => receipt.Occurrence != staged.Occurrence)) return staged;
            if (request.AcceptRepeats) return staged with { Occurrence = known.Max(receipt => receipt.Occurrence) + staged.Occurrence };
        }
        else if (known.Count == 0)
        {
            return staged;
        }

        var same = staged.ReceiptNo is null || known.Any(receipt => receipt.EnrolmentId == staged.Enrolment && receipt.ReceivedOn == staged.ReceivedOn && receipt.Amount == staged.Amount);
        var detail = same
            ? $"Row {row.Row}: this receipt is already posted. Nothing was counted twice."
            : $"Row {row.Row}: receipt “{staged.ReceiptNo}” is already posted with another member, day or amount. Check the receipt.";
        problems.Add(new FoundProblem(row.Row, "R06", same ? "warning" : "error", staged.ReceiptNo is null ? "amount" : "receipt_no", staged.ReceiptNo, detail));
        return null;
    }

    private void Count(ReceiptRow row, StagedRow? staged, List<FoundProblem> problems, CheckedChunk chunk)
    {
        Report.Rows++;
        var error = problems.FirstOrDefault(item => item.Severity == "error");
        if (error is not null)
        {
            Report.Errors++;
            Report.ErrorRows[row.Row] = error;
        }
        else if (problems.Count > 0)
        {
            Report.Warnings++;
        }

        if (staged is null) Report.LeftOut++;
        else
        {
            Report.Ready++;
            Report.SumReady += new Money(staged.Amount, agreement.Currency);
            chunk.Ready.Add(staged);
        }

        if (error is { Code: "R02" }) chunk.Cases.Add(new NewCase("row_left_out", Subject(row), row.AmountMinor, error.Detail));
        if (error is { Code: "R06" }) chunk.Cases.Add(new NewCase("receipt_no_clash", Subject(row), row.AmountMinor, error.Detail));
        chunk.Problems.AddRange(problems);
    }

    private string Subject(ReceiptRow row) => $"{UploadNumber} row {row.Row}";

    // Lines of one receipt differ in period or component; any other repeat of a receipt number is an error from the second row on.
    private long Repeated(ReceiptRow row, EnrolledMember? member, bool readable, List<FoundProblem> problems)
    {
        if (row.ReceiptNo is null && (!readable || !row.HasMember)) return 1;
        var who = Identity(row, member);
        var seen = repeats.Seen(Key(row, member), row.Row, row.ReceiptNo is null ? "" : $"{who}|{row.Period}|{row.Component}");
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
        Key = Key(row, member),
        Occurrence = occurrence,
    };

    private byte[] Key(ReceiptRow row, EnrolledMember? member)
    {
        var who = Identity(row, member);
        var text = row.ReceiptNo is { } number
            ? $"no|{number.Trim().ToUpperInvariant()}"
            : $"row|{who}|{Values.Text(row.ReceivedOn)}|{row.AmountMinor}|{agreement.Currency.Code}|{row.Period}|{row.Component}|{row.Method}|{row.Reference}";
        return SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16];
    }

    private static string Identity(ReceiptRow row, EnrolledMember? member) =>
        member is null ? $"?{row.MemberNo}/{row.NationalId}" : member.MemberId.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // Names differ strongly when they share no word of three letters or more.
    private static bool NamesDiffer(string left, string right) => !Tokens(left).Overlaps(Tokens(right));

    private static HashSet<string> Tokens(string name) => [.. PlainLetters.Folded(name).Split(' ').Where(word => word.Length > 2)];
}

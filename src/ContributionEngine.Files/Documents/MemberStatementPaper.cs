using System.Globalization;

namespace ContributionEngine.Files;

/// <summary>A member's statement as a paper: the same figures and proofs as on her page.</summary>
internal static class MemberStatementPaper
{
    public static Paper Of(MemberStatement of)
    {
        var texts = DocumentTexts.Of(of.Language);
        var says = texts.Statement;
        return new Paper
        {
            Language = texts.Language, Title = says.Title, From = of.Organisation, For = of.FullName, Number = of.MemberNo, Foot = texts.Page,
            Blocks =
            [
                new Facts((says.MemberNo, of.MemberNo), (says.NationalId, of.NationalId), (says.Agreement, of.Agreement), (says.Fund, of.Fund), (texts.Date, $"{says.As(of.On)}, {of.Currency.Code}")),
                new Sums((says.Owed, Major(of.Total.Owed)), (says.Paid, Major(of.Total.Paid)), (says.Remitted, Major(of.Total.Remitted)), (says.Accepted, Major(of.Total.Accepted))),
                new Heading(says.ByPeriod),
                new Table([says.Period, says.Owed, says.Paid, says.Open, texts.RunningOpen, says.Remitted, says.Accepted], 1, [.. Periods(of, texts)], Cells(says.Total, of.Total, of.Total.Open)),
                new Heading(says.Receipts),
                of.Receipts.Count == 0 ? new Sentence(says.NoReceipts) : new Table([texts.Date, says.Receipt, texts.PaidFor, texts.Amount], 3, [.. of.Receipts.SelectMany(got => Payment(got, of, texts))], []),
                new Heading(says.Proofs),
                new Sentence(of.Proven.Any() ? says.ProofsSay : says.NoProofs),
                .. of.Proven.SelectMany(line => Proof(of, line, says)),
            ],
        };

        string Major(long minor) => says.Amount(minor, of.Currency);
        IReadOnlyList<string> Cells(string name, StatedPeriod sum, long running) => [name, Major(sum.Owed), Major(sum.Paid), Major(sum.Open), Major(running), Major(sum.Remitted), Major(sum.Accepted)];
    }

    private static IEnumerable<IReadOnlyList<string>> Periods(MemberStatement of, DocumentTexts texts)
    {
        var running = 0L;
        foreach (var one in of.Periods)
        {
            running += one.Open;
            yield return [texts.Month(one.Period), .. new[] { one.Owed, one.Paid, one.Open, running, one.Remitted, one.Accepted }.Select(minor => texts.Statement.Amount(minor, of.Currency))];
        }
    }

    // The payment in a row, and in the rows under it where each part of it went.
    private static IEnumerable<IReadOnlyList<string>> Payment(StatedReceipt got, MemberStatement of, DocumentTexts texts)
    {
        var says = texts.Statement;
        string Major(long minor) => says.Amount(minor, of.Currency);
        yield return [StatementTexts.Day(got.ReceivedOn), got.ReceiptNo ?? got.Receipt, "", Major(got.Amount)];
        foreach (var part in got.Parts) yield return ["", "", $"{texts.Month(part.Period)} · {says.Class(part.Class)} {part.Component}: {Major(part.Amount)}, {(part.Reference is null ? says.Held : says.On(part.Reference, part.Outcome!))}", ""];
        if (got.Credit > 0) yield return ["", "", $"{Major(got.Credit)} {says.Credit}", ""];
        if (got.Refunded > 0) yield return ["", "", $"{Major(got.Refunded)} {says.Refunded}", ""];
    }

    private static IEnumerable<Block> Proof(MemberStatement of, StatedLine line, StatementTexts says)
    {
        var proof = line.Proof!;
        return
        [
            new Code(
                of.AddressOf(proof) ?? MemberStatementFile.Proof(proof.Line),
                ($"{line.Period} · {says.Class(line.Class)} {line.Component}", $"{says.Amount(line.Amount, of.Currency)} {of.Currency.Code}, {says.On(line.Reference, line.Outcome)}"),
                (says.LineOf(line.LineNo, proof.LineCount), $"{says.Version} {proof.Version.ToString(CultureInfo.InvariantCulture)}. {(proof.ConfirmedOn is { } on ? says.Confirmed(on) : says.NotConfirmed)}"),
                (says.Line, proof.Line.Line), (says.Salt, proof.Line.Salt), (says.Path, proof.Line.Path.Count == 0 ? "–" : string.Join(' ', proof.Line.Path)), (says.Root, proof.Line.Root)) { IsFine = true },
        ];
    }
}

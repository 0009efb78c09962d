using System.Globalization;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Whom a remittance is for and how much of it is each one's, with its totals and what of it came back. Amounts in minor units.</summary>
public sealed record RemittanceAdvice
{
    /// <summary>A longer one is read by programs: as CSV.</summary>
    public const int PaperLinesMax = 20_000;

    public required string Remittance { get; init; }

    public required string Reference { get; init; }

    public required string Agreement { get; init; }

    public required string Organisation { get; init; }

    public required string Fund { get; init; }

    public required Currency Currency { get; init; }

    public required DateOnly Cutoff { get; init; }

    /// <summary>The total that was sealed.</summary>
    public required long Total { get; init; }

    /// <summary>What the fund sent back before the money left.</summary>
    public required long Rejected { get; init; }

    public required long Paid { get; init; }

    public required IReadOnlyList<AdvisedLine> Lines { get; init; }

    /// <summary>The language of whoever asks, such as <c>es</c>; null: English.</summary>
    public string? Language { get; init; }

    public long Payable => Total - Rejected;
}

/// <summary>A line of a remittance.</summary>
public sealed record AdvisedLine(long LineNo, string MemberNo, string NationalId, string FullName, string Period, string Component, string Class, long Amount, string Outcome, string Code);

/// <summary>Writes a remittance advice in the form that is asked for.</summary>
public static class RemittanceAdviceFile
{
    public static readonly IReadOnlyList<string> Formats = ["pdf", "html", "csv"];

    /// <param name="format">One of <see cref="Formats"/>.</param>
    public static void Write(RemittanceAdvice advice, string format, Stream target)
    {
        if (format == "csv") target.Write(Encoding.UTF8.GetBytes(Csv(advice)));
        else PaperFile.Write(PaperOf(advice), format, target);
    }

    private static Paper PaperOf(RemittanceAdvice of)
    {
        var (texts, says) = (DocumentTexts.Of(of.Language), DocumentTexts.Of(of.Language).Statement);
        return new Paper
        {
            Language = texts.Language, Title = texts.AdviceTitle, From = of.Organisation, For = of.Fund, Number = of.Remittance, Foot = texts.Page,
            Blocks =
            [
                new Facts((says.Reference, $"{of.Reference} ({of.Remittance})"), (says.Agreement, of.Agreement), (texts.CutOff, $"{StatementTexts.Day(of.Cutoff)}, {of.Currency.Code}")),
                new Sums((texts.Sealed, Major(of.Total)), (texts.Rejected, Major(of.Rejected)), (texts.BankPaid, Major(of.Paid)), (texts.Difference, Major(of.Paid - of.Payable))),
                new Heading(texts.Totals),
                new Table([texts.Component, says.Class("principal"), texts.Lines, texts.Amount], 2, [.. Components(of, texts)], [says.Total, "", Count(of.Lines.Count), Major(of.Lines.Sum(line => line.Amount))]),
                new Table([texts.State, texts.Lines, texts.Amount], 1, [.. Outcomes(of, texts)], []),
                new Heading(texts.Members),
                new Table([texts.Member, texts.Name, says.Period, texts.State, texts.Amount], 4, [.. Members(of, texts)], [says.Total, Count(of.Lines.Select(line => line.MemberNo).Distinct().Count()), "", "", Major(of.Lines.Sum(line => line.Amount))]),
            ],
        };

        string Major(long minor) => says.Amount(minor, of.Currency);
    }

    private static IEnumerable<IReadOnlyList<string>> Components(RemittanceAdvice of, DocumentTexts texts) =>
        of.Lines.GroupBy(line => (line.Component, line.Class)).Select(group => Row(group.Key.Component, texts.Statement.Class(group.Key.Class), Count(group.Count()), texts.Statement.Amount(group.Sum(line => line.Amount), of.Currency)));

    private static IEnumerable<IReadOnlyList<string>> Outcomes(RemittanceAdvice of, DocumentTexts texts) =>
        of.Lines.GroupBy(line => line.Outcome).Select(group => Row(texts.Outcome(group.Key), Count(group.Count()), texts.Statement.Amount(group.Sum(line => line.Amount), of.Currency)));

    // One row for a member's period: its components stand together.
    private static IEnumerable<IReadOnlyList<string>> Members(RemittanceAdvice of, DocumentTexts texts) =>
        of.Lines.GroupBy(line => (line.MemberNo, line.FullName, line.Period, line.Outcome)).Select(group =>
            Row(group.Key.MemberNo, group.Key.FullName, texts.Month(group.Key.Period), texts.Outcome(group.Key.Outcome), texts.Statement.Amount(group.Sum(line => line.Amount), of.Currency)));

    private static string Csv(RemittanceAdvice of)
    {
        var text = new StringBuilder("line,member_no,national_id,full_name,period,component,class,amount,currency,outcome,code\n");
        foreach (var line in of.Lines)
        {
            text.AppendJoin(',', Count(line.LineNo), CsvCells.Text(line.MemberNo), CsvCells.Text(line.NationalId), CsvCells.Text(line.FullName), line.Period, CsvCells.Text(line.Component), line.Class, Money.ToMajor(line.Amount, of.Currency.Digits), of.Currency.Code, line.Outcome, CsvCells.Text(line.Code)).Append('\n');
        }

        return text.ToString();
    }

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Row(params IReadOnlyList<string> cells) => cells;
}

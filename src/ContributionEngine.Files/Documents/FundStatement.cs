using System.Globalization;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What organisations have sent to a fund and paid it, agreement by agreement. Amounts in minor units.</summary>
public sealed record FundStatement
{
    /// <summary>Code of the fund.</summary>
    public required string Code { get; init; }

    public required string Fund { get; init; }

    /// <summary>The language of whoever asks, such as <c>es</c>; null: English.</summary>
    public string? Language { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>In the order of agreements and cut-offs; cancelled ones are not among them.</summary>
    public required IReadOnlyList<StatedRemittance> Remittances { get; init; }

    /// <summary>By agreement and currency.</summary>
    public IReadOnlyList<StatedRemittance> Agreements =>
        [.. Remittances.GroupBy(one => (one.Agreement, one.Organisation, one.Currency)).Select(group => new StatedRemittance(group.Key.Agreement, group.Key.Organisation, group.Key.Currency)
        {
            Number = "", Reference = "", State = "", Cutoff = group.Max(one => one.Cutoff),
            Total = group.Sum(one => one.Total), Accepted = group.Sum(one => one.Accepted), Rejected = group.Sum(one => one.Rejected), Paid = group.Sum(one => one.Paid),
        })];
}

/// <summary>A remittance as a fund's account shows it, or all of an agreement.</summary>
public sealed record StatedRemittance(string Agreement, string Organisation, Currency Currency)
{
    public required string Number { get; init; }

    public required string Reference { get; init; }

    public required DateOnly Cutoff { get; init; }

    /// <summary>As screens and commands show it.</summary>
    public required string State { get; init; }

    public required long Total { get; init; }

    public required long Accepted { get; init; }

    public required long Rejected { get; init; }

    public required long Paid { get; init; }

    /// <summary>Payable and not paid yet; below zero when more was paid.</summary>
    public long Open => Total - Rejected - Paid;
}

/// <summary>Writes a fund's account in the form that is asked for.</summary>
public static class FundStatementFile
{
    public static readonly IReadOnlyList<string> Formats = ["pdf", "html", "csv", "json"];

    /// <param name="format">One of <see cref="Formats"/>.</param>
    public static void Write(FundStatement statement, string format, Stream target)
    {
        if (format == "csv") target.Write(Encoding.UTF8.GetBytes(Csv(statement)));
        else if (format == "json") target.Write(DocumentJson.Of(Document(statement)));
        else PaperFile.Write(PaperOf(statement), format, target);
    }

    private static object Document(FundStatement of)
    {
        return new
        {
            of.Code, of.Fund, of.On,
            agreements = of.Agreements.Select(one => new { one.Agreement, one.Organisation, currency = one.Currency.Code, remitted = Major(one, one.Total), accepted = Major(one, one.Accepted), rejected = Major(one, one.Rejected), paid = Major(one, one.Paid), open = Major(one, one.Open) }),
            remittances = of.Remittances.Select(one => new
            {
                one.Agreement, one.Organisation, remittance = one.Number, one.Reference, one.Cutoff, one.State, currency = one.Currency.Code,
                remitted = Major(one, one.Total), accepted = Major(one, one.Accepted), rejected = Major(one, one.Rejected), paid = Major(one, one.Paid), open = Major(one, one.Open),
            }),
        };

        static string Major(StatedRemittance one, long minor) => Money.ToMajor(minor, one.Currency.Digits);
    }

    private static Paper PaperOf(FundStatement of)
    {
        var (texts, says) = (DocumentTexts.Of(of.Language), DocumentTexts.Of(of.Language).Statement);
        IReadOnlyList<string> figures = [says.Remitted, says.Accepted, texts.Rejected, says.Paid, says.Open];
        return new Paper
        {
            Language = texts.Language, Title = texts.FundTitle, From = of.Code, For = of.Fund, Number = of.Code, Foot = texts.Page,
            Blocks =
            [
                new Sentence(says.As(of.On)),
                new Heading(texts.Accounts),
                .. of.Agreements.GroupBy(one => one.Currency).Select(group => new Table(
                    [says.Agreement, texts.Organisation, .. figures], 2, [.. group.Select(one => Cells([one.Agreement, one.Organisation], one))], [$"{says.Total} {group.Key.Code}", "", .. Totals(group)])),
                new Heading(texts.Remittances),
                .. of.Remittances.GroupBy(one => one.Currency).Select(group => new Table(
                    [texts.CutOff, says.Reference, .. figures], 2, [.. group.Select(one => Cells([StatementTexts.Day(one.Cutoff), one.Reference], one))], [$"{says.Total} {group.Key.Code}", "", .. Totals(group)])),
            ],
        };

        IReadOnlyList<string> Cells(IReadOnlyList<string> names, StatedRemittance one) => [.. names, .. Of(one).Select(minor => says.Amount(minor, one.Currency))];
        IEnumerable<string> Totals(IGrouping<Currency, StatedRemittance> group) => Enumerable.Range(0, figures.Count).Select(i => says.Amount(group.Sum(one => Of(one)[i]), group.Key));
    }

    private static long[] Of(StatedRemittance one) => [one.Total, one.Accepted, one.Rejected, one.Paid, one.Open];

    private static string Csv(FundStatement of)
    {
        var text = new StringBuilder("agreement,organisation,remittance,reference,cutoff,state,currency,remitted,accepted,rejected,paid,open\n");
        foreach (var one in of.Remittances)
        {
            text.AppendJoin(',', [CsvCells.Text(one.Agreement), CsvCells.Text(one.Organisation), one.Number, one.Reference, one.Cutoff.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), one.State, one.Currency.Code, .. Of(one).Select(minor => Money.ToMajor(minor, one.Currency.Digits))]).Append('\n');
        }

        return text.ToString();
    }
}

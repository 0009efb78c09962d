using System.Globalization;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Writes a settlement report in the form that is asked for.</summary>
/// <param name="words">The words of a state or a reason in the report's language, by its area (<c>state</c>, <c>case</c>) and its code.</param>
public sealed class SettlementReportFile(SettlementReport of, Func<string, string, string> words)
{
    public static readonly IReadOnlyList<string> Formats = ["pdf", "html", "csv", "json"];

    private const string Json = "json";
    private const string Csv = "csv";

    /// <param name="format">One of <see cref="Formats"/>.</param>
    public void Write(string format, Stream target)
    {
        if (format == Csv) target.Write(Encoding.UTF8.GetBytes(Separated()));
        else if (format == Json) target.Write(DocumentJson.Of(Document()));
        else PaperFile.Write(Paper(), format, target);
    }

    private Paper Paper()
    {
        var (texts, says, own) = (DocumentTexts.Of(of.Language), DocumentTexts.Of(of.Language).Statement, new SettlementTexts(DocumentTexts.Of(of.Language)));
        return new Paper
        {
            Language = texts.Language, Title = own.Title, From = of.Organisation, For = of.Fund, Number = of.Run, Foot = texts.Page,
            Blocks =
            [
                new Facts((own.Run, $"{of.Run}, {words("state", of.State)}"), (says.Agreement, of.Agreement), (texts.CutOff, $"{StatementTexts.Day(of.CutoffOn)} ({InstantText.Of(of.Cutoff)}), {of.Currency.Code}")),
                new Sums((says.Remitted, Major(of.Total - of.Cancelled)), (says.Accepted, Major(of.Accepted)), (texts.BankPaid, Major(of.Paid)), (says.Open, Major(of.Open))),
                new Heading(own.Controls),
                new Table([own.Control, own.Count, texts.Amount], 1, [.. Controls(texts, own)], [texts.Difference, "", Major(of.Difference)]),
                new Heading(texts.Remittances),
                .. of.Remittances.Count == 0 ? [new Sentence(own.NothingCut)] : Remittances(texts, own),
                new Heading(own.Cases),
                of.Cases.Count == 0 ? new Sentence(own.NoCases) : new Table([own.Case, own.Reason, own.About, own.Since, texts.State, texts.Amount], 5, [.. Cases()], []),
                new Heading(own.Inputs),
                new Table([own.File, "SHA-256", own.ReceiptsUsed, texts.Amount], 2, [.. Inputs()], [says.Total, "", Count(of.Receipts), Major(of.Allocated)]),
                new Facts((own.InputsHash, of.InputsSha256)),
            ],
        };
    }

    private IEnumerable<Block> Remittances(DocumentTexts texts, SettlementTexts own)
    {
        var says = texts.Statement;
        yield return new Table(
            [says.Reference, texts.State, texts.Lines, says.Remitted, says.Accepted, texts.Rejected, says.Paid], 2,
            [.. of.Remittances.Select(one => Row([$"{one.Reference} ({one.Number})", words("state", one.State), Count(one.Lines), .. Of(one).Select(Major)]))],
            [says.Total, "", Count(of.Remittances.Sum(one => one.Lines)), .. Enumerable.Range(0, 4).Select(i => Major(of.Remittances.Sum(one => Of(one)[i])))]);
        yield return new Table([own.Declaration, "SHA-256"], 2, [.. of.Remittances.Select(one => Row([one.FileName, one.Sha256]))], []);
    }

    private IEnumerable<IReadOnlyList<string>> Controls(DocumentTexts texts, SettlementTexts own)
    {
        yield return Row([own.FromReceipts, Count(of.Receipts), Major(of.Allocated)]);
        yield return Row([own.InLines, Count(of.Lines), Major(of.LinesAmount)]);
        yield return Row([own.InRemittances, Count(of.Remittances.Count), Major(of.Total)]);
        yield return Row([texts.Members, Count(of.Members), ""]);
        if (of.Cancelled != 0) yield return Row([own.Cancelled, Count(of.Remittances.Count(one => one.IsCancelled)), Major(of.Cancelled)]);
        if (of.Rejected != 0) yield return Row([texts.Rejected, "", Major(of.Rejected)]);
        if (of.CarriedForward != 0) yield return Row([own.Carried, "", Major(of.CarriedForward)]);
    }

    private IEnumerable<IReadOnlyList<string>> Cases() =>
        of.Cases.Select(one => Row([one.Number, words("case", one.Reason), one.Subject, StatementTexts.Day(one.OpenedOn), words("state", one.State), one.Amount is { } amount ? Major(amount) : ""]));

    private IEnumerable<IReadOnlyList<string>> Inputs() =>
        of.Inputs.Select(one => Row([$"{one.Number} {one.FileName}".TrimEnd(), one.Sha256, one.Receipts == 0 ? "" : Count(one.Receipts), one.Receipts == 0 ? "" : Major(one.Amount)]));

    private object Document() => new
    {
        of.Run, of.State, of.Agreement, of.Organisation, of.Fund, currency = of.Currency.Code, cutoff = InstantText.Of(of.Cutoff), of.CutoffOn, inputs_sha256 = of.InputsSha256,
        control_totals = Totals().ToDictionary(row => row.Name, row => row.Amount is { } amount ? (object)Plain(amount) : row.Count!.Value),
        remittances = of.Remittances.Select(one => new
        {
            remittance = one.Number, one.Reference, one.Kind, one.State, one.Lines, total = Plain(one.Total), accepted = Plain(one.Accepted), rejected = Plain(one.Rejected), paid = Plain(one.Paid), one.FileName, one.Sha256,
        }),
        cases = of.Cases.Select(one => new { @case = one.Number, one.Reason, one.Subject, amount = one.Amount is { } amount ? Plain(amount) : null, one.OpenedOn, one.State }),
        inputs = of.Inputs.Select(one => new { one.Kind, one.Number, one.FileName, one.Sha256, one.Receipts, amount = Plain(one.Amount) }),
    };

    private string Separated()
    {
        var text = new StringBuilder("record,name,kind,subject,state,opened_on,count,amount,accepted,rejected,paid,sha256\n");
        void Line(params IEnumerable<string> cells) => text.AppendJoin(',', cells).Append('\n');
        foreach (var (name, count, amount) in Totals()) Line("total", name, "", "", "", "", count is { } many ? Count(many) : "", amount is { } minor ? Plain(minor) : "", "", "", "", "");
        foreach (var one in of.Remittances) Line(["remittance", one.Number, one.Kind, one.Reference, one.State, "", Count(one.Lines), .. Of(one).Select(Plain), one.Sha256]);
        foreach (var one in of.Cases) Line("case", one.Number, one.Reason, CsvCells.Text(one.Subject), one.State, StatementTexts.Day(one.OpenedOn), "", one.Amount is { } amount ? Plain(amount) : "", "", "", "", "");
        foreach (var one in of.Inputs) Line("input", one.Number, one.Kind, CsvCells.Text(one.FileName), "", "", Count(one.Receipts), Plain(one.Amount), "", "", "", one.Sha256);
        Line("inputs", "", "", "", "", "", Count(of.Inputs.Count), Plain(of.Allocated), "", "", "", of.InputsSha256);
        return text.ToString();
    }

    private IEnumerable<(string Name, long? Count, long? Amount)> Totals() =>
    [
        ("receipts", of.Receipts, null), ("members", of.Members, null), ("lines", of.Lines, null), ("allocated", null, of.Allocated), ("in_lines", null, of.LinesAmount), ("in_remittances", null, of.Total), ("difference", null, of.Difference),
        ("cancelled", null, of.Cancelled), ("accepted", null, of.Accepted), ("rejected", null, of.Rejected), ("paid", null, of.Paid), ("open", null, of.Open), ("carried_forward", null, of.CarriedForward), ("cases", of.Cases.Count, null),
    ];

    private static long[] Of(SettledRemittance one) => [one.Total, one.Accepted, one.Rejected, one.Paid];

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Row(IReadOnlyList<string> cells) => cells;

    private string Plain(long minor) => Money.ToMajor(minor, of.Currency.Digits);

    private string Major(long minor) => DocumentTexts.Of(of.Language).Statement.Amount(minor, of.Currency);
}

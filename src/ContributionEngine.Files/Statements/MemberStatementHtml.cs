using System.Globalization;
using System.Net;

namespace ContributionEngine.Files;

/// <summary>A member's statement as one page that needs nothing from elsewhere: for a telephone, and for A4 paper. Every word that somebody else wrote is escaped.</summary>
internal sealed class MemberStatementHtml(MemberStatement of)
{
    private readonly StatementTexts texts = StatementTexts.Of(of.Language);

    public string Page() => $"""
        {PaperStyle.Head(texts.Language, $"{texts.Title} · {Safe(of.MemberNo)}")}
        {Head()}
        <main>
        {Sums()}
        {Periods()}
        {Receipts()}
        {Proofs()}
        </main>
        </body>
        </html>

        """;

    private string Head() => $"""
        <header>
        <p class="from"><bdi>{Safe(of.Organisation)}</bdi></p>
        <h1>{texts.Title}</h1>
        <p class="who"><bdi>{Safe(of.FullName)}</bdi></p>
        <dl class="facts">{Fact(texts.MemberNo, of.MemberNo)}{Fact(texts.NationalId, of.NationalId)}{Fact(texts.Agreement, of.Agreement)}{Fact(texts.Fund, of.Fund)}</dl>
        </header>
        """;

    private string Sums() => $"""
        <p class="soft">{texts.As(of.On)}, {of.Currency.Code}</p>
        <div class="sums">{Sum(texts.Owed, of.Total.Owed)}{Sum(texts.Paid, of.Total.Paid)}{Sum(texts.Remitted, of.Total.Remitted)}{Sum(texts.Accepted, of.Total.Accepted, "good")}</div>
        """;

    private string Periods() => $"""
        <h2>{texts.ByPeriod}</h2>
        <table>
        <thead><tr><th>{texts.Period}</th><th>{texts.Owed}</th><th>{texts.Paid}</th><th>{texts.Open}</th><th>{texts.Remitted}</th><th>{texts.Accepted}</th></tr></thead>
        <tbody>
        {Joined(of.Periods.Select(period => Row(period, period.Period)))}
        </tbody>
        <tfoot>
        {Row(of.Total, texts.Total)}
        </tfoot>
        </table>
        """;

    private string Row(StatedPeriod sums, string name) =>
        $"<tr><td>{Safe(name)}</td>{Cell(texts.Owed, sums.Owed)}{Cell(texts.Paid, sums.Paid)}{Cell(texts.Open, sums.Open)}{Cell(texts.Remitted, sums.Remitted)}{Cell(texts.Accepted, sums.Accepted)}</tr>";

    private string Receipts() => $"""
        <h2>{texts.Receipts}</h2>
        {(of.Receipts.Count == 0 ? $"<p>{texts.NoReceipts}</p>" : $"{Joined(of.Receipts.Select(Receipt))}\n<p class=\"head total\"><b>{texts.Total}</b><b>{Amount(of.Receipts.Sum(got => got.Amount))} {of.Currency.Code}</b></p>")}
        """;

    private string Receipt(StatedReceipt got)
    {
        var parts = got.Parts.Select(part => $"<li>{Part(part.Period, part.Component, part.Class)}: {Amount(part.Amount)}, {Way(part)}</li>");
        var credit = got.Credit > 0 ? $"<li>{Amount(got.Credit)} {texts.Credit}</li>" : "";
        var refunded = got.Refunded > 0 ? $"<li>{Amount(got.Refunded)} {texts.Refunded}</li>" : "";
        return $"""
            <section class="card">
            <div class="head"><h3>{StatementTexts.Day(got.ReceivedOn)} · {texts.Receipt} <bdi>{Safe(got.ReceiptNo ?? got.Receipt)}</bdi></h3><b>{Amount(got.Amount)} {of.Currency.Code}</b></div>
            <ul>{string.Concat(parts)}{credit}{refunded}</ul>
            </section>
            """;
    }

    private string Way(StatedPart part) => part.Reference is null ? texts.Held : $"""<span{(part.Outcome == "accepted" ? " class=\"good-text\"" : "")}>{Safe(texts.On(part.Reference, part.Outcome!))}</span>""";

    private string Proofs() => $"""
        <h2>{texts.Proofs}</h2>
        {(of.Proven.Any() ? $"<p>{texts.ProofsSay}</p>\n{Joined(of.Proven.Select(line => Proof(line, line.Proof!)))}" : $"<p>{texts.NoProofs}</p>")}
        """;

    private string Proof(StatedLine line, StatedProof proof)
    {
        var path = string.Join("<br>", proof.Line.Path);
        return $"""
            <section class="card proof">
            <div class="said">
            <div class="head"><h3>{Part(line.Period, line.Component, line.Class)}</h3><b>{Amount(line.Amount)} {of.Currency.Code}</b></div>
            <p class="good-text">{Safe(texts.On(line.Reference, line.Outcome))}</p>
            <p>{texts.LineOf(line.LineNo, proof.LineCount)}; {texts.Version.ToLowerInvariant()} {proof.Version.ToString(CultureInfo.InvariantCulture)}. {(proof.ConfirmedOn is { } on ? $"<b>{texts.Confirmed(on)}</b>" : texts.NotConfirmed)}</p>
            </div>
            <div class="code">{QrSvg.Of(of.AddressOf(proof) ?? MemberStatementFile.Proof(proof.Line)) ?? texts.TooLong}</div>
            <dl class="data"><dt>{texts.Line}</dt><dd><bdi>{Safe(proof.Line.Line)}</bdi></dd><dt>{texts.Salt}</dt><dd>{proof.Line.Salt}</dd><dt>{texts.Path}</dt><dd>{(path == "" ? "–" : path)}</dd><dt>{texts.Root}</dt><dd>{proof.Line.Root}</dd></dl>
            </section>
            """;
    }

    private string Part(string period, string component, string word) => $"{Safe(period)} · {texts.Class(word)} <bdi>{Safe(component)}</bdi>";

    private string Sum(string name, long minor, string mark = "") => $"""<div class="{mark}"><span>{name}</span><b>{Amount(minor)}</b></div>""";

    private string Cell(string name, long minor) => $"""<td data-is="{Safe(name)}">{Amount(minor)}</td>""";

    private string Amount(long minor) => $"""<span class="num">{texts.Amount(minor, of.Currency)}</span>""";

    private static string Fact(string name, string value) => $"<div><dt>{name}</dt><dd><bdi>{Safe(value)}</bdi></dd></div>";

    private static string Joined(IEnumerable<string> parts) => string.Join('\n', parts);

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}

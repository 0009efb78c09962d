using System.Net;
using System.Text;

namespace ContributionEngine.Files;

/// <summary>Slips as one page: four to a sheet of A4, or one after another on a till roll.</summary>
public static class ReceiptsHtml
{
    /// <summary>Widths of till rolls, in millimetres.</summary>
    public static readonly IReadOnlyList<int> Rolls = [58, 80];

    private const string Style = """
        *{box-sizing:border-box}body{margin:0;font:9.5pt/1.35 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#000;background:#fff}
        h1,p,dl,dd{margin:0}.from{font-weight:700;font-size:11pt}.soft{color:#555;font-size:8pt}h1{font-size:14pt;line-height:1.2;margin:2mm 0;border-top:.5mm solid #000;padding-top:2mm;overflow-wrap:anywhere}
        .row{display:flex;justify-content:space-between;gap:3mm}.row dd,.row span+span,.sum{white-space:nowrap;font-variant-numeric:tabular-nums}.who{font-weight:700;font-size:11pt}.sum{font-size:15pt;font-weight:700;text-align:right;margin:2mm 0}
        .balance{border-top:.2mm solid #000;margin-top:1.5mm;padding-top:1.5mm}.check{display:flex;gap:3mm;align-items:flex-end;margin-top:3mm;font-size:8pt;overflow-wrap:anywhere}.qr{width:27mm;height:27mm;flex:none}
        """;

    private const string Sheet = """
        .slips{display:grid;grid-template-columns:1fr 1fr;max-width:210mm;margin:0 auto}.slip{min-height:148mm;padding:9mm;border:.2mm dashed #999;break-inside:avoid;display:flex;flex-direction:column}.check{margin-top:auto}
        @media (max-width:40rem){.slips{display:block}.slip{min-height:0;padding:5mm}}@page{size:A4;margin:0}
        """;

    /// <summary>Writes the slips in their order.</summary>
    /// <param name="of">Title of the page, its language, and the width of the roll; null: sheets of A4.</param>
    public static async Task Write(IAsyncEnumerable<ReceiptSlip> slips, (string Title, string? Language, int? Roll) of, Stream target, CancellationToken stop)
    {
        await using var page = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var texts = DocumentTexts.Of(of.Language);
        await page.WriteAsync($"""
            {PaperStyle.Head(texts.Language, $"{texts.ReceiptTitle} · {Safe(of.Title)}", $"{Style}\n{(of.Roll is { } roll ? RollStyle(roll) : Sheet)}")}
            <main class="slips">

            """);
        await foreach (var slip in slips.WithCancellation(stop)) await page.WriteLineAsync(Slip(slip, new SlipLines(slip)));
        await page.WriteAsync("</main>\n</body>\n</html>\n");
    }

    private static string RollStyle(int millimetres) =>
        $".slip{{width:{millimetres - 8}mm;margin:0 auto;padding:3mm 0;break-after:page}}.check{{display:block;text-align:center}}.check .qr{{margin:0 auto 1mm;display:block;width:32mm;height:32mm}}@page{{size:{millimetres}mm auto;margin:0 4mm}}";

    private static string Slip(ReceiptSlip slip, SlipLines says) => $"""
        <section class="slip" lang="{says.Texts.Language}">
        <p class="from"><bdi>{Safe(slip.Organisation)}</bdi></p>
        <p class="soft"><bdi>{Safe(slip.Fund)}</bdi> · {Safe(slip.Agreement)}</p>
        <h1>{Safe(says.Title)}</h1>
        <p class="row"><span class="soft">{says.Texts.ReceivedFrom}</span> <span>{says.Date}</span></p>
        <p class="who"><bdi>{Safe(slip.FullName)}</bdi></p>
        <p>{Safe(says.Member)}</p>
        <p class="sum">{says.Amount}</p>
        <p class="soft">{says.Texts.PaidFor}</p>
        <dl>{Rows(says.Parts())}</dl>
        <dl class="balance">{Rows(says.Balance())}</dl>
        {(slip.Address is null ? "" : $"<div class=\"check\">{QrSvg.Of(slip.Address)}<p><span class=\"soft\">{says.Texts.Check}</span> {Safe(says.Address!)}{(slip.ReceiptNo is null ? "" : $"<br>{slip.Receipt}")}</p></div>")}
        </section>
        """;

    private static string Rows(IEnumerable<(string Name, string Value)> rows) => string.Concat(rows.Select(row => $"<div class=\"row\"><dt>{Safe(row.Name)}</dt><dd>{row.Value}</dd></div>"));

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}

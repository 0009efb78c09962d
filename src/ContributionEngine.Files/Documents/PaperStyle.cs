namespace ContributionEngine.Files;

/// <summary>How pages look that people keep: on a telephone, on a screen, and on A4 paper.</summary>
internal static class PaperStyle
{
    /// <summary>The beginning of a page that stands alone: no address is opened from it, and no program finds it by itself.</summary>
    /// <param name="title">Fit for HTML, as <paramref name="css"/> is.</param>
    public static string Head(string language, string title, string css = Css) => $"""
        <!doctype html>
        <html lang="{language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="robots" content="noindex">
        <title>{title}</title>
        <style>
        {css}
        </style>
        </head>
        <body>
        """;

    public const string Css = """
        :root{--ink:#1b1f1d;--soft:#55605a;--line:#d8dfda;--good:#0b5d3b;--pale:#eef5f0}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:60rem;padding:1.25rem;font:16px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:#fff}
        header{border-bottom:3px solid var(--good);padding-bottom:.75rem}
        h1{font-size:1.5rem;line-height:1.2;margin:.1rem 0 .6rem}h2{font-size:1.15rem;margin:2rem 0 .6rem}h3{font-size:1rem;margin:0}p{margin:.3rem 0}
        .from,.soft{color:var(--soft)}.who{font-size:1.15rem;font-weight:600}.num{font-variant-numeric:tabular-nums;white-space:nowrap}
        dl.facts{display:flex;flex-wrap:wrap;gap:.2rem 1.5rem;margin:.5rem 0 0}dl.facts div{display:flex;gap:.4rem}dl.facts dt{color:var(--soft)}dl.facts dd{margin:0;overflow-wrap:anywhere}
        .sums{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.6rem;margin:1rem 0 0}.sums div{border:1px solid var(--line);border-radius:.5rem;padding:.6rem .75rem}
        .sums b{display:block;font-size:1.2rem}.sums .good{background:var(--pale);border-color:var(--good)}.sums div>span{color:var(--soft);font-size:.875rem}
        table{width:100%;border-collapse:collapse}th,td{padding:.4rem .5rem;border-bottom:1px solid var(--line);text-align:right}th:first-child,td:first-child{text-align:left}
        thead th{font-weight:600;color:var(--soft);font-size:.875rem}tfoot td{font-weight:700;border-top:2px solid var(--ink);border-bottom:0}
        .card{border:1px solid var(--line);border-radius:.5rem;padding:.75rem;margin:.6rem 0;break-inside:avoid}.card ul{margin:.4rem 0 0;padding-left:1.1rem}
        .head{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.2rem 1rem}.total{padding:.3rem .75rem}.good-text{color:var(--good);font-weight:600}
        .data.plain{font:inherit}.large{margin:1rem 0}.large span{display:block;color:var(--soft)}.large b{font-size:1.9rem;letter-spacing:.03em;overflow-wrap:anywhere}th.text,td.text{text-align:left}
        .proof{display:grid;grid-template:"said code" auto "data code" 1fr/minmax(0,1fr) 17rem;gap:.25rem 1rem}.said{grid-area:said}.code{grid-area:code}.data{grid-area:data}.qr{width:100%;height:auto;display:block}
        .data{font:12px/1.4 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere;margin:.5rem 0 0}.data dt{color:var(--soft);margin-top:.25rem}.data dd{margin:0}
        @media (max-width:40rem){body{padding:.9rem}table,tbody,tfoot,tr,td{display:block}thead{position:absolute;left:-999rem}tr{border:1px solid var(--line);border-radius:.5rem;margin:.6rem 0;padding:.4rem .6rem}
        td,tfoot td{display:flex;justify-content:space-between;gap:1rem;border:0;padding:.2rem 0;text-align:right;overflow-wrap:anywhere}td:first-child,tfoot td:first-child{display:block;text-align:left;font-weight:700}td::before{content:attr(data-is);color:var(--soft);font-weight:400;overflow-wrap:normal}.proof{grid-template:"said" "code" "data"/minmax(0,1fr)}}
        @page{size:A4;margin:14mm}
        @media print{body{font-size:10pt;padding:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}.data{font-size:7pt}.proof{grid-template-columns:minmax(0,1fr) 62mm}.sums .good{background:none}}
        """;
}

using System.Net;

namespace ContributionEngine.Files;

/// <summary>A paper as one page that needs nothing from elsewhere. Every word that somebody else wrote is escaped.</summary>
internal static class PaperHtml
{
    public static string Page(Paper paper) => $"""
        {PaperStyle.Head(paper.Language, $"{Safe(paper.Title)} · {Safe(paper.Number)}")}
        <header>
        <p class="from"><bdi>{Safe(paper.From)}</bdi></p>
        <h1>{Safe(paper.Title)}</h1>
        <p class="who"><bdi>{Safe(paper.For)}</bdi></p>
        </header>
        <main>
        {string.Join('\n', paper.Blocks.Select(Part))}
        </main>
        </body>
        </html>

        """;

    private static string Part(Block block) => block switch
    {
        Facts facts => $"<dl class=\"facts\">{string.Concat(facts.Of.Select(one => $"<div><dt>{Safe(one.Name)}</dt><dd><bdi>{Safe(one.Value)}</bdi></dd></div>"))}</dl>",
        Sums sums => $"<div class=\"sums\">{string.Concat(sums.Of.Select(one => $"<div><span>{Safe(one.Name)}</span><b class=\"num\">{Safe(one.Value)}</b></div>"))}</div>",
        Heading heading => $"<h2>{Safe(heading.Text)}</h2>",
        Sentence sentence => $"<p>{Safe(sentence.Text)}</p>",
        Large large => $"<p class=\"large\"><span>{Safe(large.Name)}</span><b>{Safe(large.Text)}</b></p>",
        Code code => $"<section class=\"card proof\"><div class=\"code\">{QrSvg.Of(code.Content)}</div><dl class=\"{(code.IsFine ? "data" : "data plain")}\">{string.Concat(code.Beside.Select(one => $"<dt>{Safe(one.Name)}</dt><dd><bdi>{Safe(one.Value)}</bdi></dd>"))}</dl></section>",
        Table table => Rows(table),
        _ => throw new InvalidOperationException($"There is no page form of a {block.GetType().Name}."),
    };

    private static string Rows(Table table)
    {
        var head = string.Concat(table.Columns.Select((name, i) => $"<th scope=\"col\"{(i < table.Texts ? " class=\"text\"" : "")}>{Safe(name)}</th>"));
        var foot = table.Foot.Count == 0 ? "" : $"<tfoot>\n{Row(table, table.Foot)}\n</tfoot>\n";
        return $"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{string.Join('\n', table.Rows.Select(row => Row(table, row)))}\n</tbody>\n{foot}</table>";
    }

    private static string Row(Table table, IReadOnlyList<string> cells) => $"<tr>{string.Concat(cells.Select((cell, i) => i < table.Texts
        ? $"<td class=\"text\" data-is=\"{Safe(table.Columns[i])}\"><bdi>{Safe(cell)}</bdi></td>"
        : $"<td data-is=\"{Safe(table.Columns[i])}\"><span class=\"num\">{Safe(cell)}</span></td>"))}</tr>";

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}

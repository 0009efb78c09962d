using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>What a person has to say of a file that cannot be read without her: where the header is, which column is which, how amounts and days are written.</summary>
[Allows(Access.Treasurers)]
public sealed class ColumnsModel : Screen
{
    private const int SamplesShown = 2;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Our fields in the order in which they are asked for; the first four are needed, of the first two one.</summary>
    public static readonly string[] Fields = ["member_no", "national_id", "amount", "received_on", "receipt_no", "member_name", "period", "component", "method", "reference"];

    public KnownUpload Sheet { get; private set; } = null!;

    public SheetPreview Preview { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    /// <summary>Everything is asked, also what was understood.</summary>
    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    [BindProperty(SupportsGet = true, Name = "sheet")]
    public string? SheetName { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Header { get; set; }

    public bool AsksColumns => All || Sheet.Refusal is { Code: "F06" };

    public bool AsksDecimal => All || Sheet.Refusal is { Code: "F07" };

    public bool AsksDays => All || Sheet.Refusal is { Code: "F14" };

    /// <summary>The row that is taken for the header here.</summary>
    public PreviewRow? Names => Preview.Rows.FirstOrDefault(row => row.Row == HeaderRow);

    public long HeaderRow => Header ?? (Sheet.Report.Understood is { HeaderRow: > 0 } read ? read.HeaderRow : Preview.Rows.MaxBy(row => row.Cells.Count(cell => cell.Length > 0 && !char.IsAsciiDigit(cell[0])))?.Row ?? 1);

    public async Task<IActionResult> OnGet() => await Show() ?? Page();

    public async Task<IActionResult> OnPost([FromForm] Dictionary<string, string?> column, [FromForm] string? mark, [FromForm] string? order, [FromForm] bool remember)
    {
        if (await Show() is { } gone) return gone;
        var map = Told() with { Decimal = mark ?? Told().Decimal, DateOrder = order ?? Told().DateOrder };
        if (AsksColumns)
        {
            var columns = column.Where(pair => Fields.Contains(pair.Key) && !string.IsNullOrEmpty(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value!);
            map = map with { Columns = columns, Names = columns.Values.Any(theirs => theirs[0] == '#') ? Names?.Cells : null, Sheet = Preview.Sheet, HeaderRow = (int)HeaderRow };
        }

        var revised = await new ReviseUpload(Database).Run(Actor, Number, new Revision(JsonSerializer.Serialize(map, Json), remember), Stop);
        return revised.Ok(out _, out var refusal) ? LocalRedirect($"/uploads/{Number}") : Refuse(refusal);
    }

    /// <summary>Two cells under a column, so that it is known without its header.</summary>
    public string Samples(int column) => string.Join(" · ", Preview.Rows.Where(row => row.Row > HeaderRow && column < row.Cells.Count && row.Cells[column].Length > 0).Take(SamplesShown).Select(row => row.Cells[column]));

    /// <summary>How a map names a column: by its header, or by its place where that would fit two.</summary>
    public string ValueOf(int column) => Names!.Cells[column] is { Length: > 0 } name && Names.Cells.Count(other => other == name) == 1 ? name : $"#{column + 1}";

    /// <summary>Which column of theirs stands for a field as far as it is known.</summary>
    public string? Chosen(string field) => Told().Columns.GetValueOrDefault(field) ?? Sheet.Report.Understood?.Columns.FirstOrDefault(known => known.Field == field)?.Header ?? Likely(field);

    // Where two columns could be it, she chooses.
    private string? Likely(string field) => Names?.Cells.Where(name => SheetPreview.FieldOf(name) == field).ToList() is [var only] ? only : null;

    private SheetMap Told() => Sheet.Map is { } text ? SheetMap.Read(text).Value : new SheetMap();

    private async Task<IActionResult?> Show()
    {
        if (!(await new ShowUpload(Database).Run(Actor, new UploadView(Number), Stop)).Ok(out var sheet, out var refusal)) return Gone(refusal);
        Sheet = sheet;
        if (sheet.Progress.State is not ("needs_fixes" or "ready")) return LocalRedirect($"/uploads/{Number}");
        if (!(await new UploadContent(Database).Preview(Actor, (Number, SheetName ?? Told().Sheet), Stop)).Ok(out var preview, out refusal)) return LocalRedirect($"/uploads/{Number}");
        Preview = preview;
        return null;
    }
}

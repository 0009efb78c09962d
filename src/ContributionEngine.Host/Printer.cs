using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Files;
using Spectre.Console;

namespace ContributionEngine.Host;

/// <summary>Prints what a command answers: data on standard output in the wanted form, talk on standard error.</summary>
internal sealed class Printer(string format, bool dryRun)
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new MoneyText(), new RemarkText(), new RatioText(), new InstantText(), new TimeText(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    // A blank on each side of a cell and the line between two.
    private const int BetweenColumns = 3;

    private static readonly JsonSerializerOptions Indented = new(Json) { WriteIndented = true };

    /// <summary>Talk: progress, hints, summaries. Plain when piped.</summary>
    public static IAnsiConsole Talk { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public bool IsTable => format == "table";

    public bool IsCsv => format == "csv";

    /// <summary>The command draws its answer itself.</summary>
    public bool IsDrawing => format == Globals.Svg;

    /// <summary>An object becomes a list of its fields, a list of objects a table.</summary>
    public void Print(object answer)
    {
        var node = JsonSerializer.SerializeToNode(answer, Json)!;
        if (dryRun && node is JsonObject root) root["dry_run"] = true;
        if (format == "json") Console.Out.WriteLine(node.ToJsonString(Indented));
        else if (format == "jsonl") Lines(node);
        else if (format == "csv") Separated(node);
        else Drawn(node);
    }

    /// <summary>The refusal on standard error: a sentence and a remedy, or a problem object with <c>-o json</c>.</summary>
    public void Refuse(Refusal refusal)
    {
        if (format is "json" or "jsonl")
        {
            var errors = refusal.Errors.Count > 0 ? refusal.Errors : refusal.Field is null ? [] : [refusal];
            Console.Error.WriteLine(JsonSerializer.Serialize(new
            {
                refusal.Code,
                Title = refusal.Detail,
                Detail = $"{refusal.Detail} {refusal.Help}".TrimEnd(),
                Errors = errors.Select(error => new { error.Row, error.Field, error.Code, error.Value, error.Detail }),
            }, Json));
            return;
        }

        Console.Error.WriteLine($"error[{refusal.Code}]: {refusal.Detail}");
        foreach (var error in refusal.Errors.Skip(1).Take(20)) Console.Error.WriteLine($"error[{error.Code}]: {error.Detail}");
        if (refusal.Help is { } help) Console.Error.WriteLine($"help: {help}");
    }

    private static void Lines(JsonNode node)
    {
        foreach (var item in node is JsonArray list ? list : [node.DeepClone()]) Console.Out.WriteLine(item!.ToJsonString(Json));
    }

    private static void Separated(JsonNode node)
    {
        var rows = Rows(node);
        if (rows.Count == 0) return;
        Console.Out.WriteLine(string.Join(',', rows[0].Select(cell => CsvCells.Plain(cell.Key))));
        foreach (var row in rows) Console.Out.WriteLine(string.Join(',', row.Select(cell => Guarded(Text(cell.Value)))));
    }

    private static void Drawn(JsonNode node)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = 160;
        if (node is JsonArray { Count: 0 })
        {
            console.WriteLine("nothing");
            return;
        }

        if (node is JsonArray) Listed(console, Rows(node));
        else Fielded(console, node.AsObject());
    }

    private static void Listed(IAnsiConsole console, List<JsonObject> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        List<IReadOnlyList<string>> cells = [[.. rows[0].Select(cell => Label(cell.Key))], .. rows.Select(row => row.Select(cell => Text(cell.Value)).ToList())];
        var widths = ColumnWidths.Of(cells, console.Profile.Width - (BetweenColumns * (cells[0].Count + 1)));
        for (var i = 0; i < cells[0].Count; i++) table.AddColumn(new TableColumn(Markup.Escape(cells[0][i])) { Width = widths?[i] });
        foreach (var row in cells.Skip(1)) table.AddRow([.. row.Select(Markup.Escape)]);
        console.Write(table);
    }

    // Fields that are lists of things of their own follow as tables of their own.
    private static void Fielded(IAnsiConsole console, JsonObject fields)
    {
        var lists = fields.Where(cell => cell.Value is JsonArray { Count: > 0 } list && list.All(item => item is JsonObject)).ToList();
        var table = new Table { Border = TableBorder.Simple }.HideHeaders().AddColumn("").AddColumn("");
        foreach (var cell in fields.Except(lists)) table.AddRow(Markup.Escape(Label(cell.Key)), Markup.Escape(Text(cell.Value)));
        if (table.Rows.Count > 0) console.Write(table);
        foreach (var (name, list) in lists)
        {
            console.WriteLine($"  {Label(name)}:");
            foreach (var item in list!.AsArray().Where(HasLists)) Fielded(console, item!.AsObject());
            if (!list.AsArray().Any(HasLists)) Listed(console, Rows(list));
        }
    }

    private static bool HasLists(JsonNode? node) => node is JsonObject fields && fields.Any(cell => cell.Value is JsonArray { Count: > 0 } list && list.All(item => item is JsonObject));

    private static string Label(string name) => name.Replace('_', ' ');

    // A list may hold things of several kinds; each row has the columns of all of them.
    private static List<JsonObject> Rows(JsonNode node)
    {
        List<JsonObject> rows = node is JsonArray list ? [.. list.Select(item => item as JsonObject ?? new JsonObject { ["value"] = item?.DeepClone() })] : [node.AsObject()];
        var columns = rows.SelectMany(row => row.Select(cell => cell.Key)).Distinct().ToList();
        return rows.TrueForAll(row => row.Count == columns.Count) ? rows : [.. rows.Select(row => new JsonObject(columns.Select(column => KeyValuePair.Create(column, row[column]?.DeepClone()))))];
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonArray list => list.All(item => item is JsonValue) ? string.Join(", ", list.Select(Text)) : $"{list.Count} items",
        JsonObject nested => string.Join(", ", nested.Where(cell => cell.Value is not null).Select(cell => $"{cell.Key} {Text(cell.Value)}")),
        _ => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(),
    };

    // Here amounts are texts too: what reads as a negative number is left as it is.
    private static string Guarded(string text) =>
        text is ['-', >= '0' and <= '9', ..] && text.AsSpan(1).IndexOfAnyExcept("0123456789.") < 0 ? text : CsvCells.Text(text);
}

internal sealed class MoneyText : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are written, never read.");

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToMajor());
}

internal sealed class RemarkText : JsonConverter<Remark>
{
    public override Remark Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are written, never read.");

    public override void Write(Utf8JsonWriter writer, Remark value, JsonSerializerOptions options) => writer.WriteStringValue($"{value}");
}

internal sealed class RatioText : JsonConverter<Ratio>
{
    public override Ratio Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are written, never read.");

    public override void Write(Utf8JsonWriter writer, Ratio value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

internal sealed class TimeText : JsonConverter<TimeOnly>
{
    public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are written, never read.");

    public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
}

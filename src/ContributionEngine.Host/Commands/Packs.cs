using System.CommandLine;
using System.Text.Json.Nodes;
using ContributionEngine.Core;
using Spectre.Console;

namespace ContributionEngine.Host;

/// <summary><c>pack list | show | validate | evaluate</c> and <c>calendar list | show</c>.</summary>
internal static class PackCommands
{
    private static readonly Argument<string> Id = Make.Arg("ID", "Id, as 'list' shows it");
    private static readonly Argument<string> IdOrFile = Make.Arg("ID", "Id, as 'list' shows it, or a pack file");
    private static readonly Argument<string> File = Make.Arg("FILE", "Pack file (JSON)");

    public static Command Noun() => Make.Noun("pack", "Scheme packs: contribution rules as dated data", List(), Show(), Validate(), Evaluate());

    public static Command Calendar() => Make.Noun(
        "calendar",
        "Shipped banking calendars",
        new Command("list", "All of them").Alone((_, _, _) => Answer(CalendarLibrary.Ids.Select(id => CalendarLibrary.Find(id).Value).Select(found => new { calendar = found.Id, found.Name, found.FromYear, found.ToYear, holidays = found.Holidays.Count }).ToList())),
        new Command("show", "The holidays of one") { Id }.Alone((line, _, _) => Task.FromResult<Outcome<Reply>>(
            CalendarLibrary.Find(line.GetRequiredValue(Id)).Ok(out var found, out var refusal) ? new Reply(found.Holidays) : refusal)));

    private static Command List() => new Command("list", "All packs").Alone((_, _, _) => Answer(PackLibrary.Ids.Select(id => PackLibrary.Find(id).Value).Select(pack => new
    {
        pack = pack.Id, pack.File.Version, pack.File.Title, pack.File.Country, pack.File.Currency, components = pack.Components.Count, pack.File.Parameters,
    }).Select(pack => new { pack.pack, pack.Version, pack.Title, pack.Country, pack.Currency, pack.components, parameters = pack.Parameters.Select(rule => rule.Required ? rule.Name : $"{rule.Name}?") }).ToList()));

    private static Command Show() => new Command("show", "Every figure and rule with its source and mark, to hold against the law") { IdOrFile }.Alone((line, printer, _) =>
    {
        var id = line.GetRequiredValue(IdOrFile);
        if (!(IsOwn(id) ? Own(id) : PackLibrary.Find(id)).Ok(out var pack, out var refusal)) return Task.FromResult<Outcome<Reply>>(refusal);
        return Task.FromResult<Outcome<Reply>>(new Reply(printer.IsTable ? PackFigures.Drawn(pack) : printer.IsCsv ? PackFigures.Of(pack) : Text(id)));
    });

    // As its author wrote it: what is shown can be read again.
    private static JsonNode Text(string id)
    {
        using var file = IsOwn(id) ? System.IO.File.OpenRead(id) : PackLibrary.Text(id).Value;
        return JsonNode.Parse(file)!;
    }

    private static bool IsOwn(string id) => !PackLibrary.Ids.Contains(id) && System.IO.File.Exists(id);

    private static Outcome<Pack> Own(string path)
    {
        using var stream = System.IO.File.OpenRead(path);
        return PackReader.Read(stream);
    }

    private static Command Validate() => new Command("validate", "Check a pack file; names every fault by path, value and reason") { File }.Alone((line, _, _) =>
        Task.FromResult<Outcome<Reply>>(Own(line.GetRequiredValue(File)).Ok(out var pack, out var refusal) ? new Reply(new { pack = pack.Id, valid = true, figures = pack.File.Figures.Count }) : refusal));

    private static Command Evaluate()
    {
        var cases = Make.Needed("--cases", "File of cases (contribution-vectors/1)");
        var pack = Make.Maybe("--pack", "File of the pack that the cases name, where it is not a shipped one");
        var check = Make.Flag("--check", "Hold the answers against what the cases expect; exit 9 when one differs");
        return new Command("evaluate", "Work out a file of cases") { cases, pack, check }.Alone((line, printer, _) =>
        {
            var read = line.GetValue(pack) is { } path ? Own(path) : default(Outcome<Pack>?);
            if (read?.Refusal is { } faulty) return Task.FromResult<Outcome<Reply>>(faulty);
            using var stream = System.IO.File.OpenRead(line.GetRequiredValue(cases));
            return Task.FromResult(line.GetValue(check) ? Checked(stream, read?.Value, printer) : Evaluated(stream, read?.Value));
        });
    }

    private static Outcome<Reply> Evaluated(Stream cases, Pack? own)
    {
        using var results = Console.OpenStandardOutput();
        if (!PackCases.Evaluate(cases, results, own).Ok(out _, out var refusal)) return refusal;
        results.WriteByte((byte)'\n');
        return new Reply(null);
    }

    private static Outcome<Reply> Checked(Stream cases, Pack? own, Printer printer)
    {
        if (!PackCases.Check(cases, own).Ok(out var found, out var refusal)) return refusal;
        var wrong = found.Count(one => !one.AsExpected);
        if (printer.IsTable) Printer.Talk.WriteLine($"{found.Count - wrong} of {found.Count} cases come out as expected.");
        return new Reply(found, wrong == 0 ? 0 : (int)RefusalKind.ControlFailed);
    }

    private static Task<Outcome<Reply>> Answer(object answer) => Task.FromResult<Outcome<Reply>>(new Reply(answer));
}

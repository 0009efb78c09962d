using System.CommandLine;
using System.Text.Json.Nodes;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using Spectre.Console;

namespace ContributionEngine.Host;

/// <summary><c>pack list | show | add | validate | evaluate</c> and <c>calendar list | show</c>.</summary>
internal static class PackCommands
{
    private static readonly Argument<string> Id = Make.Arg("ID", "Id, as 'list' shows it");
    private static readonly Argument<string> IdOrFile = Make.Arg("ID", "Id, as 'list' shows it, or a pack file");
    private static readonly Argument<string> File = Make.Arg("FILE", "Pack file (JSON)");

    public static Command Noun() => Make.Noun("pack", "Scheme packs: contribution rules as dated data", List(), Show(), Add(), Validate(), Evaluate());

    public static Command Calendar() => Make.Noun(
        "calendar",
        "Shipped banking calendars",
        new Command("list", "All of them").Alone((_, _, _) => Answer(CalendarLibrary.Ids.Select(id => CalendarLibrary.Find(id).Value).Select(found => new { calendar = found.Id, found.Name, found.FromYear, found.ToYear, holidays = found.Holidays.Count }).ToList())),
        new Command("show", "The holidays of one") { Id }.Alone((line, _, _) => Task.FromResult<Outcome<Reply>>(
            CalendarLibrary.Find(line.GetRequiredValue(Id)).Ok(out var found, out var refusal) ? new Reply(found.Holidays) : refusal)));

    private static Command List() => new Command("list", "All packs in all versions: those of the program and, where there is a database, those that were added").LooksIn(async (_, _, work) =>
    {
        var rows = new List<object>();
        foreach (var known in await SchemePacks.Known(work, null))
        {
            if (!(await SchemePacks.Load(work, known)).Ok(out var pack, out var refusal)) return refusal;
            rows.Add(new
            {
                pack = pack.Id, pack.File.Version, known.Origin, pack.File.Title, pack.File.Country, pack.File.Currency, components = pack.Components.Count,
                parameters = pack.File.Parameters.Select(rule => rule.Required ? rule.Name : $"{rule.Name}?"),
            });
        }

        return new Reply(rows);
    });

    private static Command Show()
    {
        var version = Make.Maybe("--version", "A version of it; without it the newest");
        return new Command("show", "Every figure and rule with its source and mark, to hold against the law; -o json: the file itself") { IdOrFile, version }.LooksIn(async (line, printer, work) =>
        {
            var id = line.GetRequiredValue(IdOrFile);
            if (IsOwn(id)) return Own(id).Ok(out var own, out var faulty) ? Shown(own, printer, System.IO.File.ReadAllBytes(id)) : faulty;
            if (!(await SchemePacks.Find(work, id, line.GetValue(version))).Ok(out var known, out var refusal)) return refusal;
            if (!(await SchemePacks.Load(work, known)).Ok(out var pack, out refusal)) return refusal;
            Console.Error.WriteLine($"{known.Pack} {known.Version}: {(known.Origin == "added" ? "added to this database" : "comes with the program")}.");
            return Shown(pack, printer, await SchemePacks.Content(work, known));
        });
    }

    private static Command Add() => new Command("add", "Add a pack, or a higher version of one; says which agreements it re-rates") { File }.Writes(async (run, stop) =>
    {
        var content = await System.IO.File.ReadAllBytesAsync(run.Line.GetRequiredValue(File), stop);
        if (!(await new AddPack(run.Session.Database).Run(run.Session.Actor, content, stop)).Ok(out var added, out var refusal)) return refusal;
        if (added.State == "known") Console.Error.WriteLine($"{added.Pack} {added.Version} is known with these very bytes; nothing was written.");
        foreach (var agreement in added.Agreements)
        {
            Console.Error.WriteLine($"{agreement.Agreement}: {(agreement.ReRated ? "re-rated at the next 'schedule generate'" : agreement.Pinned ? $"keeps {agreement.Version} until it is renewed" : $"follows {agreement.Version}")}.");
        }

        return new Reply(added);
    });

    // As its author wrote it: what is shown can be read again.
    private static Reply Shown(Pack pack, Printer printer, byte[] content) =>
        new(printer.IsTable ? PackTable.Drawn(pack) : printer.IsCsv ? PackTable.Of(pack) : JsonNode.Parse(content)!);

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

using System.CommandLine;
using System.Text.Json.Nodes;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>pack list | show | add | validate | evaluate</c> and <c>calendar list | show</c>.</summary>
internal static class PackCommands
{
    private static readonly Argument<string> Id = Make.Arg("ID", "Id, as 'list' shows it");
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
        return new Command("show", "Every figure with its source, to hold against the law; -o json: the file itself") { Id, version }.LooksIn(async (line, printer, work) =>
        {
            if (!(await SchemePacks.Find(work, line.GetRequiredValue(Id), line.GetValue(version))).Ok(out var known, out var refusal)) return refusal;
            if (!(await SchemePacks.Load(work, known)).Ok(out var pack, out refusal)) return refusal;
            Console.Error.WriteLine($"{known.Pack} {known.Version}: {(known.Origin == "added" ? "added to this database" : "comes with the program")}.");
            return new Reply(printer.IsTable ? PackFigures.Of(pack) : JsonNode.Parse(await SchemePacks.Content(work, known))!);
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

    private static Command Validate() => new Command("validate", "Check a pack file; names every fault by path, value and reason") { File }.Alone((line, _, _) =>
    {
        using var stream = System.IO.File.OpenRead(line.GetRequiredValue(File));
        return Task.FromResult<Outcome<Reply>>(PackReader.Read(stream).Ok(out var pack, out var refusal) ? new Reply(new { pack = pack.Id, valid = true, figures = pack.File.Figures.Count }) : refusal);
    });

    private static Command Evaluate()
    {
        var cases = Make.Needed("--cases", "File of cases (contribution-vectors/1)");
        var file = Make.Maybe("--pack", "Pack file (JSON) that the cases are of; without it the pack of that id that comes with the program");
        return new Command("evaluate", "Work out a file of cases") { cases, file }.Alone((line, _, _) =>
        {
            Pack? pack = null;
            if (line.GetValue(file) is { } path && !Read(path).Ok(out pack, out var faulty)) return Task.FromResult<Outcome<Reply>>(faulty);
            using var stream = System.IO.File.OpenRead(line.GetRequiredValue(cases));
            using var results = Console.OpenStandardOutput();
            var outcome = PackCases.Evaluate(stream, results, pack);
            if (outcome.Ok(out _, out var refusal)) results.WriteByte((byte)'\n');
            return Task.FromResult<Outcome<Reply>>(refusal is null ? new Reply(null) : refusal);
        });
    }

    private static Outcome<Pack> Read(string path)
    {
        using var stream = System.IO.File.OpenRead(path);
        return PackReader.Read(stream);
    }

    private static Task<Outcome<Reply>> Answer(object answer) => Task.FromResult<Outcome<Reply>>(new Reply(answer));
}

using System.CommandLine;
using ContributionEngine.Core;

namespace ContributionEngine.Host;

/// <summary><c>pack list | show | validate | evaluate</c> and <c>calendar list | show</c>.</summary>
internal static class PackCommands
{
    private static readonly Argument<string> Id = Make.Arg("ID", "Id, as 'list' shows it");
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

    private static Command Show() => new Command("show", "Every figure with its source, to hold against the law") { Id }.Alone((line, printer, _) =>
    {
        if (!PackLibrary.Find(line.GetRequiredValue(Id)).Ok(out var pack, out var refusal)) return Task.FromResult<Outcome<Reply>>(refusal);
        return Task.FromResult<Outcome<Reply>>(new Reply(printer.IsTable ? PackFigures.Of(pack) : pack.File));
    });

    private static Command Validate() => new Command("validate", "Check a pack file; names every fault by path, value and reason") { File }.Alone((line, _, _) =>
    {
        using var stream = System.IO.File.OpenRead(line.GetRequiredValue(File));
        return Task.FromResult<Outcome<Reply>>(PackReader.Read(stream).Ok(out var pack, out var refusal) ? new Reply(new { pack = pack.Id, valid = true, figures = pack.File.Figures.Count }) : refusal);
    });

    private static Command Evaluate()
    {
        var cases = Make.Needed("--cases", "File of cases (contribution-vectors/1)");
        return new Command("evaluate", "Work out a file of cases") { cases }.Alone((line, _, _) =>
        {
            using var stream = System.IO.File.OpenRead(line.GetRequiredValue(cases));
            using var results = Console.OpenStandardOutput();
            var outcome = PackCases.Evaluate(stream, results);
            if (outcome.Ok(out _, out var refusal)) results.WriteByte((byte)'\n');
            return Task.FromResult<Outcome<Reply>>(refusal is null ? new Reply(null) : refusal);
        });
    }

    private static Task<Outcome<Reply>> Answer(object answer) => Task.FromResult<Outcome<Reply>>(new Reply(answer));
}

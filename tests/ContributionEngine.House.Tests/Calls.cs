namespace ContributionEngine.House.Tests;

/// <summary>Whoever copies a command from a deploy file or a document finds that the program knows it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Calls
{
    // Stands in documents for the number of a message.
    private const string Number = "ID";

    private static readonly string[] OfEveryCommand = ["--db", "--bus", "--key", "-o", "--output"];
    private static readonly string[] Roles = ["web", "worker", "gateway", "scheduler"];
    private static readonly string[] UserRoles = ["operator", "officer", "approver", "auditor", "treasurer"];

    // Commands of the production stack; the program's own word goes before this list as soon as it has one.
    private static readonly Dictionary<string, string[]> Announced = new()
    {
        ["serve"] = ["--urls", "--roles"], ["worker"] = ["--urls"], ["gateway"] = ["--urls"], ["doctor"] = [],
        ["user add"] = ["--role", "--organisation"], ["key create"] = ["--user"],
    };

    [Test]
    public void Every_call_is_one_that_the_program_understands() => Rule.Holds(
        from call in CommandLine.All()
        let fault = Fault(call.Words)
        where fault is not null
        select new Offence(call.Where, call.Where, $"«{string.Join(' ', call.Words)}»: {fault}"));

    [Test]
    public void There_are_calls_in_every_kind_of_file() => Assert.That(
        new[] { CommandLine.OfCompose(), CommandLine.OfKubernetes(), CommandLine.OfUnits(), CommandLine.OfDocument("docs/production.md"), CommandLine.OfDocument("docs/runbooks/message-parked.md") }.Select(calls => calls.Count()),
        Has.All.GreaterThan(1));

    [Test]
    public void Compose_runs_every_role() => Assert.That(Started(CommandLine.OfCompose()), Is.EquivalentTo(Roles));

    [Test]
    public void Kubernetes_runs_every_role() => Assert.That(Started(CommandLine.OfKubernetes()), Is.EquivalentTo(Roles));

    private static IEnumerable<string> Started(IEnumerable<CommandLine> calls) =>
        calls.SelectMany(call => call.Words[0] == "serve" ? call.Words[2].Split(',') : call.Words.Take(1)).Where(Roles.Contains);

    private static string? Fault(IReadOnlyList<string> words)
    {
        if (words is ["--help"] || words.Contains("...")) return null;
        var program = Host.Commands.Root();
        if (program.Subcommands.Any(command => command.Name == words[0])) return program.Parse([.. words.Select(word => word == Number ? "1" : word)]).Errors.FirstOrDefault()?.Message;
        var verb = words.TakeWhile(word => !word.StartsWith('-')).ToList();
        var name = string.Join(' ', verb.Take(words[0] is "user" or "key" ? 2 : 1));
        if (!Announced.TryGetValue(name, out var options)) return "there is no such command";
        return words.FirstOrDefault(word => word.StartsWith('-') && !options.Contains(word) && !OfEveryCommand.Contains(word)) is { } unknown ? $"{name} has no option {unknown}"
            : Named(words, "--roles").FirstOrDefault(role => !Roles.Contains(role)) is { } role ? $"there is no role {role}"
            : Named(words, "--role").FirstOrDefault(role => !UserRoles.Contains(role)) is { } user ? $"no user is a {user}"
            : null;
    }

    // A variable is filled in by whoever starts the unit.
    private static IEnumerable<string> Named(IReadOnlyList<string> words, string option) =>
        words.SkipWhile(word => word != option).Skip(1).Take(1).SelectMany(value => value.Split(',')).Where(value => !value.StartsWith('$'));
}

namespace ContributionEngine.House.Tests;

/// <summary>Whoever copies a command from a deploy file or a document finds that the program knows it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Calls
{
    // Stands in documents for the number of a message.
    private const string Number = "ID";

    // Is filled in by whoever starts the unit.
    private const string AnyRole = "${ROLE}";

    private static readonly string[] Roles = ["web", "worker", "gateway", "scheduler"];

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
        return Host.Commands.Root().Parse([.. words.Select(word => word == Number ? "1" : word == AnyRole ? Roles[0] : word)]).Errors.FirstOrDefault()?.Message;
    }
}

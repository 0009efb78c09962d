using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Messaging;

namespace ContributionEngine.House.Tests;

/// <summary>README's first screen and the message map say the same.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MessageTable
{
    private const string Heading = "## Which message runs what";

    private static readonly IReadOnlyList<Route> Map = MessageMap.Of(new FundChannels(_ => Refusal.Usage("none", "No channel is needed to read the map.")));

    [Test]
    public void The_table_in_the_readme_is_the_map()
    {
        if (!House.Has("README.md")) Assert.Fail($"README.md is missing; it holds a table under the heading «{Heading}».");
        var rows = Markdown.Read("README.md").Table(Heading).Skip(1).Select(cells => string.Join(" | ", cells.Take(3))).ToList();
        if (rows.Count == 0) Assert.Fail($"README.md: there is no table under the heading «{Heading}».");
        var routes = Map.Select(route => $"{route.Queue} | {route.Contract.Name} | {route.UseCase}").ToList();
        Rule.Holds(routes.Except(rows).Select(row => new Offence("README.md", row, $"the map's route «{row}» is missing"))
            .Concat(rows.Except(routes).Select(row => new Offence("README.md", row, $"the map has no route «{row}»"))));
    }

    [Test]
    public void Every_contract_is_on_the_map_once() => Rule.Holds(
        from contract in typeof(IMessage).Assembly.GetTypes()
        where contract is { IsInterface: false } && contract.IsAssignableTo(typeof(IMessage))
        let count = Map.Count(route => route.Contract == contract)
        where count != 1
        select new Offence("src/ContributionEngine.Messaging/MessageMap.cs", contract.Name, $"{contract.Name} stands {count} times on the map"));

    [Test]
    public void Every_queue_has_one_contract() => Assert.That(Map.Select(route => route.Queue), Is.Unique);
}

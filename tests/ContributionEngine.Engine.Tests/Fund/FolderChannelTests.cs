using System.Text;
using ContributionEngine.Core;
using ContributionEngine.FundGateway;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Fund;

/// <summary>A directory that the fund reads, and one in which it answers.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FolderChannelTests : IDisposable
{
    private const string Name = $"{Parcels.Reference}.csv";

    private readonly Workplace place = new();
    private readonly FundGate gate = Parcels.Gate();

    public void Dispose() => place.Dispose();

    [TearDown]
    public async Task End() => await gate.DisposeAsync();

    [Test]
    public async Task Answers_of_any_kind_are_picked_up_and_what_is_not_finished_is_left()
    {
        Directory.CreateDirectory(place.PathOf("answers"));
        foreach (var name in new[] { "c.json", "a.xml", "b.csv", "d.xml.part", ".e.xml", "f.tmp" }) place.Write($"answers/{name}", name);
        Assert.That((await gate.Answers(Fund)).Select(answer => $"{answer.Name}={Encoding.UTF8.GetString(answer.Content)}"), Is.EqualTo(new[] { "a.xml=a.xml", "b.csv=b.csv", "c.json=c.json" }));
    }

    [Test]
    public async Task The_agreement_may_name_another_directory_for_answers()
    {
        Directory.CreateDirectory(place.PathOf("from-the-fund"));
        place.Write("from-the-fund/a.xml", "<a/>");
        Assert.That((await gate.Answers(Fund with { Answers = "from-the-fund" })).Select(answer => answer.Name), Is.EqualTo(new[] { "a.xml" }));
    }

    [Test]
    public async Task A_file_that_was_written_and_not_renamed_is_not_found_and_is_written_again()
    {
        place.Write($"{Name}.abc.part", "half");
        Assert.That((await gate.Ask(Fund), await gate.Deliver(Fund), place.Read(Name)), Is.EqualTo(((Handover)new Handover.NotFound(), (Handover)new Handover.Delivered(null), Parcels.Text)));
    }

    [Test]
    public async Task Other_content_under_the_name_is_refused_and_left()
    {
        place.Write(Name, "another");
        Assert.That(((await gate.Deliver(Fund)).Told(), place.Read(Name)), Is.EqualTo(($"Refused: name_taken: {Name} is there already with other content.", "another")));
    }

    private Channel Fund => new("folder", "csv") { Path = place.Folder };
}

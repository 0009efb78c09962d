using System.Text;
using ContributionEngine.Core;
using ContributionEngine.FundGateway;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Fund;

/// <summary>A fund that takes files by SFTP, against OpenSSH.</summary>
public sealed class SftpChannelTests
{
    private const string Name = $"{Parcels.Reference}.csv";

    private OwnSshd fund = null!;
    private FundGate gate = null!;

    [SetUp]
    public async Task Start()
    {
        fund = await OwnSshd.Create();
        gate = Parcels.Gate();
    }

    [TearDown]
    public async Task End()
    {
        if (gate is not null) await gate.DisposeAsync();
        if (fund is not null) await fund.DisposeAsync();
    }

    [TestCase("ed25519")]
    [TestCase("ecdsa")]
    public async Task A_file_is_there_under_its_final_name_alone_whichever_host_key_was_agreed(string kind)
    {
        Assert.That(await gate.Deliver(Fund with { HostKey = fund.Fingerprint(kind) }), Is.EqualTo(new Handover.Delivered(null)));
        Assert.That((There, await File.ReadAllTextAsync(Path.Combine(fund.Files, Name))), Is.EqualTo((Name, Parcels.Text)));
    }

    [Test]
    public async Task A_directory_below_where_the_login_begins_may_be_named()
    {
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), $"sftp-{Guid.NewGuid():n}");
        Directory.CreateDirectory(home);
        try
        {
            var url = new UriBuilder(fund.Address) { Path = $"/~/{Path.GetFileName(home)}" }.Uri.ToString();
            Assert.That((await gate.Deliver(Fund with { Url = url }), File.Exists(Path.Combine(home, Name))), Is.EqualTo(((Handover)new Handover.Delivered(null), true)));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Test]
    public async Task A_changed_host_key_is_never_accepted_and_both_fingerprints_are_told()
    {
        var agreed = fund.Fingerprint("ed25519");
        await fund.ChangeHostKeys();
        var handover = (Handover.Mistrusted)await gate.Deliver(Fund with { HostKey = agreed });
        Assert.That(handover.Why.Sentence, Does.Contain($"the agreement has {agreed}, and shown was ").And.Contain($"ssh-ed25519 {fund.Fingerprint("ed25519")}").And.Contain($"ecdsa-sha2-nistp256 {fund.Fingerprint("ecdsa")}"));
        Assert.That(There, Is.Empty);
    }

    [Test]
    public async Task A_wrong_password_is_not_tried_again_and_not_told()
    {
        await File.WriteAllTextAsync(Path.Combine(fund.Files, "..", "password"), "wr0ng-password");
        var handover = (Handover.NotReached)await gate.Deliver(Fund with { Secret = $"file:{Path.Combine(fund.Files, "..", "password")}" });
        Assert.That((handover.Wait, handover.Why.Sentence), Is.EqualTo(((TimeSpan?)TimeSpan.FromMinutes(15), "the fund does not accept our credentials: Permission denied (password).")));
    }

    [Test]
    public async Task Nobody_there_is_not_reached()
    {
        await fund.Stop();
        Assert.That(await gate.Deliver(Fund), Is.InstanceOf<Handover.NotReached>());
    }

    [Test]
    public async Task A_file_that_was_written_and_not_renamed_is_not_there_and_is_written_again()
    {
        await fund.Deny("rename");
        Assert.That((await gate.Deliver(Fund), await gate.Ask(Fund)), Is.InstanceOf<ValueTuple<Handover, Handover>>().And.Matches<(Handover First, Handover Asked)>(said => said is { First: Handover.NotReached, Asked: Handover.NotFound }));
        await fund.Deny("");
        Assert.That((await gate.Deliver(Fund), There.Split(' ').Count(name => name == Name)), Is.EqualTo(((Handover)new Handover.Delivered(null), 1)));
    }

    [Test]
    public async Task The_same_file_standing_there_is_delivered_and_other_content_is_refused_and_left()
    {
        var path = Path.Combine(fund.Files, Name);
        await File.WriteAllTextAsync(path, Parcels.Text);
        Assert.That((await gate.Deliver(Fund), await gate.Ask(Fund)), Is.EqualTo(((Handover)new Handover.Delivered(null), (Handover)new Handover.Delivered(null))));
        var other = Parcels.Text.Replace("17320.00", "17320.01", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, other);
        Assert.That(((await gate.Deliver(Fund)).Told(), await File.ReadAllTextAsync(path)), Is.EqualTo(($"Refused: name_taken: {Name} is there already with other content.", other)));
    }

    [Test]
    public async Task A_directory_that_is_away_says_nothing_about_what_is_in_it()
    {
        Directory.Move(fund.Files, $"{fund.Files}.away");
        Assert.That(await gate.Ask(Fund), Is.InstanceOf<Handover.NotReached>());
    }

    [Test]
    public async Task Answers_are_picked_up_by_name_and_what_is_not_finished_is_left()
    {
        var answers = Path.Combine(fund.Files, "answers");
        foreach (var name in new[] { "b.xml", "a.csv", "c.xml.part", ".d.csv", "e.tmp" }) await File.WriteAllTextAsync(Path.Combine(answers, name), name);
        await File.WriteAllTextAsync(Path.Combine(answers, "f.csv"), "");
        Directory.CreateDirectory(Path.Combine(answers, "g"));
        File.CreateSymbolicLink(Path.Combine(answers, "h.csv"), fund.UserKey);
        Assert.That((await gate.Answers(Fund)).Select(answer => $"{answer.Name}={Encoding.UTF8.GetString(answer.Content)}"), Is.EqualTo(new[] { "a.csv=a.csv", "b.xml=b.xml" }));
    }

    [Test]
    public async Task An_answer_that_is_stored_is_not_read_again_unless_it_changes()
    {
        var path = Path.Combine(fund.Files, "answers", "a.csv");
        await File.WriteAllTextAsync(path, "one");
        await (await gate.Answers(Fund)).Single().Taken!(CancellationToken.None);
        Assert.That(await gate.Answers(Fund), Is.Empty);
        await File.WriteAllTextAsync(path, "another");
        Assert.That(Encoding.UTF8.GetString((await gate.Answers(Fund)).Single().Content), Is.EqualTo("another"));
    }

    [Test]
    public async Task An_answer_above_the_limit_is_named_and_stops_no_other()
    {
        await using (var big = File.Create(Path.Combine(fund.Files, "answers", "a.csv"))) big.SetLength(FundPipeline.AnswerBytesMax + 1L);
        await File.WriteAllTextAsync(Path.Combine(fund.Files, "answers", "b.csv"), "small");
        Assert.That((await gate.Answers(Fund)).Select(answer => $"{answer.Name} {answer.Content.Length} {answer.Trouble}"), Is.EqualTo(new[] { "a.csv 0 it has 67108865 bytes; the longest that is read has 67108864", "b.csv 5 " }));
    }

    [Test]
    public async Task Answers_of_a_server_that_is_not_the_fund_are_not_read()
    {
        var agreed = fund.Fingerprint("ed25519");
        await fund.ChangeHostKeys();
        Assert.That(async () => await gate.Answers(Fund with { HostKey = agreed }), Throws.InstanceOf<IOException>().With.Message.Contains(agreed));
    }

    private Channel Fund => new("sftp", "csv") { Url = fund.Address, HostKey = fund.Fingerprint("ed25519"), Secret = $"file:{fund.UserKey}" };

    private string There => string.Join(' ', Directory.EnumerateFiles(fund.Files).Select(Path.GetFileName).Order(StringComparer.Ordinal));
}

using ContributionEngine.Testing;
using Npgsql;

namespace ContributionEngine.Host.Tests.Servers;

/// <summary>A setting that leads nowhere is told in a sentence, with a code of its own, and without the password.</summary>
internal sealed class SettingTests
{
    private const int Usage = 2;
    private const int OutsideDown = 8;
    private const string Wrong = "not-the-password";

    [Test]
    public async Task A_wrong_password_of_the_database_is_told() => await Told((Usage, "database_denied"), await With(database => database.Password = Wrong));

    [Test]
    public async Task A_database_that_is_not_there_is_told() => await Told((Usage, "database_missing"), await With(database => database.Database = "no_such_database"));

    [Test]
    public async Task A_server_that_nobody_runs_is_told() => await Told((OutsideDown, "database_unreachable"), await With(database => database.Port = 1));

    [TestCase("postgresql:Host")]
    [TestCase("postgresql:Colour=red")]
    [TestCase("oracle:Host=x")]
    [TestCase("sqlite:")]
    [TestCase("db.example")]
    public async Task A_database_that_cannot_be_read_is_told(string malformed) => await Told((Usage, "database_malformed"), $"\"--db\" \"{malformed}\"");

    [TestCase("rabbit")]
    [TestCase("amqp://127.0.0.1/")]
    [TestCase("http://guest:guest@127.0.0.1/")]
    public async Task A_broker_that_cannot_be_read_is_told(string malformed)
    {
        await using var place = await ServerPlace.Fresh();
        var said = await place.Work.Run($"agreement list -o json --bus {malformed}");
        Assert.That((said.Exit, said.Problem.At("code")), Is.EqualTo((Usage, "bus_malformed")), said.ToString());
    }

    [Test]
    public async Task A_broker_and_a_file_do_not_go_together() => await Told((Usage, "bus_needs_server"), "--db sqlite:work.db --bus amqp://engine:secret@127.0.0.1/");

    [Test]
    public async Task A_wrong_password_of_the_broker_is_told() => await Refused((Usage, "broker_denied"), bus => bus.Password = Wrong);

    [Test]
    public async Task A_virtual_host_that_is_not_there_is_told() => await Refused((Usage, "broker_denied"), bus => bus.Path = "no_such_host");

    [Test]
    public async Task A_broker_that_nobody_runs_is_told() => await Refused((OutsideDown, "broker_unreachable"), bus => bus.Port = 1);

    private static Task<string> With(Action<NpgsqlConnectionStringBuilder> change)
    {
        var database = new NpgsqlConnectionStringBuilder(PostgreSqlServer.Needed());
        change(database);
        return Task.FromResult($"--db \"postgresql:{database.ConnectionString}\"");
    }

    private static async Task Told((int, string) end, string options)
    {
        using var place = new Workplace();
        var said = await place.Run($"agreement list -o json {options}");
        Assert.That((said.Exit, said.Problem.At("code")), Is.EqualTo(end), said.ToString());
        Assert.That((said.Error.Contains(Wrong, StringComparison.Ordinal), said.Out), Is.EqualTo((false, "")));
    }

    private static async Task Refused((int, string) end, Action<UriBuilder> change)
    {
        var bus = new UriBuilder(RabbitMqServer.Needed());
        change(bus);
        await using var place = await ServerPlace.Fresh();
        var said = await place.Work.Run($"worker -o json --bus {bus.Uri}");
        Assert.That((said.Exit, said.Problem.At("code")), Is.EqualTo(end), said.ToString());
        Assert.That(said.Error, Does.Not.Contain(Wrong));
    }
}

using System.Net;
using System.Net.Sockets;

namespace ContributionEngine.Storage.Tests;

/// <summary>What of SQL Server can be tried without one.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SqlServerDialectTests
{
    [Test]
    public void The_place_is_told_without_user_and_password() =>
        Assert.That(new SqlServer("Server=db.coop.example,1433;Database=coop;User Id=maria;Password=secret").Place, Is.EqualTo("database coop on db.coop.example,1433"));

    [Test]
    public void A_server_that_nobody_runs_is_unreachable()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        Assert.That(TroubleAt($"127.0.0.1,{port}"), Is.EqualTo(Trouble.Unreachable));
    }

    [Test]
    public void A_server_without_a_name_in_the_network_is_unreachable() => Assert.That(TroubleAt("no-such-server.invalid"), Is.EqualTo(Trouble.Unreachable));

    [Test]
    public void A_server_that_says_nothing_is_unreachable()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        Assert.That(TroubleAt($"127.0.0.1,{((IPEndPoint)silent.LocalEndpoint).Port}"), Is.EqualTo(Trouble.Unreachable));
    }

    [Test]
    public void Rows_go_in_as_the_types_of_their_columns()
    {
        using var rows = new BulkRows([[1L, "a", null, new DateOnly(2021, 1, 31), new DateTimeOffset(2021, 1, 31, 18, 0, 0, TimeSpan.FromHours(-6)).AddTicks(19)]], 5);
        Assert.That(rows.Read(), Is.True);
        Assert.That(Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue), Is.EqualTo(new object[] { 1L, "a", DBNull.Value, new DateTime(2021, 1, 31), new DateTime(2021, 2, 1).AddTicks(10) }));
        Assert.That((rows.Read(), rows.Failure), Is.EqualTo((false, (object?)null)));
    }

    [Test]
    public void A_source_that_fails_ends_the_rows_and_its_failure_is_kept()
    {
        using var rows = new BulkRows(Failing(), 1);
        Assert.That((rows.Read(), rows.Read()), Is.EqualTo((true, false)));
        Assert.That(() => rows.Failure!.Throw(), Throws.InstanceOf<TimeZoneNotFoundException>());
    }

    private static IEnumerable<object?[]> Failing()
    {
        yield return [1L];
        throw new TimeZoneNotFoundException();
    }

    private static Trouble TroubleAt(string server)
    {
        var dialect = new SqlServer($"Server={server};Database=coop;User Id=maria;Password=secret;Connect Timeout=2;ConnectRetryCount=0;TrustServerCertificate=true");
        return dialect.TroubleOf(Assert.CatchAsync(() => dialect.Applied(CancellationToken.None))!);
    }
}

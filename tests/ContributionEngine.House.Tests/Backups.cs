using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace ContributionEngine.House.Tests;

/// <summary>A backup can be restored, and no number is given out twice after it.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Backups
{
    private const string Script = "deploy/backup/sqlite.sh";
    private const string Next = "select next_id from id_block where name = 'all'";
    private const long MovedOn = 1_000_000_000;

    private string folder = "";

    [SetUp]
    public void Make()
    {
        if (!Found("sqlite3") || !Found("flock")) Assert.Ignore($"{Script} needs sqlite3 and flock, which are not on the PATH.");
        folder = Directory.CreateTempSubdirectory("backups-").FullName;
        using var fresh = FreshDatabase.Open();
        Do(fresh, $"vacuum into '{Database}'");
    }

    [TearDown]
    public void Remove()
    {
        SqliteConnection.ClearAllPools();
        if (folder != "") Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void What_was_backed_up_is_there_again_with_its_ids_moved_on()
    {
        var before = Ask(Next);
        Assert.That(Run("backup", Copy), Is.Zero);
        Do("update id_block set next_id = next_id + 7; insert into organisation (id, code, name, kind) values (1, 'LATER', 'Later', 'cooperative')");
        Assert.That(Run("restore", Copy), Is.Zero);
        Assert.That((Ask(Next), Ask("select count(*) from organisation")), Is.EqualTo((before + MovedOn, 0L)));
        Assert.That(Directory.GetFiles(folder, "data.db.before-*"), Has.Length.EqualTo(1), "What was there is kept.");
    }

    [Test]
    public void A_backup_is_not_written_over_another() => Assert.That((Run("backup", Copy), Run("backup", Copy)), Is.EqualTo((0, 6)));

    [Test]
    public void Nothing_is_restored_while_the_engine_writes()
    {
        Run("backup", Copy);
        using (new FileStream($"{Database}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)) Assert.That(Run("restore", Copy), Is.EqualTo(6));
        Assert.That(Run("restore", Copy), Is.Zero);
    }

    [Test]
    public void A_copy_that_is_cut_off_is_not_restored()
    {
        Run("backup", Copy);
        using (var copy = File.OpenWrite(Copy)) copy.SetLength(copy.Length / 2);
        Assert.That(Run("restore", Copy), Is.EqualTo(9));
        Assert.That(Ask(Next), Is.LessThan(MovedOn), "The database stays as it was.");
    }

    private string Database => Path.Combine(folder, "data.db");

    private string Copy => Path.Combine(folder, "copy.db");

    private int Run(string verb, string file)
    {
        SqliteConnection.ClearAllPools();
        using var script = Process.Start(new ProcessStartInfo("bash", [House.Full(Script), verb, file]) { RedirectStandardError = true, Environment = { ["CONTRIBUTION_ENGINE_DB"] = $"sqlite:{Database}" } })!;
        var said = script.StandardError.ReadToEnd();
        script.WaitForExit();
        TestContext.Out.WriteLine(said);
        return script.ExitCode;
    }

    private void Do(string statement)
    {
        using var connection = Connect();
        Do(connection, statement);
    }

    private long Ask(string question)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = question;
        return (long)command.ExecuteScalar()!;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Database}");
        connection.Open();
        return connection;
    }

    private static void Do(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private static bool Found(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}

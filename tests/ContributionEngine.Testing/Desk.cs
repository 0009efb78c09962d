using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;

namespace ContributionEngine.Testing;

/// <summary>A clock that stands still until it is moved.</summary>
public sealed class StillClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset now = now;

    public override DateTimeOffset GetUtcNow() => now;

    public void Move(TimeSpan by) => now += by;
}

/// <summary>The engine's use cases over a real SQLite file of their own, with a clock that stands at noon of 1 June 2022.</summary>
public sealed class Desk : IAsyncDisposable
{
    private readonly Workplace place = new();

    private Desk() => Database = new Database(new Sqlite(place.Database), Clock);

    public static Actor Treasurer { get; } = new("os:treasurer");

    public StillClock Clock { get; } = new(new DateTimeOffset(2022, 6, 1, 12, 0, 0, TimeSpan.Zero));

    public Database Database { get; }

    public Workplace Place => place;

    public static async Task<Desk> Open()
    {
        var desk = new Desk();
        _ = (await Schema.Ready(desk.Database.Dialect, CancellationToken.None)).Value;
        return desk;
    }

    /// <summary>An agreement with members and the schedule of its term.</summary>
    public static async Task<Desk> With(AgreementDraft agreement, IEnumerable<Person> members)
    {
        var desk = await Open();
        _ = (await new ImportAgreement(desk.Database).Run(Treasurer, agreement.Json, CancellationToken.None)).Value;
        await desk.Enrol(agreement.Number, members);
        _ = (await new GenerateSchedule(desk.Database).Run(Treasurer, new ScheduleRequest(agreement.Number, null, null, agreement.Start), CancellationToken.None)).Value;
        return desk;
    }

    public Task Enrol(string agreement, IEnumerable<Person> members) => Enrol(agreement, Members.Csv(members));

    /// <param name="members">The file of the members as it is written.</param>
    public async Task Enrol(string agreement, string members)
    {
        var path = place.Write("members.csv", members);
        _ = (await new ImportMembers(Database).Run(Treasurer, agreement, (() => File.OpenRead(path), "members.csv"), CancellationToken.None)).Value;
    }

    /// <summary>Takes in a statement of a bank; what is to be matched waits for whoever reads the outbox.</summary>
    public Task<ReadBankFile> Statement(byte[] statement) => With(new Way("", "statement.xml", statement), async content =>
        (await new ImportStatement(Database).Run(Treasurer, new StatementRequest([new SentFile(content.Name, content.Spool)], "auto", false), CancellationToken.None)).Single());

    /// <summary>Submits rows as a file; what is staged waits for whoever reads the outbox.</summary>
    /// <param name="how">What else is asked for; null: nothing.</param>
    public Task<Outcome<UploadReport>> Submit(string agreement, string text, string asOf, Func<UploadRequest, UploadRequest>? how = null)
    {
        return With(new Way("", "receipts.csv", Encoding.UTF8.GetBytes(text)), Send);

        Task<Outcome<UploadReport>> Send((string Name, FileSpool Spool) content)
        {
            var request = Request(agreement, content, asOf);
            return new SubmitUpload(Database).Submit(Treasurer, how?.Invoke(request) ?? request, CancellationToken.None);
        }
    }

    /// <summary>Submits a file as it is written.</summary>
    public Task<Outcome<UploadReport>> Submit(string agreement, Way way, string asOf) =>
        With(way, content => new SubmitUpload(Database).Submit(Treasurer, Request(agreement, content, asOf), CancellationToken.None));

    /// <summary>Checks a file as it is written.</summary>
    public Task<Outcome<UploadReport>> Check(string agreement, Way way, string asOf) =>
        With(way, content => new SubmitUpload(Database).Check(Treasurer, Request(agreement, content, asOf), CancellationToken.None));

    public Task<T> Read<T>(Func<Work, Task<T>> unit) => Database.Read(Treasurer, unit, CancellationToken.None);

    public Task<StoredAgreement> Agreement(string number) => Read(async work => (await work.Agreements.Find(number)).Value);

    /// <summary>Where the agreement's money stands.</summary>
    public async Task<MoneyTotals> Totals(string number)
    {
        var agreement = await Agreement(number);
        return await Read(work => work.Totals.Of(agreement.Id));
    }

    /// <summary>The rows that break one of the nine truths; empty is the proof.</summary>
    public Task<IReadOnlyList<Break>> Breaks() => Read(work => work.Proofs.Run());

    private static async Task<T> With<T>(Way way, Func<(string Name, FileSpool Spool), Task<T>> use)
    {
        await using var spool = await FileSpool.Copy(new MemoryStream(way.Bytes), way.Bytes.Length, CancellationToken.None);
        return await use((way.FileName, spool));
    }

    private static UploadRequest Request(string agreement, (string Name, FileSpool Spool) content, string asOf) =>
        new() { Agreement = agreement, FileName = content.Name, Content = content.Spool, AsOf = asOf };

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        place.Dispose();
    }
}

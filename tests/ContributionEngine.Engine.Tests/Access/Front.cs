using ContributionEngine.Core;
using ContributionEngine.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ContributionEngine.Engine.Tests.Access;

/// <summary>A database with one operator, ana, whose password is her own, and a way to seal secrets that shows what is sealed.</summary>
internal sealed class Front : IAsyncDisposable
{
    public const string Password = "coffee dries in the sun";

    public static readonly Actor Ana = new("ana");

    // Hashing is slow by design, so her password is hashed once for all tests.
    private static readonly Lazy<string> Hash = new(() => Hashed(210_000));

    private Front(Desk desk) => Desk = desk;

    public Desk Desk { get; }

    public SignIn SignIn => new(Desk.Database, Sealing, Duty);

    /// <summary>Roles that need a second factor.</summary>
    public SecondFactorDuty Duty { get; set; } = new();

    public OwnAccount Account => new(Desk.Database);

    public OwnSecondFactor Factor => new(Desk.Database, Sealing);

    public KeepLogins Logins => new(Desk.Database);

    public KeepKeys Keys => new(Desk.Database);

    public static async Task<Front> Open()
    {
        var front = new Front(await Desk.Open());
        _ = (await new KeepUsers(front.Desk.Database).Add(Desk.Treasurer, new KnownUser("ana", Door.Operator, null, true), CancellationToken.None)).Value;
        await front.Put(Hash.Value);
        return front;
    }

    /// <summary>Her password as it was hashed in so many rounds.</summary>
    public static string Hashed(int rounds) => new PasswordHasher<string>(Options.Create(new PasswordHasherOptions { IterationCount = rounds })).HashPassword("", Password);

    public Task Put(string hash) => Desk.Database.Write(Ana, async work => await work.Logins.SetPassword((await work.Users.Find("ana")).Value.Id, hash, null), CancellationToken.None);

    public async Task<string> Kept() => (await Desk.Read(work => work.Logins.Find("ana"))).Value.PasswordHash!;

    public Task<Outcome<UserSession>> Try(string password, string name = "ana") => SignIn.Password(name, password, CancellationToken.None);

    public Task<UserSession?> Resume(UserSession session) => SignIn.Resume(session.UserId, session.Stamp, CancellationToken.None);

    /// <summary>What the administration's chain says, oldest first.</summary>
    public async Task<IReadOnlyList<string>> Audit() => [.. (await Desk.Read(work => work.Audit.List(Storage.Audit.Administration))).Select(entry => $"{entry.Actor} {entry.UseCase} {entry.Subject} {entry.Document}")];

    public ValueTask DisposeAsync() => Desk.DisposeAsync();

    private static Sealing Sealing { get; } = new(text => $"sealed:{text}", text => text.StartsWith("sealed:", StringComparison.Ordinal) ? text[7..] : null);
}

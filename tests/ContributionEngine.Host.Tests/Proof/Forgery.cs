using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Proof;

/// <summary>A figure that somebody changes in the database past the program.</summary>
internal static class Forgery
{
    /// <summary>Changes it, and holds that the proof, which is the one of <c>verify</c>, then fails and names the row.</summary>
    public static async Task Finds(this Workplace place, string statement, string named)
    {
        Assert.That(StoredFacts.Forge(place.Database, statement), Is.Positive, "The statement changed nothing: the test is wrong.");
        await using var database = new Database(new Sqlite(place.Database), TimeProvider.System);
        var breaks = await database.Read(Desk.Treasurer, work => work.Proofs.Run(), CancellationToken.None);
        Assert.That(string.Join('\n', breaks.Select(one => $"{one.Truth} {one.Subject} {one.Detail}")), Does.Match(named));
    }
}

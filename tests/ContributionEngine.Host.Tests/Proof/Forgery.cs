using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Proof;

/// <summary>A figure that somebody changes in the database past the program.</summary>
internal static class Forgery
{
    /// <summary>Changes it, and holds that the proof then fails and names the row.</summary>
    public static async Task Finds(this Workplace place, string statement, string named)
    {
        Assert.That(StoredFacts.Forge(place.Database, statement), Is.Positive, "The statement changed nothing: the test is wrong.");
        var proof = await place.Run("verify -o json");
        Assert.That(proof.Exit, Is.EqualTo(9), proof.ToString());
        Assert.That(proof.Out, Does.Match(named), "names the row");
    }
}

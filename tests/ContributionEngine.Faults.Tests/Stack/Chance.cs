using System.Globalization;

namespace ContributionEngine.Faults.Tests;

/// <summary>
/// Every random choice of a test, from one seed of the run and the test's name. The seed is printed and stands in each failure;
/// CONTRIBUTION_ENGINE_FAULTS_SEED makes the same choices again.
/// </summary>
internal sealed class Chance
{
    private const string Variable = "CONTRIBUTION_ENGINE_FAULTS_SEED";

    private readonly Random random;

    public Chance(string test) => random = new Random(unchecked((int)Mixed($"{Seed} {test}")));

    /// <summary>The seed of this run.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var named) ? named : Random.Shared.Next(1, 1_000_000);

    /// <summary>What repeats the run.</summary>
    public static string Replay => $"{Variable}={Seed}";

    public int Below(int most) => random.Next(most);

    public T Of<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>A time up to so many milliseconds.</summary>
    public TimeSpan Within(int milliseconds) => TimeSpan.FromMilliseconds(random.Next(milliseconds));

    public IReadOnlyList<T> Shuffled<T>(IEnumerable<T> items)
    {
        var all = items.ToArray();
        random.Shuffle(all);
        return all;
    }

    // FNV-1a: the hash of a string is another in each process.
    private static uint Mixed(string text) => text.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u);
}

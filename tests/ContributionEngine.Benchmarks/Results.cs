namespace ContributionEngine.Benchmarks;

/// <summary>What benchmarks give, whatever happens to them.</summary>
internal static class Results
{
    /// <summary>What breaks is a result like any other, and the rest is still measured.</summary>
    public static async IAsyncEnumerable<Measured> Guarded(string name, IAsyncEnumerable<Measured> results)
    {
        await using var each = results.GetAsyncEnumerator();
        Measured? broken = null;
        while (broken is null)
        {
            try
            {
                if (!await each.MoveNextAsync()) yield break;
            }
            catch (Exception failure)
            {
                Console.Error.WriteLine(failure);
                broken = new Measured(name, $"broke: {failure.Message}", double.NaN, Bound.AtLeast(0, "of the work done"));
            }

            yield return broken ?? each.Current;
        }
    }
}

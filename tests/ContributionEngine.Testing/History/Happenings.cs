namespace ContributionEngine.Testing;

/// <summary>Where a commitment stands among those of its agreement: they are to take effect by upload, and within one by chunk.</summary>
public sealed record Place(long Upload, int Chunk)
{
    /// <summary>What places are put in order by.</summary>
    internal (long, int) Rank => (Upload, Chunk);

    public override string ToString() => $"upload {Upload}, chunk {Chunk}";
}

/// <summary>Something that was promised to happen once: a staged row, or a message.</summary>
/// <param name="Agreement">Whose order it stands in.</param>
/// <param name="Key">What it is known by there; when two bear the same key, two effects are due.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Place">When it is due, among those of its agreement.</param>
public sealed record Commitment(string Agreement, string Key, long Amount, Place Place);

/// <summary>Something that happened.</summary>
/// <param name="Agreement">Whose order it stands in.</param>
/// <param name="Key">The commitment's.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Order">Numbers that rise with time within the agreement; what happened in one stroke has one number.</param>
public sealed record Effect(string Agreement, string Key, long Amount, long Order);

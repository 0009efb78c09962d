using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What is odd about a statement, each kind once: the first case of it in words, and how many more there are.</summary>
internal sealed class WarningList
{
    private readonly OrderedDictionary<string, Remark> kinds = [];

    /// <summary>One of them asks for a person before anything is booked.</summary>
    public bool IsDoubtful { get; private set; }

    public IReadOnlyList<Remark> All => [.. kinds.Values];

    public void Add(string code, string text, Particulars? particulars = null) =>
        kinds[code] = kinds.TryGetValue(code, out var first) ? first with { More = first.More + 1 } : new Remark(code, text, particulars);

    /// <summary>The statement must be held.</summary>
    public void Doubt(string code, string text, Particulars? particulars = null)
    {
        Add(code, text, particulars);
        IsDoubtful = true;
    }
}

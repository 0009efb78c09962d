namespace ContributionEngine.Files;

/// <summary>What is odd about a statement, each kind once: the first case of it in words, and how many more there are.</summary>
internal sealed class WarningList
{
    private readonly Dictionary<string, (string First, int Count)> kinds = [];

    /// <summary>One of them asks for a person before anything is booked.</summary>
    public bool IsDoubtful { get; private set; }

    public IReadOnlyList<string> Texts => [.. kinds.Select(kind => $"{kind.Key}: {kind.Value.First}{(kind.Value.Count > 1 ? $" (and {kind.Value.Count - 1} more)" : "")}")];

    public void Add(string code, string text) => kinds[code] = kinds.TryGetValue(code, out var known) ? (known.First, known.Count + 1) : (text, 1);

    /// <summary>The statement must be held.</summary>
    public void Doubt(string code, string text)
    {
        Add(code, text);
        IsDoubtful = true;
    }
}

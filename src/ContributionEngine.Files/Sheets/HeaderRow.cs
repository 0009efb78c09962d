using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>How well a row serves as the header.</summary>
/// <param name="Named">How many columns it names.</param>
/// <param name="Columns">What its columns are, when it names all that are needed.</param>
/// <param name="Refusal">What is missing or in doubt, when it is not the header.</param>
internal sealed record HeaderFit<T>(int Named, T? Columns, Refusal? Refusal)
    where T : class
{
    /// <summary>It names all that are needed, though some twice: it is the header, and refused.</summary>
    public bool IsDoubtful { get; init; }
}

/// <summary>The header that was found.</summary>
internal sealed record Header<T>(T Columns, long Row, IReadOnlyList<string> Names)
{
    /// <summary>Rows with content above it.</summary>
    public required int Above { get; init; }
}

/// <summary>What looking for a header came to: the header, or why there is none and how many columns the nearest row names.</summary>
internal sealed record HeaderSearch<T>(Header<T>? Header, Refusal? Refusal, int Named);

/// <summary>Finds the row that names the columns: not always the first one.</summary>
internal static class HeaderRow
{
    /// <summary>Rows with content that are looked at.</summary>
    private const int LookedAt = 50;

    /// <summary>Refusals: F04 no rows; F06 for what is missing in the row that names the most; F12 too many columns.</summary>
    public static HeaderSearch<T> Find<T>(IEnumerable<SheetRecord> records, int? told, Func<IReadOnlyList<string>, HeaderFit<T>> fit)
        where T : class
    {
        HeaderFit<T>? best = null;
        var above = 0;
        foreach (var record in records.SkipWhile(record => record.Row < told).Take(told is null ? LookedAt : 1))
        {
            if (record.Count > SheetLimits.ColumnsMax) return new HeaderSearch<T>(null, FileProblem.TooMany("columns", SheetLimits.ColumnsMax), record.Count);
            var names = new string[record.Count];
            for (var i = 0; i < names.Length; i++) names[i] = record[i];
            var found = fit(names);
            if (found.Columns is { } columns) return new HeaderSearch<T>(new Header<T>(columns, record.Row, names) { Above = above }, null, found.Named);
            if (found.IsDoubtful) return new HeaderSearch<T>(null, found.Refusal, found.Named);
            if (best is null || found.Named > best.Named) best = found;
            above++;
        }

        return new HeaderSearch<T>(null, best?.Refusal ?? FileProblem.Empty(), best?.Named ?? -1);
    }
}

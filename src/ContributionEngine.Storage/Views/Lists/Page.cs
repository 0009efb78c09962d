using System.Globalization;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>The place of a row in its list: what the list is ordered by, and then the id.</summary>
public readonly record struct Mark(string Key, long Id)
{
    /// <summary>The mark as a word that means nothing to whoever carries it.</summary>
    public string Opaque => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Id.ToString(CultureInfo.InvariantCulture)} {Key}")).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Reads such a word. Refusals: <c>cursor_malformed</c>.</summary>
    public static Outcome<Mark> Read(string opaque)
    {
        var padded = opaque.Replace('-', '+').Replace('_', '/').PadRight((opaque.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(' ', 2) is [var id, var key] && long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new Mark(key, number)
            : Refusal.Usage("cursor_malformed", $"«{opaque}» is no place in a list.") with { Help = "Take it as it stands in 'next_after' of the page before, or leave it out for the first page." };
    }
}

/// <summary>How long a page may be, and which row the one before ended with.</summary>
public sealed record Slice(int Limit = Slice.LimitUsual, Mark? After = null)
{
    public const int LimitUsual = 50;

    /// <summary>Rows of a page.</summary>
    public const int LimitMax = 200;

    /// <summary>The row of that id, of a list by falling id.</summary>
    internal static Slice Only(long id) => new(1, new Mark("", id + 1));

    /// <summary>One row more than the page has tells whether another page follows.</summary>
    internal long Take => Rows + 1;

    internal int Rows => Math.Clamp(Limit, 1, LimitMax);

    /// <summary>Rows of a list by falling id have lower ones than this.</summary>
    internal long Below => After?.Id ?? long.MaxValue;

    /// <summary>Rows of a list by rising id have higher ones than this.</summary>
    internal long Above => After?.Id ?? long.MinValue;

    internal string KeyOr(string first) => After?.Key ?? first;

    /// <summary>The day that a list by day has come to.</summary>
    internal DateOnly DayOr(DateOnly first) => After is { Key: var key } && DateOnly.TryParseExact(key, Values.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : first;

    /// <summary>The instant that a list by instant has come to.</summary>
    internal DateTimeOffset InstantOr(DateTimeOffset first) => After is { Key: var key } && DateTimeOffset.TryParseExact(key, Values.InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : first;
}

/// <summary>Some rows of a list, in its order. A page is complete as of one moment, and rows that were there at the first page are on exactly one.</summary>
/// <param name="Next">Where the next page goes on; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Rows, Mark? Next)
    where T : Listed
{
    public bool HasMore => Next is not null;

    /// <param name="found">The rows of the page and, where another follows, its first.</param>
    internal static Page<T> Of(IReadOnlyList<T> found, Slice slice)
    {
        if (found.Count <= slice.Rows) return new Page<T>(found, null);
        List<T> rows = [.. found.Take(slice.Rows)];
        return new Page<T>(rows, rows[^1].Mark);
    }
}

/// <summary>A row of a list. Amounts are in minor units of its currency.</summary>
public abstract record Listed
{
    public long Id { get; init; }

    /// <summary>Code of the currency; empty where no agreement says which.</summary>
    public string Currency { get; init; } = "";

    internal virtual Mark Mark => new("", Id);

    /// <summary>An amount of this row as money.</summary>
    public Money Money(long minor) => new(minor, Core.Currency.Of(Currency).Ok(out var known, out _) ? known : new Currency(Currency, DigitsUsual));

    private const int DigitsUsual = 2;
}


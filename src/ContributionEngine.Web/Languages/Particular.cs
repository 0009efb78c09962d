using System.Collections.Frozen;
using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;

namespace ContributionEngine.Web;

/// <summary>What was found in a file, in the reader's words: which sentence it is, and its values as her place writes them.</summary>
internal static class Particular
{
    private const string Between = ", ";

    private static readonly FrozenSet<string> Amounts = FrozenSet.Create("amount", "sum", "total", "diff", "example", "a", "b");
    private static readonly FrozenSet<string> Days = FrozenSet.Create("date", "from", "to", "day");
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string> { ["state"] = "state", ["debtor"] = "debtor", ["col"] = "field" }.ToFrozenDictionary();
    private static readonly FrozenDictionary<string, string> Lists = new Dictionary<string, string> { ["fields"] = "field", ["cues"] = "cue", ["places"] = "place" }.ToFrozenDictionary();

    /// <summary>The sentence of a problem of a row; the engine's own where there is no text.</summary>
    public static string Problem(this Tongue tongue, FoundProblem problem) =>
        Key(tongue, problem) is { } key ? tongue.Said(key, Values(tongue, problem.Particulars, problem.Row, problem.Value)) : problem.Detail;

    /// <summary>The language that it is said in: the reader's where there are words of hers, else the engine's own.</summary>
    public static string TagOf(this Tongue tongue, FoundProblem problem) => Key(tongue, problem) is null ? Texts.Languages[0] : tongue.Tag;

    /// <summary>What is odd about something that was read, or what a case is about; in the engine's own words where there is no text.</summary>
    public static string Remark(this Tongue tongue, Remark found)
    {
        var values = Values(tongue, found.Particulars, null, null);
        if (found.Particulars?.Inner is { } inner) values["inner"] = inner.Select(tongue.Remark).Aggregate((said, next) => said.EndsWith('.') ? $"{said} {next}" : $"{said}; {next}");
        if (found.Particulars?.Values.GetValueOrDefault("at") is { } at) values["where"] = tongue[$"remark_at.{at}", found.Particulars.Values.GetValueOrDefault("which")];
        var said = Key(tongue, found) is { } key ? tongue.Said(key, values) : found.Sentence;
        return found.More == 0 ? said : $"{said} {tongue["remark_more", found.More]}";
    }

    /// <summary>The language that it is said in.</summary>
    public static string TagOf(this Tongue tongue, Remark found) => Key(tongue, found) is null ? Texts.Languages[0] : tongue.Tag;

    /// <summary>A note of how a file was read.</summary>
    public static string Tidied(this Tongue tongue, SheetNote note) =>
        tongue.Has($"tidied.{note.Particulars.Variant}") ? tongue.Said($"tidied.{note.Particulars.Variant}", note.Particulars.Values) : note.Sentence;

    /// <summary>Rows that the same repair puts right, counted: «19 amounts are not numbers».</summary>
    public static string Repair(this Tongue tongue, ProblemGroup group) => tongue.Has($"repair.{group.Code}") ? tongue[$"repair.{group.Code}", group.Rows] : group.Repair;

    /// <summary>The key of the variant, else of the code; null when there is no text.</summary>
    public static string? Key(Tongue tongue, string code, Particulars? particulars) =>
        particulars?.Variant is { } variant && tongue.Has($"{code}.{variant}") ? $"{code}.{variant}" : tongue.Has(code) ? code : null;

    public static IReadOnlyDictionary<string, string> Values(Tongue tongue, Refusal refusal) => Values(tongue, refusal.Particulars, refusal.Row ?? 0, refusal.Value);

    // A code with a point in it names its texts itself.
    private static string? Key(Tongue tongue, Remark found) => Key(tongue, found.Code.Contains('.') ? found.Code : $"remark.{found.Code}", found.Particulars);

    private static string? Key(Tongue tongue, FoundProblem problem) => Key(tongue, $"row.{problem.Code}", problem.Particulars);

    private static Dictionary<string, string> Values(Tongue tongue, Particulars? particulars, long? row, string? value)
    {
        var values = (particulars?.Values ?? FrozenDictionary<string, string>.Empty).ToDictionary(pair => pair.Key, pair => Written(tongue, pair.Key, pair.Value));
        if (row is { } number) values["row"] = number.ToString(CultureInfo.InvariantCulture);
        values.TryAdd("value", value ?? "");
        return values;
    }

    private static string Written(Tongue tongue, string name, string value) =>
        Amounts.Contains(name) ? Amount(tongue, value)
        : Days.Contains(name) && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? tongue.Day(day)
        : name == "period" ? tongue.Month(value)
        : Words.TryGetValue(name, out var area) ? tongue.Word(area, value)
        : Lists.TryGetValue(name, out area) ? string.Join(Between, value.Split(Between).Select(word => tongue.Word(area, word.Replace(' ', '_'))))
        : value;

    private static string Amount(Tongue tongue, string value) => value.Split(' ') switch
    {
        [var plain] when IsPlain(plain) => tongue.Decimal(plain),
        [var plain, var currency] when IsPlain(plain) => $"{currency}\u00a0{tongue.Decimal(plain)}",
        _ => value,
    };

    private static bool IsPlain(string value) => value.Length > 0 && value.TrimStart('-').All(letter => char.IsAsciiDigit(letter) || letter == '.');
}

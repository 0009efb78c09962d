using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What somebody is called where no member fits; any of it may be missing.</summary>
public readonly record struct Sought(string? MemberNo, string? NationalId, string? Name);

/// <summary>A member who may have been meant, and why. She is shown to a person and never chosen.</summary>
public sealed record LookAlike(string MemberNo, string FullName, string Reason)
{
    /// <summary>The reasons one by one, as words that are the same in every language: <c>same_number</c>, <c>one_differs</c>, ...</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Likenesses => [.. Reason.Split(LookAlikes.Between).Select(LookAlikes.WordOf)];
}

/// <summary>
/// Finds members who look like what was written, for a person to choose from. One pass over the members answers any number of
/// questions: whatever a question would take for alike is written down first, and then each member is looked up in that.
/// </summary>
public sealed class LookAlikes
{
    /// <summary>Members who are shown for one question.</summary>
    public const int Most = 3;

    internal const string Between = "; ";

    /// <summary>Characters of a number in which one may be mistyped: a shorter one would be like everybody's.</summary>
    private const int ShortestMistyped = 3;

    private const int LongestMistyped = 40;

    // Up to this one reason is as good as any number of lesser ones.
    private const Likeness Surest = Likeness.NumberIsNationalId;

    // No letter and no digit: it stands for the place where two numbers differ.
    private const char Gap = '*';

    private readonly Dictionary<string, List<(int Question, Likeness Likeness)>> wanted = [];
    private readonly List<(EnrolledMember Member, Likeness Likeness)>[] found;

    private LookAlikes(IReadOnlyList<Sought> questions)
    {
        found = [.. questions.Select(_ => new List<(EnrolledMember, Likeness)>())];
        for (var i = 0; i < questions.Count; i++) Want(i, questions[i]);
    }

    /// <summary>How a member is like what was written, the likest first.</summary>
    private enum Likeness
    {
        SameNumber,
        SameNationalId,
        NumberIsNationalId,
        SameButForSeparators,
        Swapped,
        OneDiffers,
        SameName,
    }

    /// <summary>For each question, in their order, at most <see cref="Most"/> members, the likest first.</summary>
    public static IReadOnlyList<IReadOnlyList<LookAlike>> Of(IEnumerable<EnrolledMember> members, IReadOnlyList<Sought> questions)
    {
        if (questions.Count == 0) return [];
        var search = new LookAlikes(questions);
        foreach (var member in members) search.Meet(member);
        return [.. search.found.Select(Likest)];
    }

    private static List<LookAlike> Likest(List<(EnrolledMember Member, Likeness Likeness)> candidates) =>
    [
        .. candidates.GroupBy(item => item.Member.MemberNo)
            .Select(group => (group.First().Member, Why: Reasons(group.Select(item => item.Likeness))))
            .OrderBy(item => item.Why[0] > Surest).ThenByDescending(item => item.Why.Count).ThenBy(item => item.Why[0]).ThenBy(item => item.Member.MemberNo, StringComparer.Ordinal)
            .Take(Most)
            .Select(item => new LookAlike(item.Member.MemberNo, item.Member.FullName, string.Join(Between, item.Why.Select(Words)))),
    ];

    // A number is like itself with any digit masked, which says nothing.
    private static List<Likeness> Reasons(IEnumerable<Likeness> likenesses)
    {
        var all = likenesses.Distinct().Order().ToList();
        if (all[0] == Likeness.SameNumber) all.Remove(Likeness.SameButForSeparators);
        if (all[0] is Likeness.SameNumber or Likeness.SameButForSeparators) all.Remove(Likeness.OneDiffers);
        return all;
    }

    /// <summary>The word of a reason that is the same in every language.</summary>
    internal static string WordOf(string reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.GetValues<Likeness>().First(likeness => Words(likeness) == reason).ToString());

    private static string Words(Likeness likeness) => likeness switch
    {
        Likeness.SameNumber => "same number",
        Likeness.SameNationalId => "same national id",
        Likeness.NumberIsNationalId => "the number is this member's national id",
        Likeness.SameButForSeparators => "same number but for separators, leading letters or zeros",
        Likeness.Swapped => "two neighbours swapped",
        Likeness.OneDiffers => "one digit different",
        _ => "same name",
    };

    private void Want(int question, Sought sought)
    {
        if (sought.MemberNo is { Length: > 0 } number)
        {
            Want(question, Likeness.SameNumber, $"number {number}");
            Want(question, Likeness.NumberIsNationalId, $"id {MemberDirectory.Folded(number)}");
            Want(question, Likeness.SameButForSeparators, Bare(Plain(number)));
            var plain = Plain(number);
            foreach (var swapped in Swaps(plain)) Want(question, Likeness.Swapped, $"plain {swapped}");
            foreach (var masked in Masks(plain)) Want(question, Likeness.OneDiffers, masked);
        }

        if (sought.NationalId is { Length: > 0 } id) Want(question, Likeness.SameNationalId, $"id {MemberDirectory.Folded(id)}");
        if (sought.Name is { Length: > 0 } name) Want(question, Likeness.SameName, NameOf(name));
    }

    private void Want(int question, Likeness likeness, string? form)
    {
        if (form is null) return;
        if (!wanted.TryGetValue(form, out var askers)) wanted[form] = askers = [];
        askers.Add((question, likeness));
    }

    private void Meet(EnrolledMember member)
    {
        var plain = Plain(member.MemberNo);
        Note(member, $"number {member.MemberNo}");
        if (member.NationalIdFolded.Length > 0) Note(member, $"id {member.NationalIdFolded}");
        Note(member, Bare(plain));
        Note(member, $"plain {plain}");
        foreach (var masked in Masks(plain)) Note(member, masked);
        Note(member, NameOf(member.FullName));
    }

    private void Note(EnrolledMember member, string? form)
    {
        if (form is null || !wanted.TryGetValue(form, out var askers)) return;
        foreach (var (question, likeness) in askers) found[question].Add((member, likeness));
    }

    private static string Plain(string number) => string.Concat(number.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    // Null where nothing but letters and zeros stands: they would all be alike.
    private static string? Bare(string plain)
    {
        var bare = plain.TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ0".ToCharArray());
        return bare.Length == 0 ? null : $"bare {bare}";
    }

    private static IEnumerable<string> Swaps(string plain)
    {
        if (plain.Length is < ShortestMistyped or > LongestMistyped) yield break;
        for (var i = 1; i < plain.Length; i++)
        {
            if (plain[i] != plain[i - 1]) yield return $"{plain[..(i - 1)]}{plain[i]}{plain[i - 1]}{plain[(i + 1)..]}";
        }
    }

    // Two numbers with the same digit masked are alike but for that digit.
    private static IEnumerable<string> Masks(string plain)
    {
        if (plain.Length is < ShortestMistyped or > LongestMistyped) yield break;
        for (var i = 0; i < plain.Length; i++)
        {
            if (char.IsAsciiDigit(plain[i])) yield return $"{plain[..i]}{Gap}{plain[(i + 1)..]}";
        }
    }

    // The words of a name in any order; a single word fits too many.
    private static string? NameOf(string name)
    {
        var words = PlainLetters.Folded(name).Split(' ').Where(word => word.Length > 1).Distinct().Order(StringComparer.Ordinal).ToList();
        return words.Count < 2 ? null : $"name {string.Join(' ', words)}";
    }
}

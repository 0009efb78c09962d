using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Recognises members of one agreement by rule 7: number exactly, then without leading zeros if unique, else national id
/// without blanks, dots, dashes and case. Names never decide, and whoever is not in this agreement is simply unknown.
/// </summary>
internal sealed class MemberDirectory
{
    private readonly Dictionary<string, List<EnrolledMember>> byNumber;
    private readonly Dictionary<string, long?> byBareNumber;
    private readonly Dictionary<string, long?> byNationalId;
    private readonly ILookup<long, EnrolledMember> byMember;

    public MemberDirectory(IReadOnlyList<EnrolledMember> enrolled)
    {
        byMember = enrolled.ToLookup(row => row.MemberId);
        byNumber = enrolled.GroupBy(row => row.MemberNo).ToDictionary(group => group.Key, group => group.ToList());
        byBareNumber = Unique(enrolled, row => Bare(row.MemberNo));
        byNationalId = Unique(enrolled, row => row.NationalIdFolded);
    }

    /// <summary>A national id without blanks, dots, dashes and case.</summary>
    public static string Folded(string nationalId) =>
        string.Concat(nationalId.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('.' or '-'))).ToUpperInvariant();

    /// <summary>The enrolment that a row's money belongs to; null when unknown or when number and id name two people.</summary>
    public EnrolledMember? Find(string? memberNo, string? nationalId, DateOnly receivedOn)
    {
        var (number, id) = (ByNumber(memberNo), ByNationalId(nationalId));
        if (number is not null && id is not null && number != id) return null;
        return (number ?? id) is { } member ? At(member, receivedOn) : null;
    }

    /// <summary>True when number and id each name somebody, and not the same person.</summary>
    public bool AreTwo(string? memberNo, string? nationalId) => ByNumber(memberNo) is { } number && ByNationalId(nationalId) is { } id && number != id;

    private long? ByNationalId(string? nationalId) => nationalId is { Length: > 0 } && Folded(nationalId) is { Length: > 0 } folded ? byNationalId.GetValueOrDefault(folded) : null;

    private long? ByNumber(string? memberNo) =>
        memberNo is not { Length: > 0 } ? null
        : byNumber.TryGetValue(memberNo, out var exact) ? exact[0].MemberId
        : Bare(memberNo) is { Length: > 0 } bare ? byBareNumber.GetValueOrDefault(bare) : null;

    // Someone who left and came back has several enrolments: the one that holds the day, else the latest that had begun, else the first.
    private EnrolledMember At(long member, DateOnly day)
    {
        var enrolments = byMember[member].OrderBy(row => row.EnrolledFrom).ToList();
        return enrolments.FirstOrDefault(row => row.EnrolledFrom <= day && (row.EnrolledTo is null || day <= row.EnrolledTo))
            ?? enrolments.LastOrDefault(row => row.EnrolledFrom <= day)
            ?? enrolments[0];
    }

    private static string Bare(string number) => number.TrimStart('0').ToUpperInvariant();

    private static Dictionary<string, long?> Unique(IEnumerable<EnrolledMember> enrolled, Func<EnrolledMember, string> key) => enrolled
        .GroupBy(key)
        .Where(group => group.Key.Length > 0)
        .ToDictionary(group => group.Key, group => group.Select(row => row.MemberId).Distinct().Count() == 1 ? group.First().MemberId : (long?)null);
}

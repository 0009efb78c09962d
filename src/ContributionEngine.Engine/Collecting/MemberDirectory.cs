using System.Runtime.InteropServices;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Recognises members of one agreement by rule 7: number exactly, then without leading zeros if unique, else national id
/// without blanks, dots, dashes and case. Names never decide, and whoever is not in this agreement is simply unknown. Half a
/// million members take some 50 MB.
/// </summary>
internal sealed class MemberDirectory
{
    private readonly Blocks<Enrolled> rows = new();
    private readonly Blocks<char> text = new();
    private readonly Dictionary<long, long> merged = [];
    private readonly Lazy<TextIndex> byNumber;
    private readonly Lazy<TextIndex> byBareNumber;
    private readonly Lazy<TextIndex> byNationalId;

    private MemberDirectory()
    {
        byNumber = new(() => Index(StringComparison.Ordinal, row => Number(row)));
        byBareNumber = new(() => Index(StringComparison.OrdinalIgnoreCase, row => Bare(Number(row))));
        byNationalId = new(() => Index(StringComparison.Ordinal, row => NationalId(row)));
    }

    /// <summary>Places that <see cref="Payer.Place"/> may take, and more.</summary>
    public int Places => rows.Count;

    /// <summary>Everyone, whatever the dates.</summary>
    public IEnumerable<EnrolledMember> All => Enumerable.Range(0, rows.Count).Select(row => new EnrolledMember
    {
        EnrolmentId = rows[row].Enrolment,
        MemberId = rows[row].Member,
        MemberNo = Number(row).ToString(),
        NationalIdFolded = NationalId(row).ToString(),
        FullName = Name(row).ToString(),
    });

    public static async Task<MemberDirectory> Of(IAsyncEnumerable<EnrolledMember> enrolled)
    {
        var directory = new MemberDirectory();
        await foreach (var row in enrolled) directory.Add(row);
        return directory;
    }

    /// <summary>A national id without blanks, dots, dashes and case.</summary>
    public static string Folded(string nationalId) =>
        string.Concat(nationalId.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('.' or '-'))).ToUpperInvariant();

    /// <summary>The enrolment that a row's money belongs to; null when unknown or when number and id name two people.</summary>
    public Payer? Find(string? memberNo, string? nationalId, DateOnly receivedOn)
    {
        var (number, id) = (ByNumber(memberNo), ByNationalId(nationalId));
        if (number is not null && id is not null && number != id) return null;
        return (number ?? id) is { } first ? new Payer(this, first, At(first, receivedOn)) : null;
    }

    /// <summary>True when number and id each name somebody, and not the same person.</summary>
    public bool AreTwo(string? memberNo, string? nationalId) => ByNumber(memberNo) is { } number && ByNationalId(nationalId) is { } id && number != id;

    /// <summary>Place of the member of that id, or null.</summary>
    public int? PlaceOf(long member)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rows[middle].Member < member) low = middle + 1;
            else high = middle;
        }

        return low < rows.Count && rows[low].Member == member ? low : null;
    }

    private int? ByNationalId(string? nationalId) => nationalId is { Length: > 0 } ? Staying(byNationalId.Value.Find(Folded(nationalId))) : null;

    private int? ByNumber(string? memberNo) => memberNo is not { Length: > 0 } ? null : Staying(byNumber.Value.Find(memberNo) ?? byBareNumber.Value.Find(Bare(memberNo)));

    // Who was merged into another member is that one, where both are of this agreement.
    private int? Staying(int? place) => place is { } found && merged.TryGetValue(rows[found].Member, out var into) ? PlaceOf(into) ?? found : place;

    // Someone who left and came back has several enrolments: the one that holds the day, else the latest that had begun, else the first.
    private int At(int first, DateOnly day)
    {
        var began = first;
        for (var row = first; row < rows.Count && rows[row].Member == rows[first].Member && rows[row].From <= day.DayNumber; row++)
        {
            began = row;
            if (day.DayNumber <= rows[row].To) return row;
        }

        return began;
    }

    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> number) => number.TrimStart('0');

    private ReadOnlySpan<char> Number(int row) => text.Span(rows[row].Text, rows[row].NumberLength);

    private ReadOnlySpan<char> NationalId(int row) => text.Span(rows[row].Text + rows[row].NumberLength, rows[row].NationalIdLength);

    private ReadOnlySpan<char> Name(int row) => text.Span(rows[row].Text + rows[row].NumberLength + rows[row].NationalIdLength, rows[row].NameLength);

    private TextIndex Index(StringComparison comparison, Func<int, ReadOnlySpan<char>> textOf)
    {
        var index = new TextIndex(rows.Count, comparison, textOf, (one, other) => rows[one].Member == rows[other].Member);
        for (var row = 0; row < rows.Count; row++) index.Add(row);
        return index;
    }

    private void Add(EnrolledMember member)
    {
        var (number, id, name) = (member.MemberNo, member.NationalIdFolded, member.FullName);
        if (member.MergedInto is { } into) merged[member.MemberId] = into;
        rows.Add(new Enrolled(
            member.EnrolmentId, member.MemberId, member.EnrolledFrom.DayNumber, member.EnrolledTo?.DayNumber ?? int.MaxValue,
            text.AddTogether($"{number}{id}{name}"), (ushort)number.Length, (ushort)id.Length, (ushort)name.Length));
    }

    /// <summary>The enrolment that a row's money belongs to.</summary>
    internal sealed class Payer(MemberDirectory directory, int place, int row)
    {
        /// <summary>Where the member stands in the directory, whichever of her enrolments it is.</summary>
        public int Place => place;

        public long EnrolmentId => directory.rows[row].Enrolment;

        public long MemberId => directory.rows[row].Member;

        public string MemberNo => directory.Number(row).ToString();

        public string FullName => directory.Name(row).ToString();

        public DateOnly EnrolledFrom => DateOnly.FromDayNumber(directory.rows[row].From);

        /// <summary>Last day, inside; null while enrolled.</summary>
        public DateOnly? EnrolledTo => directory.rows[row].To is var day and not int.MaxValue ? DateOnly.FromDayNumber(day) : null;

        /// <summary>All her enrolments under the agreement.</summary>
        public IEnumerable<long> Enrolments => Enumerable.Range(place, directory.rows.Count - place).TakeWhile(other => directory.rows[other].Member == MemberId).Select(other => directory.rows[other].Enrolment);
    }

    // Rows of one member stand together, the earliest enrolment first; the three texts follow each other.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Enrolled(long Enrolment, long Member, int From, int To, int Text, ushort NumberLength, ushort NationalIdLength, ushort NameLength);
}

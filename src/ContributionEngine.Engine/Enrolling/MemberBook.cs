using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Members as they are and as a file says they should be: what is new and what changes.</summary>
internal sealed class MemberBook
{
    private readonly Dictionary<string, long> byNumber;
    private readonly Dictionary<string, HashSet<string>> numbersById;
    private readonly Dictionary<long, List<EnrolledMember>> enrolments;
    private readonly HashSet<long> added = [];
    private readonly HashSet<long> changed = [];
    private readonly Dictionary<long, MemberChange> people;
    private readonly Dictionary<(long Enrolment, DateOnly From), string> facts;

    public MemberBook(IReadOnlyList<EnrolledMember> everyone, IReadOnlyList<EnrolledMember> enrolled, ILookup<long, EnrolmentFact> dated)
    {
        byNumber = everyone.ToDictionary(row => row.MemberNo, row => row.MemberId);
        people = everyone.ToDictionary(row => row.MemberId, row => new MemberChange(row.NationalId, row.NationalIdFolded, row.FullName, row.Phone, row.Language));
        numbersById = everyone.GroupBy(row => row.NationalIdFolded).ToDictionary(group => group.Key, group => group.Select(row => row.MemberNo).ToHashSet());
        enrolments = enrolled.GroupBy(row => row.MemberId).ToDictionary(group => group.Key, group => group.ToList());
        facts = dated.SelectMany(group => group).ToDictionary(fact => (fact.EnrolmentId, fact.ValidFrom), fact => fact.Document);
    }

    public List<(long MemberId, MemberRow Row)> NewMembers { get; } = [];

    public List<(long EnrolmentId, long MemberId, MemberRow Row)> NewEnrolments { get; } = [];

    public List<(long EnrolmentId, DateOnly From, string Document)> NewFacts { get; } = [];

    public Dictionary<long, MemberChange> ChangedMembers { get; } = [];

    /// <summary>New dates of known enrolments.</summary>
    public Dictionary<long, (DateOnly From, DateOnly? To)> Dates { get; } = [];

    public List<(long EnrolmentId, DateOnly From, string Document)> ChangedFacts { get; } = [];

    public int Added => NewMembers.Count;

    public int Changed => changed.Count;

    /// <summary>Takes in one row; a refusal when its national id would fit two members.</summary>
    public Refusal? Take(MemberRow row, Func<long> nextId)
    {
        var folded = MemberDirectory.Folded(row.NationalId);
        var same = numbersById.TryGetValue(folded, out var numbers) ? numbers : numbersById[folded] = [];
        if (same.Any(number => number != row.MemberNo))
        {
            return Refusal.Input("national_id_twice", $"Row {row.Row}: national id “{row.NationalId}” already belongs to member {same.First(number => number != row.MemberNo)}.") with
            {
                Row = row.Row, Field = "national_id", Value = row.NationalId, Help = "Correct the id, or merge the two members. Nothing was imported.",
            };
        }

        same.Add(row.MemberNo);
        var differs = Person(row, folded, nextId, out var member);
        if (Enrol(row, member, nextId, ref differs) is not { } enrolment)
        {
            return Refusal.Input("enrolments_overlap", $"Row {row.Row}: {row.EnrolledFrom:yyyy-MM-dd} to {(row.EnrolledTo is { } last ? Values.Text(last) : "today")} overlaps several enrolments of member {row.MemberNo}.") with
            {
                Row = row.Row, Field = "enrolled_from", Value = $"{row.EnrolledFrom:yyyy-MM-dd}", Help = "Give each enrolment dates of its own. Nothing was imported.",
            };
        }

        differs |= Facts(row, enrolment);
        if (differs && !added.Contains(member)) changed.Add(member);
        return null;
    }

    private bool Person(MemberRow row, string folded, Func<long> nextId, out long member)
    {
        var now = new MemberChange(row.NationalId, folded, row.FullName, row.Phone, row.Language);
        if (!byNumber.TryGetValue(row.MemberNo, out member))
        {
            member = byNumber[row.MemberNo] = nextId();
            added.Add(member);
            NewMembers.Add((member, row));
        }
        else if (people[member] == now)
        {
            return false;
        }
        else
        {
            ChangedMembers[member] = now;
        }

        people[member] = now;
        return true;
    }

    // A row whose dates touch an enrolment corrects it; one that touches none begins a new one; null when it touches several.
    private long? Enrol(MemberRow row, long member, Func<long> nextId, ref bool differs)
    {
        if (!enrolments.TryGetValue(member, out var known)) enrolments[member] = known = [];
        var touched = known.Where(old => (old.EnrolledTo is not { } oldTo || row.EnrolledFrom <= oldTo) && (row.EnrolledTo is not { } to || to >= old.EnrolledFrom)).ToList();
        if (touched.Count > 1) return null;
        if (touched is not [var one])
        {
            var id = nextId();
            known.Add(new EnrolledMember { EnrolmentId = id, MemberId = member, EnrolledFrom = row.EnrolledFrom, EnrolledTo = row.EnrolledTo });
            NewEnrolments.Add((id, member, row));
            differs = true;
            return id;
        }

        if ((one.EnrolledFrom, one.EnrolledTo) == (row.EnrolledFrom, row.EnrolledTo)) return one.EnrolmentId;
        known[known.IndexOf(one)] = one with { EnrolledFrom = row.EnrolledFrom, EnrolledTo = row.EnrolledTo };
        Dates[one.EnrolmentId] = (row.EnrolledFrom, row.EnrolledTo);
        differs = true;
        return one.EnrolmentId;
    }

    private bool Facts(MemberRow row, long enrolment)
    {
        var (from, document) = (row.ValidFrom ?? row.EnrolledFrom, MemberAttributes.Write(row.Facts));
        var known = facts.GetValueOrDefault((enrolment, from));
        if (known == document) return false;
        facts[(enrolment, from)] = document;
        (known is null ? NewFacts : ChangedFacts).Add((enrolment, from, document));
        return true;
    }
}

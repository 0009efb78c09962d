using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Members as they are and as a file says they should be: what is new and what changes.</summary>
internal sealed class MemberBook
{
    private readonly Dictionary<string, long> byNumber;
    private readonly Dictionary<string, HashSet<string>> numbersById;
    private readonly Dictionary<(long Member, DateOnly From), EnrolledMember> enrolments;
    private readonly Dictionary<long, MemberChange> people;
    private readonly Dictionary<(long Enrolment, DateOnly From), string> facts;

    public MemberBook(IReadOnlyList<EnrolledMember> everyone, IReadOnlyList<EnrolledMember> enrolled, ILookup<long, EnrolmentFact> dated)
    {
        byNumber = everyone.ToDictionary(row => row.MemberNo, row => row.MemberId);
        people = everyone.ToDictionary(row => row.MemberId, row => new MemberChange(row.NationalId, row.NationalIdFolded, row.FullName, row.Phone, row.Language));
        numbersById = everyone.GroupBy(row => row.NationalIdFolded).ToDictionary(group => group.Key, group => group.Select(row => row.MemberNo).ToHashSet());
        enrolments = enrolled.ToDictionary(row => (row.MemberId, row.EnrolledFrom));
        facts = dated.SelectMany(group => group).ToDictionary(fact => (fact.EnrolmentId, fact.ValidFrom), fact => fact.Document);
    }

    public List<(long MemberId, MemberRow Row)> NewMembers { get; } = [];

    public List<(long EnrolmentId, long MemberId, MemberRow Row)> NewEnrolments { get; } = [];

    public List<(long EnrolmentId, DateOnly From, string Document)> NewFacts { get; } = [];

    public Dictionary<long, MemberChange> ChangedMembers { get; } = [];

    public Dictionary<long, DateOnly?> Ends { get; } = [];

    public List<(long EnrolmentId, DateOnly From, string Document)> ChangedFacts { get; } = [];

    public int Added => NewMembers.Count;

    public int Changed { get; private set; }

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
        var changed = Person(row, folded, nextId, out var member);
        changed |= Enrol(row, member, nextId, out var enrolment);
        changed |= Facts(row, enrolment);
        if (changed && NewMembers.All(item => item.MemberId != member)) Changed++;
        return null;
    }

    private bool Person(MemberRow row, string folded, Func<long> nextId, out long member)
    {
        var now = new MemberChange(row.NationalId, folded, row.FullName, row.Phone, row.Language);
        if (!byNumber.TryGetValue(row.MemberNo, out member))
        {
            member = byNumber[row.MemberNo] = nextId();
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

    private bool Enrol(MemberRow row, long member, Func<long> nextId, out long enrolment)
    {
        if (enrolments.TryGetValue((member, row.EnrolledFrom), out var known))
        {
            enrolment = known.EnrolmentId;
            if (known.EnrolledTo == row.EnrolledTo) return false;
            Ends[enrolment] = row.EnrolledTo;
            return true;
        }

        enrolment = nextId();
        enrolments[(member, row.EnrolledFrom)] = new EnrolledMember { EnrolmentId = enrolment, MemberId = member, EnrolledFrom = row.EnrolledFrom, EnrolledTo = row.EnrolledTo };
        NewEnrolments.Add((enrolment, member, row));
        return true;
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

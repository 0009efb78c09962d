using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What is asked of whom a row names: that there is such a member, that it is she whose name stands there, and that she was enrolled.</summary>
internal sealed class MemberRules(MemberDirectory members)
{
    private readonly Suggestions suggestions = new(members);

    /// <param name="member">Whom the row was found to name; null: nobody.</param>
    /// <param name="of">Whether money of unknown members is held, and where to put what is wrong.</param>
    public void Check(ReceiptRow row, MemberDirectory.Payer? member, (bool HoldsUnknown, List<FoundProblem> Problems) of)
    {
        var (holdsUnknown, problems) = of;
        if (!row.HasMember && row.Problems.Count == 0)
        {
            problems.Add(new FoundProblem(row.Row, "R01", "warning", "member_no", null, $"Row {row.Row}: the statement names no member. The money is held until somebody says whose it is.") { Particulars = Particulars.Of("held") });
        }

        if (!row.HasMember || row.IsFaulty("member_no") || row.IsFaulty("national_id")) return;
        if (member is null)
        {
            var value = row.MemberNo ?? row.NationalId;
            var areTwo = members.AreTwo(row.MemberNo, row.NationalId);
            var detail = areTwo
                ? $"Row {row.Row}: number “{row.MemberNo}” and id “{row.NationalId}” belong to two people. Check both."
                : $"Row {row.Row}: there is no member “{value}”. Check the number or pick from the list.";
            suggestions.Ask(row.Row, new Sought(row.MemberNo, row.NationalId, row.MemberName));
            problems.Add(new FoundProblem(row.Row, "R02", holdsUnknown ? "warning" : "error", row.MemberNo is null ? "national_id" : "member_no", value, detail)
            {
                Particulars = areTwo ? Particulars.Of("two", ("id", row.NationalId)) : null,
            });
            return;
        }

        if (row.MemberName is { Length: > 0 } name && NamesDiffer(name, member.FullName))
        {
            problems.Add(new FoundProblem(row.Row, "R04", "warning", "member_name", name, $"Row {row.Row}: the number belongs to {member.FullName}, you wrote “{name}”. Same person?") { Particulars = Particulars.Of(null, ("name", member.FullName)) });
        }

        if (!row.IsFaulty("received_on") && (row.ReceivedOn < member.EnrolledFrom || row.ReceivedOn > member.EnrolledTo))
        {
            var (how, day) = row.ReceivedOn < member.EnrolledFrom ? ("joined", Values.Text(member.EnrolledFrom)) : ("left", Values.Text(member.EnrolledTo!.Value));
            problems.Add(new FoundProblem(row.Row, "R12", "warning", "received_on", Values.Text(row.ReceivedOn), $"Row {row.Row}: {member.FullName} {how} on {day}. The money pays what is open; the rest is credit.")
            {
                Particulars = Particulars.Of(how, ("name", member.FullName), ("date", day)),
            });
        }
    }

    /// <summary>Adds to problems of unknown members who may have been meant.</summary>
    public void Suggest(List<FoundProblem> problems) => suggestions.Answer(problems);

    // Names differ strongly when they share no word of three letters or more.
    private static bool NamesDiffer(string left, string right) => !Tokens(left).Overlaps(Tokens(right));

    private static HashSet<string> Tokens(string name) => [.. PlainLetters.Folded(name).Split(' ').Where(word => word.Length > 2)];
}

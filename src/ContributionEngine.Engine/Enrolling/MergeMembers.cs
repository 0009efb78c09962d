using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Two numbers of an agreement that are one person.</summary>
/// <param name="Member">The number that is given up.</param>
/// <param name="Into">The number under which she goes on.</param>
public sealed record MergeRequest(string Member, string Into, string Agreement, string Reason);

/// <summary>A merge as people see it.</summary>
/// <param name="Left">Enrolments under the number that was given up: what is owed and held there stays there until somebody moves it.</param>
public sealed record MergedMember(string Agreement, string Member, string Into, string State, IReadOnlyList<MemberPlace> Left);

/// <summary>
/// Says that two members are one person. From then on money that comes under the old number or the old national id is hers under the number that stays; nothing that was
/// posted moves, so that undoing it is exact. Enrolments and money under the old number are ended and moved by their own commands.
/// </summary>
public sealed class MergeMembers(Database database)
{
    /// <summary>Refusals: <c>agreement_unknown</c>, <c>member_unknown</c>, <c>merge_same</c>, <c>merge_chain</c>, <c>merge_known</c>.</summary>
    public async Task<Outcome<MergedMember>> Run(Actor actor, MergeRequest asked, CancellationToken stop)
    {
        var merged = await database.Attempt<bool>(actor, async work =>
        {
            if (!(await Both(work, asked)).Ok(out var two, out var refusal)) return refusal;
            if (two.From == two.Into) return Refusal.Usage("merge_same", $"{asked.Member} and {asked.Into} are the same member already.");
            if (await Against(work, two, asked) is { } no) return no;
            await work.MemberMerges.Add(two.From, two.Into, asked.Reason);
            await work.Audit.Record(asked.Agreement, "members-merged", asked.Member, JsonSerializer.Serialize(new { into = asked.Into, reason = asked.Reason }));
            return true;
        }, stop);
        return merged.Refusal is { } refused ? refused : await Shown(actor, asked, "merged", stop);
    }

    /// <summary>Takes the link back: both numbers are members of their own again. Refusals: <c>agreement_unknown</c>, <c>member_unknown</c>, <c>merge_unknown</c>.</summary>
    public async Task<Outcome<MergedMember>> Undo(Actor actor, (string Member, string Agreement, string Reason) asked, CancellationToken stop)
    {
        var undone = await database.Attempt<StoredMerge>(actor, async work =>
        {
            if (!(await work.Agreements.FindToChange(asked.Agreement)).Ok(out _, out var refusal)) return refusal;
            if (!(await Find(work, asked.Member, asked.Agreement)).Ok(out var member, out refusal)) return refusal;
            if ((await work.MemberMerges.Of(member)).FirstOrDefault(row => row.MemberId == member) is not { } link) return Refusal.NotFound("merge_unknown", $"Member {asked.Member} was merged into nobody.");
            await work.MemberMerges.Undo(link.Id, asked.Reason);
            await work.Audit.Record(asked.Agreement, "merge-undone", asked.Member, JsonSerializer.Serialize(new { into = link.IntoNo, reason = asked.Reason }));
            return link;
        }, stop);
        return undone.Ok(out var was, out var no) ? await Shown(actor, new MergeRequest(asked.Member, was.IntoNo, asked.Agreement, asked.Reason), "undone", stop) : no;
    }

    private static async Task<Outcome<(long From, long Into)>> Both(Work work, MergeRequest asked)
    {
        if (!(await work.Agreements.FindToChange(asked.Agreement)).Ok(out _, out var refusal)) return refusal;
        if (!(await Find(work, asked.Member, asked.Agreement)).Ok(out var from, out refusal)) return refusal;
        return (await Find(work, asked.Into, asked.Agreement)).Ok(out var into, out refusal) ? (from, into) : refusal;
    }

    // One link from a number to where it went, never a chain of them: whoever reads one knows all.
    private static async Task<Refusal?> Against(Work work, (long From, long Into) two, MergeRequest asked)
    {
        var links = (await work.MemberMerges.Of(two.From)).Concat(await work.MemberMerges.Of(two.Into)).ToList();
        if (links.Find(link => link.MemberId == two.From) is { } known) return Refusal.Conflict("merge_known", $"Member {asked.Member} was merged into {known.IntoNo} by {known.MergedBy}.") with { Help = "Undo that first: 'member unmerge'." };
        if (links.Find(link => link.MemberId == two.Into || link.IntoId == two.From) is { } chain) return Refusal.Conflict("merge_chain", $"Member {chain.MemberNo} was merged into {chain.IntoNo}.") with { Help = "Name the number that stays after --into, or undo that first: 'member unmerge'." };
        return null;
    }

    private static async Task<Outcome<long>> Find(Work work, string number, string agreement) => await work.Members.Placed(number, agreement) is [var first, ..]
        ? first.MemberId
        : Refusal.NotFound("member_unknown", $"There is no member «{number}» under {agreement}.") with { Help = "List the members with 'member list --agreement NO'." };

    private async Task<Outcome<MergedMember>> Shown(Actor actor, MergeRequest asked, string state, CancellationToken stop) =>
        (await new ShowMember(database).Run(actor, asked.Member, asked.Agreement, stop)).Ok(out var member, out var refusal) ? new MergedMember(asked.Agreement, asked.Member, asked.Into, state, member.Enrolments) : refusal;
}

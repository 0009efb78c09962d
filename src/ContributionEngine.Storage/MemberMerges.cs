namespace ContributionEngine.Storage;

/// <summary>A number that was found to be another member's too.</summary>
public sealed record StoredMerge
{
    public long Id { get; init; }

    public long MemberId { get; init; }

    public string MemberNo { get; init; } = "";

    public long IntoId { get; init; }

    public string IntoNo { get; init; } = "";

    public string Reason { get; init; } = "";

    public string MergedBy { get; init; } = "";
}

/// <summary>Members who were found to be one person, as links that can be undone.</summary>
public sealed class MemberMerges(Work work)
{
    private static readonly Sql LiveOf = """
        select g.id, g.member_id, f.member_no, g.into_id, i.member_no as into_no, g.reason, g.merged_by
          from member_merge g
          join member f on f.id = g.member_id
          join member i on i.id = g.into_id
         where g.undone_at is null and (g.member_id = @memberId or g.into_id = @memberId)
         order by g.id
        """;

    private static readonly Sql AddMerge = """
        insert into member_merge (id, member_id, into_id, reason, merged_by, merged_at) values (@id, @memberId, @intoId, @reason, @by, @now)
        """;

    private static readonly Sql UndoMerge = "update member_merge set undone_by = @by, undone_at = @now, undone_reason = @reason where id = @id and undone_at is null";

    /// <summary>The links from and to a member that hold.</summary>
    public Task<IReadOnlyList<StoredMerge>> Of(long memberId) => work.Rows<StoredMerge>(LiveOf, new { memberId });

    public Task Add(long memberId, long intoId, string reason) => work.Do(AddMerge, new { id = work.NextId(), memberId, intoId, reason, by = work.Actor.Name, now = work.Now });

    public Task Undo(long id, string reason) => work.Do(UndoMerge, new { id, reason, by = work.Actor.Name, now = work.Now });
}

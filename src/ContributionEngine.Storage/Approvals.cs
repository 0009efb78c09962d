using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>What was asked for and waits for a second person.</summary>
public sealed record StoredApproval
{
    public long CaseId { get; init; }

    public string AskedBy { get; init; } = "";

    public DateTimeOffset AskedAt { get; init; }

    /// <summary>The request as JSON.</summary>
    public string Request { get; init; } = "";
}

/// <summary>Requests that need a second person. They stand for good; their case says what became of them.</summary>
public sealed class Approvals(Work work)
{
    private static readonly Sql AddRequest = "insert into approval (case_id, asked_by, asked_at, request) values (@caseId, @by, @now, @request)";

    private static readonly Sql ByCase = "select case_id, asked_by, asked_at, request from approval where case_id = @caseId";

    public Task Add(long caseId, string request) => work.Do(AddRequest, new { caseId, by = work.Actor.Name, now = work.Now, request });

    public Task<StoredApproval?> Of(long caseId) => work.One<StoredApproval>(ByCase, new { caseId });
}

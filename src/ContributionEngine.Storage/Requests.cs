namespace ContributionEngine.Storage;

/// <summary>A request that a program has made under a key of its own.</summary>
public sealed record StoredRequest
{
    /// <summary>Of what was asked.</summary>
    public string Sha256 { get; init; } = "";

    public DateTimeOffset BegunAt { get; init; }

    /// <summary>Null while it is being worked on.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    public long? Status { get; init; }

    public string? ContentType { get; init; }

    public string? Location { get; init; }

    public byte[]? Body { get; init; }
}

/// <summary>Requests by user and key. No business fact: each goes after some days.</summary>
public sealed class Requests(Work work)
{
    private static readonly Sql ByKey = "select sha256, begun_at, answered_at, status, content_type, location, body from api_request where actor = @actor and request_key = @key";

    private static readonly Sql Add = "insert into api_request (actor, request_key, sha256, begun_at) values (@actor, @key, @sha256, @now)";

    private static readonly Sql Keep = "update api_request set answered_at = @now, status = @Status, content_type = @ContentType, location = @Location, body = @Body where actor = @actor and request_key = @key";

    private static readonly Sql Remove = "delete from api_request where actor = @actor and request_key = @key";

    private static readonly Sql RemoveOld = "delete from api_request where begun_at < @before";

    public Task<StoredRequest?> Find(string key) => work.One<StoredRequest>(ByKey, new { actor = work.Actor.Name, key });

    public Task Begin(string key, string sha256) => work.Do(Add, new { actor = work.Actor.Name, key, sha256, now = work.Now });

    public Task Answer(string key, StoredRequest answer) => work.Do(Keep, new { actor = work.Actor.Name, key, answer.Status, answer.ContentType, answer.Location, answer.Body, now = work.Now });

    public Task Forget(string key) => work.Do(Remove, new { actor = work.Actor.Name, key });

    public Task ForgetBefore(DateTimeOffset before) => work.Do(RemoveOld, new { before });
}

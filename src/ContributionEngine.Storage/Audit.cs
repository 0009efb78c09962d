using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>
/// Who did what: one chain per agreement and one for administration, one event per use case and chunk. Each event's hash
/// covers the one before it, so a changed or missing row shows.
/// </summary>
public sealed class Audit(Work work)
{
    /// <summary>The chain of events that belong to no agreement.</summary>
    public const string Administration = "administration";

    private static readonly Sql HoldAdministration = "update id_block set next_id = next_id + 1 where name = @chain";

    private static readonly Sql Head = new(dialect => $"select seq, hash from audit_event where chain = @chain order by seq desc {dialect.Limit("1")}");

    private static readonly Sql Events = """
        select id, chain, seq, at, actor, use_case, subject, document, previous_hash, hash from audit_event e
         where (@chain is null or chain = @chain)
           and (@scope is null or exists (select 1 from agreement a where a.number = e.chain and a.organisation_id = @scope))
         order by chain, seq
        """;

    private static readonly Sql Add = """
        insert into audit_event (id, chain, seq, at, actor, use_case, subject, document, previous_hash, hash)
        values (@Id, @Chain, @Seq, @At, @Actor, @UseCase, @Subject, @Document, @PreviousHash, @Hash)
        """;

    /// <summary>Records one event at the head of a chain that this unit holds, and says as which. The document is JSON and holds no personal data.</summary>
    public async Task<long> Record(string chain, string useCase, string subject, string document)
    {
        if (chain == Administration && work.Unit.Held.Add(chain)) await work.Do(HoldAdministration, new { chain });
        if (!work.Unit.Held.Contains(chain)) throw new InvalidOperationException($"{useCase}: a unit that changes agreement {chain} has to hold it.");
        var head = await work.One<ChainHead>(Head, new { chain });
        var entry = new AuditEvent
        {
            Id = work.NextId(),
            Chain = chain,
            Seq = (head?.Seq ?? 0) + 1,
            At = work.Now,
            Actor = work.Actor.Name,
            UseCase = useCase,
            Subject = subject,
            Document = document,
            PreviousHash = head?.Hash ?? "",
        };
        await work.Do(Add, entry with { Hash = entry.Proof() });
        if (WebhookTypes.Of(useCase) is { } type) work.WebhookEvents.Note(new Announcement(type, subject, Agreement: chain == Administration ? null : chain));
        return entry.Seq;
    }

    /// <summary>The events of one chain, or of all, in order.</summary>
    public Task<IReadOnlyList<AuditEvent>> List(string? chain) => work.Rows<AuditEvent>(Events, new { chain, scope = work.Actor.OrganisationId });

    /// <summary>The same as they come from the server, for a chain that may not fit memory.</summary>
    public IAsyncEnumerable<AuditEvent> Each(string? chain) => work.Stream<AuditEvent>(Events, new { chain, scope = work.Actor.OrganisationId });

    private sealed record ChainHead
    {
        public long Seq { get; init; }

        public string Hash { get; init; } = "";
    }
}

/// <summary>One link of an audit chain.</summary>
public sealed record AuditEvent
{
    public long Id { get; init; }

    public string Chain { get; init; } = "";

    public long Seq { get; init; }

    public DateTimeOffset At { get; init; }

    public string Actor { get; init; } = "";

    public string UseCase { get; init; } = "";

    public string Subject { get; init; } = "";

    public string Document { get; init; } = "";

    public string PreviousHash { get; init; } = "";

    public string Hash { get; init; } = "";

    /// <summary>It is as it was recorded, and so is the event before it, of that number and hash; 0 and nothing before the first of a chain.</summary>
    public bool Follows(long seq, string hash) => Seq == seq + 1 && PreviousHash == hash && Proof() == Hash;

    /// <summary>SHA-256 over the previous hash and every field, each with its length before it; lower-case hex.</summary>
    public string Proof()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in new[] { PreviousHash, Chain, Seq.ToString(System.Globalization.CultureInfo.InvariantCulture), Values.Text(At), Actor, UseCase, Subject, Document })
        {
            sha.AppendData(Encoding.UTF8.GetBytes($"{field.Length}:{field}"));
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }
}

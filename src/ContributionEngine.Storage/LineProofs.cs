using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A version of the proof of a remittance: the root over the lines that the fund had accepted then.</summary>
public sealed record StoredProof
{
    public long Id { get; init; }

    public long RemittanceId { get; init; }

    /// <summary>Reference of the remittance.</summary>
    public string Reference { get; init; } = "";

    /// <summary>From 1.</summary>
    public long Version { get; init; }

    /// <summary>Lower-case hex.</summary>
    public string Root { get; init; } = "";

    /// <summary>How many lines it is over.</summary>
    public long LineCount { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    /// <summary>When the fund said that it has the same root; null until it does.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }
}

/// <summary>A line of a proof with what hides it.</summary>
public sealed record SaltedLine
{
    public long LineNo { get; init; }

    public string MemberNo { get; init; } = "";

    public string NationalId { get; init; } = "";

    public string Period { get; init; } = "";

    public string Component { get; init; } = "";

    public string Class { get; init; } = "";

    public long Amount { get; init; }

    public byte[] Salt { get; init; } = [];

    /// <summary>The line as it is hashed.</summary>
    public ProvenLine In(string reference, Currency currency) => new(reference, LineNo, MemberNo, NationalId, Period, Component, Class, Amount, currency);
}

/// <summary>
/// Proofs of remittances: the salts of accepted lines, the roots over them in versions, which file told the fund, and what it confirmed. A line that is
/// accepted may be returned later and never comes back, so the versions in which it stands have a first and a last.
/// </summary>
public sealed class LineProofs(Work work)
{
    private static readonly BulkTarget SaltTable = new("line_salt", "line_id", "salt", "first_version");

    private const string Columns = """
        select p.id, p.remittance_id, r.reference, p.version, p.root, p.line_count, p.made_at, c.confirmed_at
          from remittance_proof p
          join remittance r on r.id = p.remittance_id
          left join proof_confirmation c on c.proof_id = p.id
        """;

    // What no file has told the fund that still goes there.
    private const string Untold = """
        r.agreement_id = @agreementId
           and not exists (select 1 from proof_told t join remittance f on f.id = t.remittance_id where t.proof_id = p.id and f.delivery <> 'cancelled')
        """;

    private static readonly Sql VersionsOf = $"{Columns} where p.remittance_id = @remittanceId order by p.version";

    private static readonly Sql WithRoot = $"{Columns} where p.root = @Root and r.reference = @Reference and r.agreement_id = @agreementId order by p.version";

    private static readonly Sql UntoldOf = $"{Columns} where {Untold} order by p.id";

    private static readonly Sql Unsalted = """
        select l.id from remittance_line l
         where l.remittance_id = @remittanceId and l.outcome = 'accepted' and not exists (select 1 from line_salt s where s.line_id = l.id)
         order by l.line_no
        """;

    private static readonly Sql EndGone = """
        update line_salt set last_version = @last
         where last_version is null and line_id in (select id from remittance_line where remittance_id = @remittanceId and outcome <> 'accepted')
        """;

    private static readonly Sql LinesIn = """
        select l.line_no, l.member_no, l.national_id, l.period, l.component, l.class, l.amount, s.salt
          from remittance_line l
          join line_salt s on s.line_id = l.id
         where l.remittance_id = @remittanceId and s.first_version <= @version and (s.last_version is null or s.last_version >= @version)
         order by l.line_no
        """;

    private static readonly Sql AddProof = """
        insert into remittance_proof (id, remittance_id, version, root, line_count, made_at, audit_seq)
        values (@Id, @RemittanceId, @Version, @Root, @LineCount, @MadeAt, @auditSeq)
        """;

    private static readonly Sql AddTold = $"""
        insert into proof_told (proof_id, remittance_id)
        select p.id, @remittanceId from remittance_proof p join remittance r on r.id = p.remittance_id where {Untold}
        """;

    private static readonly Sql AddConfirmation = """
        insert into proof_confirmation (proof_id, answer_sha256, confirmed_at)
        select p.id, @sha256, @now from remittance_proof p
         where p.id = @proofId and not exists (select 1 from proof_confirmation c where c.proof_id = p.id)
        """;

    /// <summary>The versions of a remittance's proof, the newest last.</summary>
    public Task<IReadOnlyList<StoredProof>> Of(long remittanceId) => work.Rows<StoredProof>(VersionsOf, new { remittanceId });

    /// <summary>The versions of a remittance of the agreement that have this root.</summary>
    public Task<IReadOnlyList<StoredProof>> Find(long agreementId, ConfirmedRoot said) => work.Rows<StoredProof>(WithRoot, new { agreementId, said.Reference, said.Root });

    /// <summary>
    /// Brings the lines of a version to what the fund accepts now: those that are new get a salt, those that went end with the version before it. False when the lines are
    /// those of the version before it.
    /// </summary>
    /// <param name="salt">Gives 16 bytes that nobody can guess, for one line each time.</param>
    public async Task<bool> Salt(long remittanceId, long version, Func<byte[]> salt)
    {
        var unsalted = await work.Rows<long>(Unsalted, new { remittanceId });
        var gone = await work.Do(EndGone, new { remittanceId, last = version - 1 });
        if (unsalted.Count > 0) await work.Bulk(SaltTable, unsalted.Select(line => new object?[] { line, salt(), version }));
        return unsalted.Count + gone > 0;
    }

    /// <summary>The lines that stand in a version, in the order in which they are hashed.</summary>
    public IAsyncEnumerable<SaltedLine> Lines(long remittanceId, long version) => work.Stream<SaltedLine>(LinesIn, new { remittanceId, version });

    /// <param name="auditSeq">Where in the agreement's audit chain its event stands.</param>
    public Task Add(StoredProof proof, long auditSeq) => work.Do(AddProof, new { proof.Id, proof.RemittanceId, proof.Version, proof.Root, proof.LineCount, proof.MadeAt, auditSeq });

    /// <summary>The versions of an agreement's proofs that no file has told the fund yet.</summary>
    public Task<IReadOnlyList<StoredProof>> ToTell(long agreementId) => work.Rows<StoredProof>(UntoldOf, new { agreementId });

    /// <summary>Remembers that this remittance's file tells them.</summary>
    public Task Told(long agreementId, long remittanceId) => work.Do(AddTold, new { agreementId, remittanceId });

    /// <summary>Remembers that the fund confirmed a version. The first time counts.</summary>
    public Task Confirm(long proofId, string answerSha256) => work.Do(AddConfirmation, new { proofId, sha256 = answerSha256, now = work.Now });
}

using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>What anybody may know of a root: nothing of whom it is about, and no amount.</summary>
public sealed record PublishedRoot
{
    public string Root { get; init; } = "";

    /// <summary>How many lines it is over.</summary>
    public long LineCount { get; init; }

    /// <summary>Reference of the remittance.</summary>
    public string Reference { get; init; } = "";

    public long Version { get; init; }

    /// <summary>The newest version of the same remittance.</summary>
    public long Newest { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Which event of its agreement's audit chain says so; null: none does.</summary>
    public long? AuditSeq { get; init; }

    /// <summary>When the fund said that it has the same root; null until it does.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }
}

/// <summary>The roots of proofs: shown to anybody, and worked out again from lines and salts.</summary>
public sealed class ProofRoots(Work work)
{
    private const string WithEvent = """
        from remittance_proof p
          join remittance r on r.id = p.remittance_id
          join agreement a on a.id = r.agreement_id
          left join audit_event e on e.chain = a.number and e.seq = p.audit_seq and e.use_case = 'remittance-proven' and e.subject = r.number
               and e.document like concat('%', p.root, '%')
        """;

    private static readonly Sql Published = new(dialect => $"""
        select p.root, p.line_count, r.reference, p.version, p.made_at, e.seq as audit_seq, c.confirmed_at,
               (select max(n.version) from remittance_proof n where n.remittance_id = p.remittance_id) as newest
          {WithEvent}
          left join proof_confirmation c on c.proof_id = p.id
         where p.root = @root and p.line_count > 0
         order by p.version desc {dialect.Limit("1")}
        """);

    private static readonly (int Truth, Sql Rows)[] Checks =
    [
        (4, """
            select concat(r.number, ' line ', l.line_no) as subject, concat('outcome ', l.outcome, case when s.line_id is null or s.last_version is not null then ', and it is not in the proof' else ', and it is in the proof' end) as detail
              from remittance_line l
              join remittance r on r.id = l.remittance_id
              left join line_salt s on s.line_id = l.id
             where (l.outcome <> 'accepted' and s.line_id is not null and s.last_version is null)
                or (l.outcome = 'accepted' and (s.line_id is null or s.last_version is not null)
                    and l.remittance_id not in (select o.remittance_id from remittance_line o where o.outcome = 'sent'))
             order by l.remittance_id, l.line_no
            """),
        (7, $"select r.number as subject, concat('version ', p.version, ' of its proof is not in the audit chain') as detail {WithEvent} where e.id is null"),
        (7, """
            select e.subject, concat('event ', e.seq, ' of the audit chain tells of a proof that is gone') as detail from audit_event e
             where e.use_case = 'remittance-proven' and not exists (
                   select 1 from remittance_proof p join remittance r on r.id = p.remittance_id where r.number = e.subject and p.audit_seq = e.seq)
            """),
        (8, """
            select r.number as subject, concat('no answer of the fund confirms version ', p.version, ' of its proof') as detail
              from proof_confirmation c
              join remittance_proof p on p.id = c.proof_id
              join remittance r on r.id = p.remittance_id
             where not exists (select 1 from acknowledgement k where k.raw_sha256 = c.answer_sha256)
            """),
    ];

    private static readonly Sql Made = """
        select p.remittance_id, p.version, p.root, p.line_count, r.number, r.reference, r.currency
          from remittance_proof p join remittance r on r.id = p.remittance_id order by p.id
        """;

    /// <summary>What is published of a root in lower-case hex; null: nobody made it.</summary>
    public Task<PublishedRoot?> Find(string root) => work.One<PublishedRoot>(Published, new { root });

    /// <summary>Proofs that are not what lines, salts, audit chain and answers give.</summary>
    internal async Task<IReadOnlyList<Break>> Breaks()
    {
        var breaks = await Proofs.Found(work, Checks);
        foreach (var made in await work.Rows<MadeProof>(Made))
        {
            var tree = new MerkleTree();
            var currency = Currency.Of(made.Currency).Value;
            await foreach (var line in work.LineProofs.Lines(made.RemittanceId, made.Version)) tree.Add(line.Salt, line.In(made.Reference, currency).Text);
            var (root, count) = (tree.Close(), tree.Count);
            if ((root, count) != (made.Root, made.LineCount)) breaks.Add(new Break(4, made.Number, $"version {made.Version} of its proof says {made.Root} over {made.LineCount} lines, and its lines give {root} over {count}"));
        }

        return breaks;
    }

    /// <summary>Those of them that the audit chains do not know of.</summary>
    internal Task<List<Break>> UnknownToAudit() => Proofs.Found(work, Checks.Where(check => check.Truth == Proofs.AuditTruth));

    private sealed record MadeProof
    {
        public long RemittanceId { get; init; }

        public long Version { get; init; }

        public string Root { get; init; } = "";

        public long LineCount { get; init; }

        public string Number { get; init; } = "";

        public string Reference { get; init; } = "";

        public string Currency { get; init; } = "";
    }
}

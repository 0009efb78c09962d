using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Bytes of an answer that are to be kept.</summary>
/// <param name="Fund">Code of the fund; empty where nobody knows whose it is.</param>
/// <param name="CameBy">The kind of the channel, callback or import.</param>
/// <param name="Problem">Why nothing could be done with it, such as <c>answer_unknown</c>; null: nothing stood in the way.</param>
public sealed record NewAnswerFile(string Fund, string Sha256, string Name, string CameBy, string? Problem, byte[] Body);

/// <summary>An answer that came, and what it was about.</summary>
public sealed record CameIn
{
    public DateTimeOffset ReceivedAt { get; init; }

    public string Name { get; init; } = "";

    public string Sha256 { get; init; } = "";

    public string CameBy { get; init; } = "";

    public string? Agreement { get; init; }

    public string? Remittance { get; init; }

    /// <summary>applied, held, or why nothing could be done with it.</summary>
    public string State { get; init; } = "";

    /// <summary>How many things it says of the remittance.</summary>
    public long Said { get; init; }
}

/// <summary>What funds have answered, each thing once, and the bytes in which they said it.</summary>
public sealed class Acknowledgements(Work work)
{
    private static readonly BulkTarget Table = new(
        "acknowledgement", "id", "fund_code", "reference", "remittance_id", "level", "line_no", "outcome", "code", "text", "amount", "raw_sha256", "applied", "received_at");

    private static readonly BulkTarget FileTable = new("answer_file", "id", "fund_code", "sha256", "name", "came_by", "problem", "body", "received_at");

    private static readonly Sql Known = """
        select count(*) from acknowledgement where fund_code = @fund and reference = @reference and raw_sha256 = @sha256
        """;

    private static readonly Sql KeptOf = new(dialect => $"select sha256 from answer_file where fund_code = @fund and sha256 in {dialect.AnyOf("@hashes")}");

    private static readonly Sql Came = """
        select f.received_at, f.name, f.sha256, f.came_by, ag.number as agreement, r.number as remittance,
               coalesce(f.problem, case when k.applied = 0 then 'held' else 'applied' end) as state, coalesce(k.said, 0) as said
          from answer_file f
          left join (select fund_code, raw_sha256, remittance_id, min(applied) as applied, count(*) as said from acknowledgement group by fund_code, raw_sha256, remittance_id) k
                 on k.fund_code = f.fund_code and k.raw_sha256 = f.sha256
          left join remittance r on r.id = k.remittance_id
          left join agreement ag on ag.id = r.agreement_id
         where (@scope is null or ag.organisation_id = @scope) and (@agreement is null or ag.number = @agreement) and (@remittance is null or r.number = @remittance)
         order by f.received_at, f.id, r.id
        """;

    /// <summary>True when exactly these bytes have been taken in before.</summary>
    public async Task<bool> IsKnown(string fund, Acknowledgement answer) =>
        await work.One<long>(Known, new { fund, reference = answer.Reference, sha256 = answer.RawSha256 }) > 0;

    /// <summary>Stores what an answer says.</summary>
    /// <param name="isApplied">False: it is in doubt, and nothing of it counts.</param>
    public Task Add(string fund, StoredRemittance remittance, Acknowledgement answer, bool isApplied)
    {
        var received = work.Now;
        return work.Bulk(Table, answer.Events.DistinctBy(said => (said.Level, said.Line, said.Outcome)).Select(said => new object?[]
        {
            work.NextId(), fund, answer.Reference, remittance.Id, Words.Of(said.Level), said.Line ?? 0L, Words.Of(said.Outcome), said.Code, said.Text, said.AmountMinor,
            answer.RawSha256, isApplied ? 1L : 0L, received,
        }));
    }

    /// <summary>Those of some hashes whose bytes are kept.</summary>
    public async Task<IReadOnlySet<string>> Kept(string fund, IEnumerable<string> hashes) =>
        (await work.Rows<string>(KeptOf, new { fund, hashes = work.Dialect.Array(hashes) })).ToHashSet();

    public Task Keep(NewAnswerFile file) => work.Bulk(FileTable, [[work.NextId(), file.Fund, file.Sha256, file.Name, file.CameBy, file.Problem, file.Body, work.Now]]);

    /// <summary>What came, oldest first, as far as the acting user may see it.</summary>
    public Task<IReadOnlyList<CameIn>> List(string? agreement, string? remittance) =>
        work.Rows<CameIn>(Came, new { agreement, remittance, scope = work.Actor.OrganisationId });
}

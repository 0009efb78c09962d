using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>What funds have answered, each thing once.</summary>
public sealed class Acknowledgements(Work work)
{
    private static readonly BulkTarget Table = new(
        "acknowledgement", "id", "fund_code", "reference", "remittance_id", "level", "line_no", "outcome", "code", "text", "amount", "raw_sha256", "received_at");

    private static readonly Sql Known = """
        select count(*) from acknowledgement where fund_code = @fund and reference = @reference and raw_sha256 = @sha256
        """;

    /// <summary>True when exactly these bytes have been taken in before.</summary>
    public async Task<bool> IsKnown(string fund, Acknowledgement answer) =>
        await work.One<long>(Known, new { fund, reference = answer.Reference, sha256 = answer.RawSha256 }) > 0;

    public Task Add(string fund, long remittanceId, Acknowledgement answer)
    {
        var received = work.Now;
        return work.Bulk(Table, answer.Events.DistinctBy(said => (said.Level, said.Line, said.Outcome)).Select(said => new object?[]
        {
            work.NextId(), fund, answer.Reference, remittanceId, Words.Of(said.Level), said.Line ?? 0L, Words.Of(said.Outcome), said.Code, said.Text, said.AmountMinor,
            answer.RawSha256, received,
        }));
    }
}

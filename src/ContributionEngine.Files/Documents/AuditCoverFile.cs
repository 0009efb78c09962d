using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Writes the cover of an audit extract in the form that is asked for.</summary>
public static class AuditCoverFile
{
    public static readonly IReadOnlyList<string> Formats = ["pdf", "html", "json"];

    /// <param name="format">One of <see cref="Formats"/>.</param>
    public static void Write(AuditCover cover, string format, Stream target)
    {
        if (format == "json") target.Write(DocumentJson.Of(Document(cover)));
        else PaperFile.Write(PaperOf(cover), format, target);
    }

    private static object Document(AuditCover of) => new
    {
        chain = of.Chain, of.From, of.To, made_at = InstantText.Of(of.MadeAt), of.MadeBy, of.Events, verified = of.IsWhole ? "ok" : "failed", sha256 = of.Sha256,
        chains = of.Chains.Select(one => new
        {
            one.Chain, one.Events, first_seq = one.First?.Seq, first_at = one.First?.At, last_seq = one.Last?.Seq, last_at = one.Last?.At,
            hash_before = one.First?.PreviousHash, first_hash = one.First?.Hash, last_hash = one.Last?.Hash, one.Broken,
        }),
    };

    private static Paper PaperOf(AuditCover of)
    {
        var texts = DocumentTexts.Of(of.Language);
        var own = new AuditTexts(texts);
        return new Paper
        {
            Language = texts.Language, Title = own.Title, From = own.ForAuditors, For = of.Chain ?? own.EveryChain, Number = $"{Day(of.From) ?? "…"} – {Day(of.To) ?? Day(DateOnly.FromDateTime(of.MadeAt.UtcDateTime))}", Foot = texts.Page,
            Blocks =
            [
                new Facts((own.Range, $"{Day(of.From) ?? own.Beginning} – {Day(of.To) ?? own.Now} (UTC)"), (own.Made, $"{InstantText.Of(of.MadeAt)}, {of.MadeBy}"), (own.Result, of.IsWhole ? own.Whole : own.Broken)),
                new Sums((own.Events, Count(of.Events)), (own.Chains, Count(of.Chains.Count)), (own.BrokenEvents, Count(of.Chains.Sum(chain => chain.Broken.Count)))),
                .. of.IsWhole ? (IEnumerable<Block>)[] : [new Heading(own.BrokenEvents), new Table([own.Chain, own.Number], 1, [.. of.Chains.SelectMany(chain => chain.Broken.Select(seq => Row(chain.Chain, Count(seq))))], [])],
                new Heading(own.Chains),
                new Table([own.Chain, own.FirstAt, own.LastAt, own.FirstNumber, own.LastNumber, own.Events], 3, [.. of.Chains.Where(chain => chain.Events > 0).Select(Extent)], [texts.Statement.Total, "", "", "", "", Count(of.Events)]),
                new Heading(own.Proof),
                new Sentence(own.ProofSays),
                new Table([own.Chain, own.Number, "SHA-256"], 3, [.. of.Chains.Where(chain => chain.Events > 0).SelectMany(chain => Hashes(chain, own))], []),
                new Facts((own.FileHash, of.Sha256)),
                new Sentence(own.HeadElsewhere),
            ],
        };
    }

    private static IReadOnlyList<string> Extent(ExtractedChain of) => Row(of.Chain, of.First!.At, of.Last!.At, Count(of.First.Seq), Count(of.Last.Seq), Count(of.Events));

    private static IEnumerable<IReadOnlyList<string>> Hashes(ExtractedChain of, AuditTexts own)
    {
        if (of.First!.Seq > 1) yield return Row(of.Chain, $"{own.Before} {of.First.Seq}", of.First.PreviousHash);
        yield return Row(of.Chain, Count(of.First.Seq), of.First.Hash);
        if (of.Last!.Seq > of.First.Seq) yield return Row(of.Chain, Count(of.Last.Seq), of.Last.Hash);
    }

    private static string? Day(DateOnly? day) => day is { } one ? StatementTexts.Day(one) : null;

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Row(params IReadOnlyList<string> cells) => cells;
}

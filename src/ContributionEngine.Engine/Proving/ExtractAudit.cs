using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Which events an auditor wants, and how.</summary>
/// <param name="Chain">Number of an agreement, or <c>administration</c>; null: all that the user may see.</param>
/// <param name="From">First day, UTC.</param>
/// <param name="To">Last day, inside.</param>
/// <param name="Format">One of <see cref="AuditExtractFile.Formats"/>: the events themselves, or their cover.</param>
public sealed record ExtractWanted(string? Chain, DateOnly? From, DateOnly? To, string Format, string? Language);

/// <summary>
/// Writes the audit's events of some days, or the cover that says how many they are, between which hashes they stand, and whether their chains are whole.
/// Chains are recomputed from their first event, whichever days are asked for; nothing is held in memory but the ends.
/// </summary>
public sealed class ExtractAudit(Database database)
{
    /// <summary>What was written, or would be on its cover. Refusals: <c>agreement_unknown</c>.</summary>
    public Task<Outcome<AuditCover>> Write(Actor actor, ExtractWanted wanted, Stream target, CancellationToken stop) => database.Read<Outcome<AuditCover>>(actor, async work =>
    {
        if (wanted.Chain is { } named and not Audit.Administration && (await work.Agreements.Find(named)).Refusal is { } unknown) return unknown;
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (wanted.Format == "csv") await target.WriteAsync(Encoding.UTF8.GetBytes(AuditExtractFile.CsvHead), stop);
        var chains = await Chains(work, wanted, async one =>
        {
            var line = AuditExtractFile.Json(one);
            sha.AppendData(line);
            if (wanted.Format == "jsonl") await target.WriteAsync(line, stop);
            else if (wanted.Format == "csv") await target.WriteAsync(AuditExtractFile.Csv(one), stop);
        });
        var cover = new AuditCover
        {
            Chain = wanted.Chain, From = wanted.From, To = wanted.To, MadeAt = work.Now, MadeBy = actor.Name, Language = wanted.Language,
            Chains = [.. chains.Where(chain => chain.Events > 0 || chain.Broken.Count > 0)], Sha256 = Convert.ToHexStringLower(sha.GetHashAndReset()),
        };
        if (AuditCoverFile.Formats.Contains(wanted.Format)) AuditCoverFile.Write(cover, wanted.Format, target);
        return cover;
    }, stop);

    private static async Task<List<ExtractedChain>> Chains(Work work, ExtractWanted wanted, Func<ExtractedEvent, Task> write)
    {
        var (chains, seq, hash) = (new List<ExtractedChain>(), 0L, "");
        await foreach (var link in work.Audit.Each(wanted.Chain))
        {
            if (chains.Count == 0 || chains[^1].Chain != link.Chain)
            {
                chains.Add(new ExtractedChain(link.Chain));
                (seq, hash) = (0, "");
            }

            if (!link.Follows(seq, hash)) chains[^1] = chains[^1] with { Broken = [.. chains[^1].Broken, link.Seq] };
            (seq, hash) = (link.Seq, link.Hash);
            var day = DateOnly.FromDateTime(link.At.UtcDateTime);
            if (day < wanted.From || day > wanted.To) continue;
            var one = new ExtractedEvent(link.Chain, link.Seq, Values.Text(link.At), link.Actor, link.UseCase, link.Subject, link.Document, link.PreviousHash, link.Hash);
            chains[^1] = chains[^1] with { Events = chains[^1].Events + 1, First = chains[^1].First ?? one, Last = one };
            await write(one);
        }

        return chains;
    }
}

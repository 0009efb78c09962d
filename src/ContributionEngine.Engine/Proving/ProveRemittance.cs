using System.Security.Cryptography;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Makes the proof of a remittance whose lines the fund has all answered, and the next version whenever it accepts other lines than before. The versions before it stay,
/// and so does what they prove.
/// </summary>
internal static class ProveRemittance
{
    /// <summary>What the event of a proof is called in the audit chain.</summary>
    public const string Proven = "remittance-proven";

    /// <summary>Reason of the case of a fund that confirms another root than the one it was told.</summary>
    public const string RootDiffers = "proof_root_differs";

    /// <param name="salt">Gives 16 bytes for one line each time; null: such as nobody can guess.</param>
    public static async Task Run(Work work, StoredAgreement agreement, StoredRemittance remittance, Func<byte[]>? salt = null)
    {
        var version = (await work.LineProofs.Of(remittance.Id)).Count + 1L;
        if (!await work.LineProofs.Salt(remittance.Id, version, salt ?? NewSalt)) return;
        var tree = new MerkleTree();
        await foreach (var line in work.LineProofs.Lines(remittance.Id, version)) tree.Add(line.Salt, line.In(remittance.Reference, agreement.Currency).Text);
        var proof = new StoredProof { Id = work.NextId(), RemittanceId = remittance.Id, Version = version, Root = tree.Close(), LineCount = tree.Count, MadeAt = work.Now };
        var seq = await work.Audit.Record(agreement.Number, Proven, remittance.Number, JsonSerializer.Serialize(new { version, root = proof.Root, lines = proof.LineCount }));
        await work.LineProofs.Add(proof, seq);
    }

    /// <summary>What the next file to the fund tells it of proofs.</summary>
    public static async Task<IReadOnlyList<ProvenRemittance>> ToTell(Work work, StoredAgreement agreement) =>
        [.. (await work.LineProofs.ToTell(agreement.Id)).Select(proof => new ProvenRemittance(proof.Reference, proof.Root, proof.LineCount))];

    /// <summary>Takes in what an answer confirms of proofs. Another root than this agreement's remittance has had is a case, never a confirmation.</summary>
    public static async Task Confirm(Work work, StoredAgreement agreement, DateOnly today, Acknowledgement answer)
    {
        foreach (var said in answer.Roots)
        {
            var known = await work.LineProofs.Find(agreement.Id, said);
            foreach (var proof in known) await work.LineProofs.Confirm(proof.Id, answer.RawSha256);
            if (known.Count > 0) continue;
            await work.Cases.Open(agreement.Id, today, [new NewCase(RootDiffers, said.Reference, null, $"The fund confirms the root «{said.Root:root}» for {said.Reference:reference}, which no proof of this agreement has had; «explain remittance {said.Reference}» shows those that it has had.")]);
        }
    }

    private static byte[] NewSalt() => RandomNumberGenerator.GetBytes(MerkleTree.SaltBytes);
}

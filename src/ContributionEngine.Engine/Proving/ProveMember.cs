using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Makes a member's statement: what she owes and has paid, where it went, and for each of her accepted lines the proof.</summary>
public sealed class ProveMember(Database database)
{
    /// <summary>The statement as of today. Refusals: <c>agreement_unknown</c>, <c>member_unknown</c>, <c>proof_broken</c>.</summary>
    /// <param name="publicUrl">Where roots are published; null: nowhere.</param>
    public Task<Outcome<MemberStatement>> Run(Actor actor, (string Member, string Agreement) of, string? publicUrl, CancellationToken stop) => database.Read<Outcome<MemberStatement>>(actor, async work =>
    {
        if (!(await work.Agreements.Find(of.Agreement)).Ok(out var agreement, out var refusal)) return refusal;
        var placed = await work.Members.Placed(of.Member, agreement.Number);
        if (placed.Count == 0) return Unknown(of.Member, agreement.Number);
        var lines = await work.MemberStatements.Lines(agreement.Id, placed[0].MemberId);
        if (!(await Proofs(work, agreement, lines)).Ok(out var proofs, out refusal)) return refusal;
        var (member, zone) = (await work.MemberStatements.Member(placed[0].MemberId), TimeZoneInfo.FindSystemTimeZoneById(agreement.Agreement.Settlement.TimeZone));
        var today = AsOf.DayIn(work.Now, zone);
        return new MemberStatement
        {
            Agreement = agreement.Number, Organisation = agreement.Agreement.Organisation.Name, Fund = agreement.Agreement.Fund.Name, Currency = agreement.Currency,
            MemberNo = member.MemberNo, NationalId = member.NationalId, FullName = member.FullName, Language = member.Language, On = today, PublicUrl = publicUrl,
            Obligations = Owed(await work.Obligations.OfEnrolled(placed.Select(row => row.EnrolmentId)), today),
            Receipts = await Receipts(work, agreement.Id, placed[0].MemberId),
            Lines = [.. lines.Select(line => Line(line, proofs.GetValueOrDefault((line.RemittanceId, line.LineNo)), zone))],
        };
    }, stop);

    internal static Refusal Unknown(string member, string agreement) =>
        Refusal.NotFound("member_unknown", $"There is no member «{member}» under agreement {agreement}.") with { Help = $"List them with 'member list --agreement {agreement}'." };

    // What opens later is not owed yet, unless money is on it.
    private static IReadOnlyList<StatedObligation> Owed(IReadOnlyList<StoredObligation> all, DateOnly today) =>
    [
        .. all.Where(row => row.Collected == 1 && row.Amount > row.Reduced && (row.OpensOn <= today || row.Allocated > 0))
            .OrderBy(row => row.Period, StringComparer.Ordinal).ThenBy(row => row.ComponentOrder).ThenBy(row => row.Component, StringComparer.Ordinal).ThenBy(row => row.Id)
            .Select(row => new StatedObligation(row.Period, row.Component, row.Class, row.DueOn, row.Amount - row.Reduced, row.Allocated)),
    ];

    private static async Task<IReadOnlyList<StatedReceipt>> Receipts(Work work, long agreement, long member)
    {
        var parts = (await work.MemberStatements.Parts(agreement, member)).ToLookup(part => part.ReceiptId);
        return
        [
            .. (await work.MemberStatements.Receipts(agreement, member)).Select(row => new StatedReceipt(Numbers.Receipt(row.Id), row.ReceiptNo, row.ReceivedOn, row.Amount)
            {
                Credit = row.Credit, Refunded = row.Refunded,
                Parts = [.. parts[row.Id].Select(part => new StatedPart(part.Period, part.Component, part.Class, part.Amount, part.Reference, part.Outcome))],
            }),
        ];
    }

    private static StatedLine Line(StatementLine line, (LineProof Line, StoredProof Of) proof, TimeZoneInfo zone) => new(line.Reference, line.LineNo, line.Period, line.Component, line.Class, line.Amount)
    {
        Outcome = line.Outcome, Code = line.Code,
        Proof = proof.Of is null ? null : new StatedProof(proof.Line, proof.Of.Version, proof.Of.LineCount, proof.Of.ConfirmedAt is { } at ? AsOf.DayIn(at, zone) : null),
    };

    // Each remittance's lines stream by once; only hers are kept.
    private static async Task<Outcome<Dictionary<(long Remittance, long Line), (LineProof Line, StoredProof Of)>>> Proofs(Work work, StoredAgreement agreement, IReadOnlyList<StatementLine> lines)
    {
        var proofs = new Dictionary<(long, long), (LineProof, StoredProof)>();
        foreach (var remittance in lines.Where(line => line.Proven == 1).GroupBy(line => line.RemittanceId, line => line.LineNo))
        {
            var (proof, hers, tree) = ((await work.LineProofs.Of(remittance.Key))[^1], remittance.ToHashSet(), new MerkleTree());
            var followed = new List<(SaltedLine Line, string Text, IReadOnlyList<ProofStep> Path)>();
            await foreach (var line in work.LineProofs.Lines(remittance.Key, proof.Version))
            {
                var text = line.In(proof.Reference, agreement.Currency).Text;
                if (hers.Contains(line.LineNo)) followed.Add((line, text, tree.Follow(line.Salt, text)));
                else tree.Add(line.Salt, text);
            }

            if (tree.Close() != proof.Root) return new Refusal(RefusalKind.ControlFailed, "proof_broken", $"The lines of {proof.Reference} do not give the root that was made of them; no proof is given out.") with { Help = "Run 'verify': it names what was changed." };
            foreach (var (line, text, path) in followed) proofs[(remittance.Key, line.LineNo)] = (new LineProof(Convert.ToHexStringLower(line.Salt), text, path, proof.Root), proof);
        }

        return proofs;
    }
}

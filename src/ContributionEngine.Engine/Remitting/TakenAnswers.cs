using System.Security.Cryptography;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A file with answers, as it came.</summary>
/// <param name="Name">Under which it came; data for people, never a path.</param>
/// <param name="CameBy">The kind of the channel, <c>callback</c> or <c>import</c>.</param>
public sealed record RawAnswer(string Name, byte[] Content, string CameBy)
{
    /// <summary>Only remittances to this fund are meant; null: to any.</summary>
    public string? Fund { get; init; }

    /// <summary>Why the channel could not pick it up; there are no bytes then.</summary>
    public string? Trouble { get; init; }

    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Content));
}

/// <summary>What became of a file with answers.</summary>
/// <param name="Answers">As they stand in the file, in the currency of what they answer.</param>
/// <param name="SentBack">Lines came back by it.</param>
public sealed record TakenAnswer(IReadOnlyList<ReadAnswer> Answers, IReadOnlyList<Remark> Findings, bool SentBack);

/// <summary>
/// Takes in files with answers, however they came: keeps the bytes, finds the remittances by the references that are quoted, and
/// applies what is said of each. A file that cannot be read, or that answers what was never sent, is kept with a case and stops nothing.
/// </summary>
internal static class TakenAnswers
{
    /// <summary>Reason of the case of an answer about a remittance that nobody knows of.</summary>
    public const string Unknown = "answer_unknown";

    /// <summary>Reason of the case of a file that cannot be read as an answer.</summary>
    public const string Unreadable = "answer_unreadable";

    /// <summary>Takes in what a channel gave: all of it that is new.</summary>
    public static async Task Take(Work work, StoredAgreement agreement, IReadOnlyList<RawAnswer> files)
    {
        var fund = agreement.Agreement.Fund.Code;
        var today = AsOf.DayIn(work.Now, agreement.Agreement);
        await work.Cases.Open(agreement.Id, today, [.. files.Where(file => file.Trouble is not null).Select(file => new NewCase(Unreadable, Short(file.Name), null, $"«{file.Name:file}» was not picked up: {file.Trouble:why}.", "not_picked_up"))]);
        var kept = await work.Acknowledgements.Kept(fund, files.Select(file => file.Sha256));
        foreach (var file in files.Where(file => file.Trouble is null && !kept.Contains(file.Sha256)).DistinctBy(file => file.Sha256))
        {
            if ((await Take(work, file with { Fund = fund })).Refusal is not { } refusal) continue;
            await work.Acknowledgements.Keep(new NewAnswerFile(fund, file.Sha256, file.Name, file.CameBy, refusal.Code, file.Content));
            await work.Cases.Open(agreement.Id, today, [new NewCase(Unreadable, Shown(file), null, $"{refusal.Code:code}: {refusal.Detail:why} Its bytes are kept; SHA-256 {file.Sha256:sha256}.")]);
        }
    }

    /// <summary>Takes in one file. Refusals: those of <see cref="AnswerFile"/>; nothing is stored then.</summary>
    public static async Task<Outcome<TakenAnswer>> Take(Work work, RawAnswer file)
    {
        if (!AnswerFile.References(file.Content).Ok(out var references, out var refusal)) return refusal;
        var found = (await work.Remittances.Answered(references, file.Fund)).OrderBy(remittance => remittance.AgreementId).ThenBy(remittance => remittance.Id).ToList();
        if (!(await Held(work, file, found)).Ok(out var read, out refusal)) return refusal;
        var findings = new List<Remark>();
        var isKnown = true;
        foreach (var fund in read.Select(item => item.Agreement.Agreement.Fund.Code).DefaultIfEmpty(file.Fund ?? "").Distinct()) isKnown &= await Keep(work, file, fund, found.Count == 0);
        if (isKnown) findings.Add(new Remark("duplicate", $"these bytes were taken in before (SHA-256 {file.Sha256[..12]}).", Particulars.Of(null, ("sha256", file.Sha256[..12]))));
        var sentBack = false;
        foreach (var (remittance, agreement, said) in read)
        {
            findings.AddRange((await Answer.Apply(work, agreement, remittance.Id, said)).Select(doubt => Answer.Told(doubt, remittance)));
            sentBack |= (await work.Remittances.Get(remittance.Id)).Rejected != remittance.Rejected;
        }

        foreach (var reference in references.Where(quoted => !found.Any(remittance => Quotes(quoted, remittance)))) findings.Add(await NobodyKnows(work, file, reference));
        var answers = AnswerFile.Inspect(file.Content, read.Count > 0 ? read[0].Agreement.Currency : null);
        return answers.Ok(out var shown, out refusal) ? new TakenAnswer(shown, [.. shown.SelectMany(AnswerFindings.Of).Concat(findings).DistinctBy(found => $"{found}")], sentBack) : refusal;
    }

    private static bool Quotes(string quoted, StoredRemittance remittance) => quoted == remittance.Reference || quoted == remittance.Number;

    // Every agreement is held before anything is read anew, in the order of their ids, so that two files never wait for each other.
    private static async Task<Outcome<List<(StoredRemittance Remittance, StoredAgreement Agreement, Acknowledgement Said)>>> Held(Work work, RawAnswer file, IReadOnlyList<StoredRemittance> found)
    {
        var read = new List<(StoredRemittance, StoredAgreement, Acknowledgement)>();
        foreach (var remittance in found)
        {
            var agreement = await work.Agreements.GetToChange(remittance.AgreementId);
            if (!AnswerFile.Read(file.Content, agreement.Currency).Ok(out var said, out var refusal)) return refusal;
            read.AddRange(said.Where(answer => Quotes(answer.Reference, remittance)).Select(answer => (remittance, agreement, answer with { Reference = remittance.Reference })));
        }

        return read;
    }

    // True when the bytes had been kept before.
    private static async Task<bool> Keep(Work work, RawAnswer file, string fund, bool isUnknown)
    {
        if ((await work.Acknowledgements.Kept(fund, [file.Sha256])).Count > 0) return true;
        await work.Acknowledgements.Keep(new NewAnswerFile(fund, file.Sha256, file.Name, file.CameBy, isUnknown ? Unknown : null, file.Content));
        return false;
    }

    private static async Task<Remark> NobodyKnows(Work work, RawAnswer file, string reference)
    {
        var what = reference.Length > 0 ? $"«{reference}»" : "no reference";
        var sentence = $"«{file.Name}» answers {what}, and no remittance that may be seen here bears it; nothing of it was applied.";
        var told = new Remark(Unknown, sentence, Particulars.Of(reference.Length > 0 ? null : "unnamed", ("file", file.Name), ("reference", reference)));
        await work.Cases.Open(null, DateOnly.FromDateTime(work.Now.UtcDateTime), [new NewCase(Unknown, reference.Length > 0 ? reference : Shown(file), null, $"{(sentence, [told])} Its bytes are kept; SHA-256 {file.Sha256:sha256}.")]);
        return told;
    }

    private static string Shown(RawAnswer file) => $"{Short(file.Name)} {file.Sha256[..12]}";

    private static string Short(string name) => name.Length <= 100 ? name : name[..100];
}

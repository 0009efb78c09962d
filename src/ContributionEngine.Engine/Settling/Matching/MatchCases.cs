using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Cases about bank money that a person must place: proposed, or in doubt.</summary>
internal static class MatchCases
{
    /// <summary>Reason of the case of a match that speaks for itself less clearly than the agreement asks.</summary>
    public const string Proposed = "match_proposed";

    /// <summary>Reason of the case of bank money with several candidates that are equally good.</summary>
    public const string InDoubt = "bank_money_in_doubt";

    /// <summary>Reason of the case of a payment of a remittance that was cancelled.</summary>
    public const string AfterCancelling = "paid_after_cancelling";

    private static readonly string[] Reasons = [Proposed, InDoubt, AfterCancelling];

    /// <summary>Opens what is new, and closes what a run has found to be matched or without any candidate.</summary>
    public static async Task Keep(Work work, MatchFacts facts, MatchingResult result, IReadOnlyList<ProposedMatch> accepted)
    {
        var doubts = result.Undecided.Select(item => (Agreement: One(item.Candidates), item.Money, Case: Of(facts, item)));
        var proposals = result.Proposals.Except(accepted).Select(match => (Agreement: One(match.Parts.Select(part => part.Remittance)), match.Parts[0].Money, Case: Of(facts, match)));
        var open = doubts.Concat(proposals).ToList();
        foreach (var reason in Reasons)
        {
            var still = open.Where(item => item.Case.Reason == reason).Select(item => item.Case.Subject).ToHashSet();
            await work.Cases.Close(null, reason, facts.Money.Select(Subject).Where(subject => !still.Contains(subject)), new CaseEnd("entry_placed", $"the entry is matched, or nothing comes into question any more"));
        }

        foreach (var of in open.GroupBy(item => (item.Agreement, item.Money.BookedOn)).OrderBy(of => of.Key.Agreement ?? 0).ThenBy(of => of.Key.BookedOn))
        {
            await work.Cases.Open(of.Key.Agreement, of.Key.BookedOn, [.. of.Select(item => item.Case)]);
        }
    }

    /// <summary>Closes the cases about money that has found its place.</summary>
    public static async Task CloseAbout(Work work, IEnumerable<ProposedMatch> matches)
    {
        var subjects = matches.SelectMany(match => match.Parts).Select(part => Subject(part.Money)).Distinct().ToList();
        foreach (var reason in Reasons) await work.Cases.Close(null, reason, subjects, new CaseEnd("entry_matched", $"the entry is matched"));
    }

    /// <summary>Closes the cases about an entry and its parts.</summary>
    public static async Task CloseAbout(Work work, IEnumerable<BankMoney> money, CaseEnd end)
    {
        foreach (var reason in Reasons) await work.Cases.Close(null, reason, money.Select(Subject), end);
    }

    /// <summary>As cases call it: <c>BNK-000000001234</c>, or <c>BNK-000000001234 part 2</c>.</summary>
    public static string Subject(BankMoney money) => money.Part == 0 ? Numbers.BankEntry(money.Entry) : $"{Numbers.BankEntry(money.Entry)} part {money.Part}";

    /// <summary>What such a name means; part 0 is the whole entry, and an entry of null is none.</summary>
    public static (long? Entry, long Part) Read(string money) =>
        money.Split(' ') is [var entry, "part", var part] && long.TryParse(part, out var no) ? (Numbers.Id("BNK", entry), no) : (Numbers.Id("BNK", money), 0);

    /// <summary>Why nothing is open under such a name: <c>bank_entry_not_open</c> or <c>bank_entry_unknown</c>.</summary>
    public static async Task<Refusal> NotOpen(Work work, string money) => Read(money).Entry is { } id && await work.Matches.Among([id]) is [_]
        ? Refusal.Conflict("bank_entry_not_open", $"Nothing of {money} is open.") with { Help = "It is matched, set aside, or of a statement that is held." }
        : Refusal.NotFound("bank_entry_unknown", $"There is no bank entry «{money}».") with { Help = "Entries are called BNK- and a number." };

    // A case that concerns several agreements is the operators'.
    private static long? One(IEnumerable<OpenRemittance> remittances) => remittances.Select(item => item.Agreement).Distinct().ToList() is [var only] ? only : null;

    private static NewCase Of(MatchFacts facts, ProposedMatch match)
    {
        var remittances = string.Join(", ", match.Parts.Select(part => facts.Stored[part.Remittance.Id].Number).Distinct());
        return new NewCase(Proposed, Subject(match.Parts[0].Money), match.Parts.Sum(part => part.Minor), $"Seems to belong to {remittances:remittances} ({string.Join(", ", match.Cues.Select(Words.Of)):cues}: {match.Score:points} points). If it does: bank match accept {Proposal.Name(match):proposal}");
    }

    private static NewCase Of(MatchFacts facts, Undecided item)
    {
        var candidates = string.Join(", ", item.Candidates.Select(other => facts.Stored[other.Id].Number));
        return item.Doubt == Doubt.Cancelled
            ? new NewCase(AfterCancelling, Subject(item.Money), item.Money.Minor, $"The bank shows a payment of {candidates:remittances}, which was cancelled; the entry stays open.")
            : new NewCase(InDoubt, Subject(item.Money), item.Money.Minor, $"{Why(item.Doubt)}: {candidates:remittances}. Nothing was matched.", Words.Of(item.Doubt));
    }

    private static string Why(Doubt doubt) => doubt switch
    {
        Doubt.SeveralReferences => "The bank shows several references whose remittances do not add up to the amount",
        Doubt.SeveralRepairs => "The reference is misspelt, and may mean each of these",
        Doubt.SeveralSums => "It adds up in several ways, of these",
        Doubt.ReturnAbovePaid => "More came back than was paid on",
        _ => "Several are equally good",
    };
}

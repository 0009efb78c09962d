using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Open bank money in one currency.</summary>
public sealed record OpenMoney(int Count, Money Sum);

/// <summary>A remittance as the desk shows it beside bank money.</summary>
public sealed record DeskRemittance(string Number, string Reference, string Agreement, string Organisation, DateTimeOffset Cutoff)
{
    public required Money Sealed { get; init; }

    public required Money Rejected { get; init; }

    public required Money Payable { get; init; }

    public required Money Paid { get; init; }

    public Money Open => Payable - Paid;
}

/// <summary>A remittance that money may belong to.</summary>
/// <param name="Likeness">One of <see cref="Engine.Likeness"/>.</param>
/// <param name="Difference">What the money is above what is open.</param>
public sealed record DeskCandidate(DeskRemittance Remittance, IReadOnlyList<string> Cues, int Score, string Likeness, Money Difference);

/// <summary>A payment that a treasurer has told of, and what of it the money shows.</summary>
/// <param name="Cues">slip, amount or reference.</param>
public sealed record DeskTold(string Remittance, string Reference, string Organisation, KnownToldPayment Payment, IReadOnlyList<string> Cues);

/// <summary>A piece of open bank money: an entry, or a transaction of it, with what speaks for where it belongs.</summary>
/// <param name="Money">How it is called towards <see cref="MatchByHand"/>.</param>
/// <param name="Match">The best proposal; null: there is none.</param>
/// <param name="Likeness">Of the proposal.</param>
/// <param name="WasUndone">A person has taken it away from there before.</param>
public sealed record DeskPiece(string Money, Money Amount, ReportedMatch? Match, string? Likeness, bool WasUndone, ReportedDoubt? Doubt)
{
    /// <summary>The remittances of the proposal.</summary>
    public required IReadOnlyList<DeskRemittance> Remittances { get; init; }

    /// <summary>Others, the likeliest first.</summary>
    public required IReadOnlyList<DeskCandidate> Candidates { get; init; }

    /// <summary>What treasurers have told that the money may be, those first of whom it shows most.</summary>
    public required IReadOnlyList<DeskTold> Told { get; init; }

    /// <summary>Who was asked whether it is theirs, and what they say.</summary>
    public required IReadOnlyList<KnownQuestion> Questions { get; init; }
}

/// <summary>What can be accepted at once.</summary>
/// <param name="Fingerprint">Of the set, for whoever accepts it.</param>
public sealed record CertainMatches(string Fingerprint, IReadOnlyList<OpenMoney> Sums, IReadOnlyList<ReportedMatch> Matches);

/// <summary>The reconciliation desk as it stands now.</summary>
/// <param name="Likeness">By entry: of its best proposal; none for an entry without.</param>
public sealed record DeskView(IReadOnlyList<OpenMoney> Open, CertainMatches Certain, IReadOnlyDictionary<string, string> Likeness, IReadOnlyList<DeskPiece> Pieces)
{
    /// <summary>By entry about which an organisation was asked: answered once one of them has answered, else asked.</summary>
    public required IReadOnlyDictionary<string, string> Asked { get; init; }
}

/// <summary>Shows what bank money waits for a person, and what the engine would make of it. Reads only.</summary>
public sealed class BankDesk(Database database)
{
    /// <summary>Candidates shown for one piece of money.</summary>
    public const int CandidatesMax = 20;

    /// <summary>Told payments shown for one piece of money.</summary>
    public const int ToldMax = 5;

    /// <param name="entry">Number of the entry that is looked at; null: none.</param>
    public Task<Outcome<DeskView>> Look(Actor actor, string? entry, CancellationToken stop) => database.Read<Outcome<DeskView>>(actor, async work =>
    {
        var rules = new MatchingRules();
        if (!(await MatchFacts.Load(work, rules)).Ok(out var facts, out var refusal)) return refusal;
        var looked = entry is null ? null : Numbers.Id("BNK", entry);
        var table = new Table(rules, facts, Core.Matching.Of(rules, facts.Money, facts.Remittances), looked is null ? [] : await work.ToldPayments.Awaited(), await AskTreasurer.Open(work));
        return new DeskView(Sums(facts.Money), table.Certain(), table.Likenesses(), [.. facts.Money.Where(money => money.Entry == looked).Select(table.Piece)]) { Asked = table.Asked() };
    }, stop);

    private static IReadOnlyList<OpenMoney> Sums(IEnumerable<BankMoney> money) =>
        [.. money.GroupBy(item => item.Currency).OrderBy(of => of.Key, StringComparer.Ordinal).Select(of => new OpenMoney(of.Count(), MatchReport.In(of.Key, of.Sum(item => Math.Abs(item.Minor)))))];

    private sealed record Table(MatchingRules Rules, MatchFacts Facts, MatchingResult Result, IReadOnlyList<StoredToldPayment> Told, IReadOnlyList<KnownQuestion> Questions)
    {
        public CertainMatches Certain()
        {
            var certain = Result.Proposals.Where(match => Engine.Likeness.Of(Rules, match) == Engine.Likeness.Certain).ToList();
            return new CertainMatches(Proposal.Fingerprint(certain), Sums(certain.SelectMany(match => match.Parts).Select(part => part.Money).Distinct()), [.. certain.Select(Shown)]);
        }

        public IReadOnlyDictionary<string, string> Likenesses() => Result.Proposals.SelectMany(match => match.Parts.Select(part => (part.Money.Entry, Likeness: Engine.Likeness.Of(Rules, match))))
            .DistinctBy(item => item.Entry).ToDictionary(item => Numbers.BankEntry(item.Entry), item => item.Likeness);

        public IReadOnlyDictionary<string, string> Asked() => Questions.GroupBy(question => question.Money!.Split(' ')[0]).ToDictionary(of => of.Key, of => of.Any(question => question.Answer is not null) ? "answered" : "asked");

        public DeskPiece Piece(BankMoney money)
        {
            var match = Result.Proposals.FirstOrDefault(one => one.Parts.Any(part => part.Money == money));
            var doubt = Result.Undecided.FirstOrDefault(one => one.Money == money);
            var taken = match?.Parts.Select(part => part.Remittance.Id).ToHashSet() ?? [];
            var others = ByPerson.Candidates(Rules, money, Facts.Remittances.Where(item => !taken.Contains(item.Id)));
            return new DeskPiece(
                MatchCases.Subject(money), MatchReport.In(money.Currency, money.Minor), match is null ? null : Shown(match), match is null ? null : Engine.Likeness.Of(Rules, match),
                match?.Parts.Any(part => part.Money.Undone.Contains(part.Remittance.Id)) == true, doubt is null ? null : MatchReport.Of(Facts, null, [], [doubt]).Doubts[0])
            {
                Remittances = [.. taken.Order().Select(id => Remittance(Facts.Stored[id]))], Candidates = [.. others.Take(CandidatesMax).Select(Candidate)],
                Told = [.. Told.Select(told => Seen(money, told)).Where(told => told.Cues.Count > 0).OrderByDescending(told => told.Cues.Count).Take(ToldMax)],
                Questions = [.. Questions.Where(question => question.Money == MatchCases.Subject(money))],
            };
        }

        private static DeskTold Seen(BankMoney money, StoredToldPayment told) => new(
            told.Remittance, told.Reference, told.Organisation, KnownToldPayment.Of(told), [.. new ToldPayment(told.Reference, told.Currency, told.Amount, told.Slip).CuesOn(money).Select(Words.Of)]);

        private ReportedMatch Shown(ProposedMatch match) => MatchReport.Shown(Facts, new ShownMatch(match, null));

        private DeskCandidate Candidate(Candidate one) => new(
            Remittance(Facts.Stored[one.Remittance.Id]), [.. one.Cues.Select(Words.Of)], one.Score, Engine.Likeness.Of(Rules, one.Score), MatchReport.In(one.Remittance.Currency, one.Difference));

        private DeskRemittance Remittance(StoredRemittance row)
        {
            var agreement = Facts.Agreements[row.AgreementId];
            return new DeskRemittance(row.Number, row.Reference, agreement.Number, agreement.Agreement.Organisation.Name, row.Cutoff)
            {
                Sealed = MatchReport.In(row.Currency, row.Total), Rejected = MatchReport.In(row.Currency, row.Rejected), Payable = MatchReport.In(row.Currency, row.State.Payable), Paid = MatchReport.In(row.Currency, row.Paid),
            };
        }
    }
}

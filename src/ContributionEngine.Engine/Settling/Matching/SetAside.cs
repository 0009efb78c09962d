using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>An entry of which nothing is left to match.</summary>
/// <param name="Match">Number under which it is taken back.</param>
public sealed record SetAsideEntry(string Entry, string Match, Money Amount, string State);

/// <summary>Says of an open entry that it pays no remittance of ours: a fee, a salary, another's money. Undoing that match makes it open again.</summary>
public sealed class SetAside(Database database)
{
    /// <summary>Refusals: <c>bank_entry_unknown</c>, <c>bank_entry_not_open</c>.</summary>
    public Task<Outcome<SetAsideEntry>> Run(Actor actor, (string Entry, string Reason) asked, CancellationToken stop) => database.Attempt<SetAsideEntry>(actor, async work =>
    {
        if (Numbers.Id("BNK", asked.Entry) is not { } id || await work.Matches.Among([id]) is not [var entry]) return Refusal.NotFound("bank_entry_unknown", $"There is no bank entry «{asked.Entry}».") with { Help = "Entries are called BNK- and a number; 'bank match run --dry-run' and cases name them." };
        var rest = entry.Amount - entry.Matched;
        if (entry.State != "open" || rest == 0) return Refusal.Conflict("bank_entry_not_open", $"{entry.Number} is {entry.State}; nothing of it is open.") with { Help = "Undo its match first, if that was wrong: 'bank match list' shows it." };

        var row = new StoredMatch
        {
            Id = work.NextId(), EntryId = entry.Id, Kind = "not_ours", Taken = rest, MatchedBy = "person", Cues = JsonSerializer.Serialize(new { reason = asked.Reason }), MatchedOn = entry.BookedOn, AcceptedBy = work.Actor.Name,
        };
        row = row with { Number = Numbers.Match(row.Id) };
        await work.Matches.Take(new Dictionary<long, long> { [entry.Id] = rest }, "not_ours");
        await work.Matches.Add([row]);
        await MatchCases.CloseAbout(work, MatchFacts.MoneyOf([entry], await work.Matches.Transactions([entry.Id])), new CaseEnd("entry_not_ours", $"the entry is not ours"));
        await work.Audit.Record(Audit.Administration, "bank-entry-not-ours", entry.Number, JsonSerializer.Serialize(new { reason = asked.Reason, match = row.Number, amount = rest }));
        return new SetAsideEntry(entry.Number, row.Number, new Money(rest, Currency.Of(entry.Currency).Value), "not_ours");
    }, stop);
}

using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Where matches come from.</summary>
/// <param name="Run">The run that they were made in; null where a person accepts a single one.</param>
internal sealed record MatchOrigin(StoredMatchRun? Run, string AcceptedBy);

/// <summary>
/// Books matches: the money of the entries is taken, the remittances are paid or their payment is re-opened, and the ledger follows.
/// Everything concerned is held first and must still be as it was when the matches were decided.
/// </summary>
internal sealed class MatchBooking(Work work, MatchFacts facts, MatchOrigin origin)
{
    private readonly Dictionary<long, RemittanceState> states = [];
    private readonly List<StoredMatch> rows = [];

    /// <summary>Books them in their order; gives the number of each.</summary>
    /// <exception cref="BusyException">Somebody else has moved one of them meanwhile: the unit runs again.</exception>
    public async Task<IReadOnlyList<string>> Book(IReadOnlyList<ProposedMatch> matches)
    {
        if (matches.Count == 0) return [];
        var remittances = matches.SelectMany(match => match.Parts).Select(part => part.Remittance).DistinctBy(item => item.Id).ToDictionary(item => item.Id);
        foreach (var id in remittances.Values.Select(item => item.Agreement).Distinct().Order()) await work.Agreements.GetToChange(id);
        var before = await work.Remittances.Among(remittances.Keys);
        foreach (var now in before)
        {
            if (now.Paid != remittances[now.Id].Paid || now.State.Payable != remittances[now.Id].Payable) throw new BusyException(now.Number);
            states[now.Id] = now.State;
        }

        var numbers = new List<string>();
        foreach (var match in matches) numbers.Add(await Book(match));
        await work.Matches.Take(rows.GroupBy(row => row.EntryId).ToDictionary(of => of.Key, of => of.Sum(row => row.Taken)), "matched");
        await work.Matches.Add(rows);
        await work.MatchRuns.Pay(states);
        foreach (var row in before) work.WebhookEvents.Note(row, row.State, states[row.Id]);
        foreach (var of in states.GroupBy(item => facts.Stored[item.Key].AgreementId))
        {
            await MoneyCases.Keep(work, facts.Agreements[of.Key], rows.Max(row => row.MatchedOn), [.. of.Select(item => (facts.Stored[item.Key], item.Value))]);
        }

        await Record();
        return numbers;
    }

    private async Task<string> Book(ProposedMatch match)
    {
        var number = Numbers.Match(work.NextId());
        foreach (var part in match.Parts)
        {
            rows.Add(Row(match, part.Money, number) with
            {
                RemittanceId = part.Remittance.Id, Kind = Words.Of(match.Kind), Taken = Math.Abs(part.Minor), Amount = part.Minor, OpenBefore = part.Open, Missing = part.Short, Surplus = part.Over,
            });
            await Move(part, match.Kind);
        }

        foreach (var money in match.Parts.Select(part => part.Money).Distinct().Where(money => money.Fee > 0)) rows.Add(Row(match, money, number) with { Kind = "fee", Taken = -money.Fee });
        return number;
    }

    private StoredMatch Row(ProposedMatch match, BankMoney money, string number) => new()
    {
        Id = work.NextId(), Number = number, RunId = origin.Run?.Id, EntryId = money.Entry, TxNo = money.Part, MatchedBy = Words.Of(match.Pass), Score = match.Score,
        Cues = JsonSerializer.Serialize(new { cues = match.Cues.Select(Words.Of), seen = match.Seen, runner_up = match.RunnerUp is { } next ? new { remittance = next.Remittance.Id, score = next.Score } : null }),
        MatchedOn = money.BookedOn, AcceptedBy = origin.AcceptedBy,
    };

    private async Task Move(MatchedPart part, MatchKind kind)
    {
        var before = states[part.Remittance.Id];
        var after = kind == MatchKind.Payment ? before.Paid(before.PaidSum + part.Minor) : before.Returned(-part.Minor);
        states[part.Remittance.Id] = after;
        var what = kind switch { MatchKind.Payment => "paid", MatchKind.Returned => "payment returned", _ => "refunded by the fund" };
        await work.Journal.Book(facts.Agreements[part.Remittance.Agreement], part.Money.BookedOn, $"{facts.Stored[part.Remittance.Id].Number} {what}", MoneyMoved.Entry(before, after));
    }

    // One event for each agreement, and the run itself with what it went by.
    private async Task Record()
    {
        foreach (var of in rows.Where(row => row.RemittanceId is not null).GroupBy(row => facts.Stored[row.RemittanceId!.Value].AgreementId).OrderBy(of => of.Key))
        {
            await work.Audit.Record(facts.Agreements[of.Key].Number, "bank-matched", origin.Run?.Number ?? of.First().Number, JsonSerializer.Serialize(new
            {
                matches = of.Select(row => new { match = row.Number, entry = row.EntryId, part = row.TxNo, remittance = facts.Stored[row.RemittanceId!.Value].Number, amount = row.Amount, rule = row.MatchedBy, score = row.Score }),
            }));
        }

        if (origin.Run is { } run) await work.Audit.Record(Audit.Administration, "match-run", run.Number, JsonSerializer.Serialize(new { sha256 = run.Sha256, matches = rows.Count }));
    }
}

/// <summary>What the ledger sees when the paid sum of a remittance changes, in either direction.</summary>
internal static class MoneyMoved
{
    public static JournalEntry? Entry(RemittanceState before, RemittanceState after) => Entry(after.PaidSum - before.PaidSum, after.Surplus - before.Surplus);

    /// <param name="paid">How much more is paid than before, in minor units.</param>
    /// <param name="surplus">How much more of it is above what is payable.</param>
    public static JournalEntry? Entry(long paid, long surplus) =>
        JournalEntry.Of(paid > 0 ? LedgerEvent.Settled : LedgerEvent.Unsettled, (Account.InTransit, paid - surplus), (Account.DueFromFund, surplus), (Account.Cash, -paid));
}

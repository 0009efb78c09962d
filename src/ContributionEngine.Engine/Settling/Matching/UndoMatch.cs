using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What is to be undone, and why.</summary>
/// <param name="Number">Of one match (<c>MAT-...</c>) or of a whole run (<c>MRN-...</c>).</param>
public sealed record UndoRequest(string Number, string Reason, string? AsOf);

/// <summary>What was undone.</summary>
/// <param name="Remittances">Whose payment changed.</param>
public sealed record UndoneMatches(string Number, int Matches, IReadOnlyList<string> Entries, IReadOnlyList<string> Remittances)
{
    /// <summary>Those of the remittances that were settled, and are open again.</summary>
    public required IReadOnlyList<string> Settled { get; init; }
}

/// <summary>
/// Undoes one match or all that stands of a run: the money of the entries is open again, the paid sums of the remittances fall back to what
/// the matches that stand come to, and opposite entries are booked. What was undone goes back together only by a person.
/// </summary>
public sealed class UndoMatch(Database database)
{
    /// <summary>Refusals: <c>match_unknown</c>, <c>match_run_unknown</c>, <c>match_undone</c>, <c>match_returned</c>, <c>as_of_later</c>.</summary>
    public Task<Outcome<UndoneMatches>> Run(Actor actor, UndoRequest asked, CancellationToken stop) => database.Attempt<UndoneMatches>(actor, async work =>
    {
        if (!(await Standing(work, asked.Number)).Ok(out var rows, out var refusal)) return refusal;
        foreach (var id in rows.Select(row => row.AgreementId).OfType<long>().Distinct().Order()) await work.Agreements.GetToChange(id);
        if (!(await Standing(work, asked.Number)).Ok(out rows, out refusal)) return refusal;
        var zone = rows[0].AgreementId is { } first ? (await work.Agreements.Get(first)).Agreement.Settlement.TimeZone : TimeZoneInfo.Utc.Id;
        if (!AsOf.Read(asked.AsOf, zone, work.Now, work.Database.IsDryRun).Ok(out var at, out refusal)) return refusal;

        await work.Matches.End(rows.Select(row => row.Id), at.Day, asked.Reason);
        await work.Matches.Take(rows.GroupBy(row => row.EntryId).ToDictionary(of => of.Key, of => -of.Sum(row => row.Taken)), "open");
        var remittances = await work.Remittances.Among(rows.Select(row => row.RemittanceId).OfType<long>().Distinct());
        if (!(await Left(work, remittances)).Ok(out var states, out refusal)) return refusal;
        await Book(work, remittances, states, at);
        await Record(work, rows, asked);
        return new UndoneMatches(asked.Number, rows.Select(row => row.Number).Distinct().Count(), [.. rows.Select(row => Numbers.BankEntry(row.EntryId)).Distinct()], [.. remittances.Select(row => row.Number)])
        {
            Settled = [.. remittances.Where(row => row.State.IsSettled).Select(row => row.Number)],
        };
    }, stop);

    private static async Task<Outcome<IReadOnlyList<StoredMatch>>> Standing(Work work, string number)
    {
        IReadOnlyList<StoredMatch> rows;
        Refusal? refusal;
        if (number.StartsWith("MRN-", StringComparison.OrdinalIgnoreCase))
        {
            if (!(await work.MatchRuns.Find(number)).Ok(out var run, out refusal)) return refusal;
            rows = await work.Matches.Of(run.Id);
        }
        else
        {
            if (!(await work.Matches.Find(number)).Ok(out var found, out refusal)) return refusal;
            rows = [.. found.Where(row => row.Live == 1)];
        }

        return rows.Count > 0 ? Outcome<IReadOnlyList<StoredMatch>>.Of(rows) : Refusal.Conflict("match_undone", $"Nothing of {number} stands any more.") with { Help = "'bank match list' shows what stands." };
    }

    // What the matches that stand come to, in the order in which they were made.
    private static async Task<Outcome<Dictionary<long, RemittanceState>>> Left(Work work, IReadOnlyList<StoredRemittance> remittances)
    {
        var left = (await work.Matches.On(remittances.Select(row => row.Id))).ToLookup(row => row.RemittanceId!.Value);
        var states = new Dictionary<long, RemittanceState>();
        foreach (var remittance in remittances)
        {
            var state = remittance.State.Paid(0);
            foreach (var row in left[remittance.Id])
            {
                if (state.PaidSum + row.Amount < 0) return Refusal.Conflict("match_returned", $"{row.Number} says that money of {remittance.Number} came back, which would never have been paid.") with { Help = $"Undo {row.Number} first." };
                state = row.Amount > 0 ? state.Paid(state.PaidSum + row.Amount) : state.Returned(-row.Amount);
            }

            states[remittance.Id] = state;
        }

        return states;
    }

    private static async Task Book(Work work, IReadOnlyList<StoredRemittance> remittances, Dictionary<long, RemittanceState> states, AsOf at)
    {
        await work.MatchRuns.Pay(states);
        var agreements = (await work.Agreements.Among(remittances.Select(row => row.AgreementId).Distinct())).ToDictionary(row => row.Id);
        foreach (var row in remittances) await work.Journal.Book(agreements[row.AgreementId], at.Day, $"{row.Number} match undone", MoneyMoved.Entry(row.State, states[row.Id]));
        foreach (var row in remittances) work.WebhookEvents.Note(row, row.State, states[row.Id]);
        foreach (var of in remittances.GroupBy(row => row.AgreementId))
        {
            await MoneyCases.Keep(work, agreements[of.Key], at.Day, [.. of.Select(row => (row, states[row.Id]))]);
        }
    }

    private static async Task Record(Work work, IReadOnlyList<StoredMatch> rows, UndoRequest asked)
    {
        var what = asked.Number.ToUpperInvariant();
        if (rows.Any(row => row.RunId is not null) && what.StartsWith("MRN-", StringComparison.Ordinal)) await work.MatchRuns.Undo(rows[0].RunId!.Value);
        foreach (var of in rows.GroupBy(row => row.AgreementId).OrderBy(of => of.Key ?? 0))
        {
            var chain = of.Key is { } id ? (await work.Agreements.Get(id)).Number : Audit.Administration;
            await work.Audit.Record(chain, "match-undone", what, JsonSerializer.Serialize(new
            {
                reason = asked.Reason, matches = of.Select(row => new { match = row.Number, entry = row.EntryId, part = row.TxNo, remittance = row.Remittance, kind = row.Kind, amount = row.Amount }),
            }));
        }
    }
}

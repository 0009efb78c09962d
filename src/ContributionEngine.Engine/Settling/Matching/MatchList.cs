using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A row of a match as a list shows it.</summary>
/// <param name="Run">Run that made it; null where a person did.</param>
/// <param name="Kind">payment, returned, refunded, fee or not_ours.</param>
/// <param name="Taken">Of the entry's own amount.</param>
/// <param name="Difference">none, short, over, or fee with the amount beside it.</param>
public sealed record ListedMatch(string Match, string? Run, string State, string Kind, string Entry, long? Part, string? Remittance, Money Taken, string Difference, Money DifferenceAmount)
{
    public required string MatchedBy { get; init; }

    public required long Score { get; init; }

    public required string AcceptedBy { get; init; }

    public required DateOnly MatchedOn { get; init; }

    public string? UndoneReason { get; init; }
}

/// <summary>Matches that the acting user may see.</summary>
public static class MatchList
{
    /// <summary>Refusals: <c>agreement_unknown</c>.</summary>
    /// <param name="asked">State: live or undone; null: both.</param>
    public static Task<Outcome<IReadOnlyList<ListedMatch>>> Of(Database database, Actor actor, (string? Agreement, string? State) asked, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<ListedMatch>>>(actor, async work =>
    {
        if (asked.Agreement is not null && (await work.Agreements.Find(asked.Agreement)).Refusal is { } unknown) return unknown;
        var rows = await work.Matches.List(asked.Agreement, asked.State is null ? null : asked.State == "live");
        return Outcome<IReadOnlyList<ListedMatch>>.Of([.. rows.Select(Listed)]);
    }, stop);

    private static ListedMatch Listed(StoredMatch row)
    {
        var currency = Currency.Of(row.Currency).Value;
        var (difference, amount) = row switch
        {
            { Kind: "fee" } => ("fee", -row.Taken),
            { Surplus: > 0 } => ("over", row.Surplus),
            { Missing: > 0 } => ("short", row.Missing),
            _ => ("none", 0L),
        };
        return new ListedMatch(
            row.Number, row.RunId is { } run ? Numbers.MatchRun(run) : null, row.Live == 1 ? "live" : "undone", row.Kind, Numbers.BankEntry(row.EntryId), row.TxNo == 0 ? null : row.TxNo, row.Remittance,
            new Money(row.Taken, currency), difference, new Money(amount, currency))
        {
            MatchedBy = row.MatchedBy, Score = row.Score, AcceptedBy = row.AcceptedBy, MatchedOn = row.MatchedOn, UndoneReason = row.UndoneReason,
        };
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A figure that has changed since the tie-out that was kept last.</summary>
/// <param name="Subject">The agreement, a period, or a remittance; empty: what belongs to no period.</param>
public sealed record ChangedFigure(TieOutLevel Level, string Subject, TieOutItem Item, Money Before, Money Now);

/// <summary>Whether schedule, receipts, fund and bank say the same, and what stands between them.</summary>
/// <param name="Unexplained">Of all rows; zero is the proof.</param>
/// <param name="Last">The day of the one that was kept last; null before the first.</param>
/// <param name="Rows">The agreement, its periods, its remittances.</param>
/// <param name="Lines">The rows of the database that break it; empty when nothing does.</param>
public sealed record KnownTieOut(StoredAgreement Agreement, Money Unexplained, DateOnly? Last, IReadOnlyList<TieOutRow> Rows)
{
    public IReadOnlyList<ChangedFigure> Changes { get; init; } = [];

    public IReadOnlyList<Break> Lines { get; init; } = [];
}

/// <summary>
/// Ties an agreement out to the cent: schedule, receipts, fund and bank, per period and remittance, with every open item between
/// them named (truth 6). It is kept once a day; what it cannot explain is a case until it can.
/// </summary>
public sealed class ProveTieOut : IUseCase<TieOut>
{
    /// <summary>Reason of the case of figures that no open item explains.</summary>
    public const string Broken = "tie_out_broken";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    public async Task Run(TieOut said, Turn turn, CancellationToken stop)
    {
        var made = await turn.Read(async work => await Of(work, await work.Agreements.Get(said.Agreement)), stop);
        await turn.Once(async work =>
        {
            var agreement = await work.Agreements.GetToChange(said.Agreement);
            var today = AsOf.DayIn(work.Now, agreement.Agreement);
            if (!await work.TieOuts.HasRunOn(agreement.Id, today)) await Keep(work, made, today);
        }, stop);
    }

    /// <summary>The tie-out as things stand, against the one that was kept last. Refusals: <c>agreement_unknown</c>.</summary>
    public static Task<Outcome<KnownTieOut>> Show(Database database, Actor actor, string number, CancellationToken stop) => database.Read<Outcome<KnownTieOut>>(actor, async work =>
        (await work.Agreements.Find(number)).Ok(out var agreement, out var refusal) ? await Of(work, agreement) : refusal, stop);

    private static async Task Keep(Work work, KnownTieOut made, DateOnly today)
    {
        var agreement = made.Agreement;
        await work.TieOuts.Add(agreement.Id, new StoredTieOut { RunOn = today, RecordedAt = work.Now, Unexplained = made.Unexplained.Minor, Document = JsonSerializer.Serialize(made.Rows, Json) });
        var named = made.Rows.Where(row => row.Unexplained != 0).Select(row => row.Subject == "" ? "no period" : row.Subject).Take(5);
        NewCase[] open = made.Unexplained.IsZero ? [] : [new NewCase(Broken, "tie-out", made.Unexplained.Minor, $"Schedule, receipts, fund and bank differ by what no open item explains: {string.Join(", ", named):places}.")];
        await work.Cases.Keep(agreement.Id, today, new CasesOf(Broken, new CaseEnd("ties_out", $"it ties out again")), open);
        await work.Audit.Record(agreement.Number, "tied-out", agreement.Number, JsonSerializer.Serialize(new { rows = made.Rows.Count, unexplained = made.Unexplained.Minor }));
    }

    private static async Task<KnownTieOut> Of(Work work, StoredAgreement agreement)
    {
        var rows = await work.TieOuts.Of(agreement);
        var last = await work.TieOuts.Last(agreement.Id);
        var unexplained = rows.Sum(row => row.Unexplained);
        return new KnownTieOut(agreement, new Money(unexplained, agreement.Currency), last?.RunOn, rows)
        {
            Changes = last is null ? [] : Changes(agreement.Currency, JsonSerializer.Deserialize<List<TieOutRow>>(last.Document, Json)!, rows),
            Lines = unexplained == 0 ? [] : await work.Proofs.Figures(),
        };
    }

    private static List<ChangedFigure> Changes(Currency currency, List<TieOutRow> before, IReadOnlyList<TieOutRow> now)
    {
        var was = before.ToDictionary(row => (row.Level, row.Subject));
        var gone = before.Where(row => !now.Any(other => (other.Level, other.Subject) == (row.Level, row.Subject))).Select(row => new TieOutRow(row.Level, row.Subject, new Dictionary<TieOutItem, long>()));
        return [.. from row in now.Concat(gone)
                   from change in row.Since(was.GetValueOrDefault((row.Level, row.Subject)))
                   select new ChangedFigure(row.Level, row.Subject, change.Item, new Money(change.Before, currency), new Money(change.Now, currency))];
    }
}

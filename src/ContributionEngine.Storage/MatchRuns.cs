using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A run of the matching with what it went by.</summary>
public sealed record StoredMatchRun
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    /// <summary>completed or undone.</summary>
    public string State { get; init; } = "";

    public string StartedBy { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public string Rules { get; init; } = "";

    public string Inputs { get; init; } = "";

    public string Decisions { get; init; } = "";

    /// <summary>Of rules, inputs and decisions.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Lower-case hex SHA-256 of rules, inputs and decisions.</summary>
    public string Proof() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Rules}\n{Inputs}\n{Decisions}")));
}

/// <summary>Runs of the matching, and what they have made of the money of remittances.</summary>
public sealed class MatchRuns(Work work)
{
    private static readonly Sql AddRun = """
        insert into match_run (id, number, state, started_by, started_at, rules, inputs, decisions, sha256)
        values (@Id, @Number, @State, @StartedBy, @StartedAt, @Rules, @Inputs, @Decisions, @Sha256)
        """;

    private static readonly Sql RunByNumber = "select id, number, state, started_by, started_at, rules, inputs, decisions, sha256 from match_run where number = @number";

    private static readonly Sql UndoneRun = "update match_run set state = 'undone' where id = @id";

    // What the bank shows, state by state; settled is what the state says now, also after an undo.
    private static readonly Sql SaveMoney = new(dialect => $"""
        update remittance set paid = p.amount, money = @money, settled_at = case when @isSettled = 1 then coalesce(remittance.settled_at, @now) else null end
          from {dialect.PairsOf("@pairs")} as p
         where p.id = remittance.id
        """);

    public Task Add(StoredMatchRun run) => work.Do(AddRun, run);

    /// <summary>The run of that number, or a refusal with code <c>match_run_unknown</c>.</summary>
    public async Task<Outcome<StoredMatchRun>> Find(string number) => await work.One<StoredMatchRun>(RunByNumber, new { number }) is { } run ? run
        : Refusal.NotFound("match_run_unknown", $"There is no run «{number}» of the matching.") with { Help = "'bank match list' names the run of each match." };

    public Task Undo(long id) => work.Do(UndoneRun, new { id });

    /// <summary>Saves what the bank shows of several remittances.</summary>
    public async Task Pay(IEnumerable<KeyValuePair<long, RemittanceState>> states)
    {
        foreach (var alike in states.GroupBy(item => (item.Value.Money, item.Value.IsSettled)))
        {
            var pairs = work.Dialect.Pairs(alike.Select(item => KeyValuePair.Create(item.Key, item.Value.PaidSum)));
            await work.Do(SaveMoney, new { pairs, money = Words.Of(alike.Key.Money), isSettled = alike.Key.IsSettled ? 1L : 0L, now = work.Now });
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A case as people see it.</summary>
/// <param name="AgeDays">Since it was opened, as of the day that was asked for; null once it is closed.</param>
/// <param name="Actions">What a person may do with it.</param>
public sealed record KnownCase(string Case, string Reason, string? Agreement, string Subject, Money? Amount, DateOnly OpenedOn, string State, string? Owner, int? AgeDays, IReadOnlyList<string> Actions)
{
    /// <summary>In English.</summary>
    public string Detail => Said.Sentence;

    /// <summary>The detail as it can be said in any language.</summary>
    [JsonIgnore]
    public Remark Said { get; init; } = new("", "");

    public string? Resolution { get; init; }

    /// <summary>The resolution as it can be said in any language; null where a person wrote it.</summary>
    [JsonIgnore]
    public Remark? Ended { get; init; }

    /// <summary>Who resolved it; null when the engine did.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>Who asked for what a second person decides.</summary>
    public string? AskedBy { get; init; }
}

/// <summary>Which cases are wanted.</summary>
/// <param name="State">null and <c>open</c>: all that are not closed.</param>
/// <param name="OlderThan">Days.</param>
public sealed record CaseQuestion(string? Agreement, string? Reason, string? State, int? OlderThan)
{
    public string? AsOf { get; init; }
}

/// <summary>Shows cases and gives them to people.</summary>
public sealed class CaseDesk(Database database)
{
    public Task<Outcome<IReadOnlyList<KnownCase>>> List(Actor actor, CaseQuestion asked, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<KnownCase>>>(actor, async work =>
    {
        if (asked.Agreement is not null && (await work.Agreements.Find(asked.Agreement)).Refusal is { } unknown) return unknown;
        var rows = await work.Cases.List(new CaseFilter(asked.Agreement, asked.Reason, asked.State));
        if (!(await Days(work, rows, asked.AsOf)).Ok(out var days, out var refusal)) return refusal;
        var known = rows.Select(row => Known(row, days[row.Agreement ?? ""])).Where(item => asked.OlderThan is not { } older || item.AgeDays > older);
        return Outcome<IReadOnlyList<KnownCase>>.Of([.. known]);
    }, stop);

    /// <summary>Refusals: <c>case_unknown</c>.</summary>
    public Task<Outcome<KnownCase>> Show(Actor actor, string number, string? asOf, CancellationToken stop) => database.Read(actor, work => Show(work, number, asOf), stop);

    /// <summary>Gives an open case to a user, or to the acting one. Refusals: <c>case_unknown</c>, <c>case_closed</c>, <c>user_unknown</c>.</summary>
    public Task<Outcome<KnownCase>> Assign(Actor actor, (string Case, string? To, string? AsOf) asked, CancellationToken stop) => database.Attempt<KnownCase>(actor, async work =>
    {
        if (!(await Open(work, asked.Case)).Ok(out var found, out var refusal)) return refusal;
        if (asked.To is { } name && (await work.Users.Find(name)).Refusal is { } unknown) return unknown;
        await work.Cases.Assign(found.Id, asked.To ?? work.Actor.Name);
        await work.Audit.Record(found.Agreement ?? Audit.Administration, "case-assigned", found.Number, JsonSerializer.Serialize(new { to = asked.To ?? work.Actor.Name }));
        return await Show(work, asked.Case, asked.AsOf);
    }, stop);

    /// <summary>An open case, its agreement held. Refusals: <c>case_unknown</c>, <c>case_closed</c>.</summary>
    internal static async Task<Outcome<StoredCase>> Open(Work work, string number)
    {
        if (!(await work.Cases.Find(number)).Ok(out var found, out var refusal)) return refusal;
        if (found.AgreementId is { } agreement) await work.Agreements.GetToChange(agreement);
        found = (await work.Cases.Find(number)).Value;
        return found.IsOpen ? found : Refusal.Conflict("case_closed", $"{found.Number} is {found.State}: {found.Resolution}") with { Help = "A closed case stays closed; what comes up again opens another." };
    }

    internal static async Task<Outcome<KnownCase>> Show(Work work, string number, string? asOf)
    {
        if (!(await work.Cases.Find(number)).Ok(out var found, out var refusal)) return refusal;
        if (!(await Days(work, [found], asOf)).Ok(out var days, out refusal)) return refusal;
        return Known(found, days[found.Agreement ?? ""]) with { AskedBy = (await work.Approvals.Of(found.Id))?.AskedBy };
    }

    // The day that it is, in the time zone of each agreement.
    private static async Task<Outcome<Dictionary<string, DateOnly>>> Days(Work work, IReadOnlyList<StoredCase> rows, string? asOf)
    {
        var days = new Dictionary<string, DateOnly>();
        foreach (var number in rows.Select(row => row.Agreement ?? "").Distinct())
        {
            var zone = number.Length == 0 ? TimeZoneInfo.Utc.Id : (await work.Agreements.Find(number)).Value.Agreement.Settlement.TimeZone;
            if (!AsOf.Read(asOf, zone, work.Now, mayBeLater: true).Ok(out var at, out var refusal)) return refusal;
            days[number] = at.Day;
        }

        return days;
    }

    private static KnownCase Known(StoredCase row, DateOnly day)
    {
        int? age = row.IsOpen ? Math.Max(0, day.DayNumber - row.OpenedOn.DayNumber) : null;
        var amount = row is { Amount: { } minor, Currency: { } currency } ? new Money(minor, Currency.Of(currency).Value) : (Money?)null;
        return new KnownCase(row.Number, row.Reason, row.Agreement, row.Subject, amount, row.OpenedOn, row.State, row.Owner, age, row.IsOpen ? CaseActions.Of(row.Reason) : [])
        {
            Said = age is { } days && row.Reason == RowCases.Held ? row.Said.And(HeldFor(days)) : row.Said, Resolution = row.Resolution, Ended = row.Ended, ResolvedBy = row.ResolvedBy,
        };
    }

    private static Remark HeldFor(int days)
    {
        Sentence sentence = $"Held for {days:count} day{(days == 1 ? "" : "s")}.";
        return sentence.As($"case_said.{RowCases.Held}");
    }
}

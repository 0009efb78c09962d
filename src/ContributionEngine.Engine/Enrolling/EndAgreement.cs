using System.Text.Json;
using System.Text.Json.Nodes;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Notice to end an agreement.</summary>
/// <param name="On">The day on which notice is given, as <c>yyyy-MM-dd</c>.</param>
public sealed record EndRequest(string Agreement, string On, string Reason, string? AsOf);

/// <summary>An agreement in notice.</summary>
/// <param name="LastDay">The last day that is billed.</param>
/// <param name="Members">Whose enrolments end on it.</param>
/// <param name="Schedule">What the schedule lost.</param>
public sealed record EndedAgreement(string Agreement, string State, DateOnly LastDay, int Members, GeneratedSchedule Schedule);

/// <summary>
/// Ends an agreement (rule 10): its notice months are billed to the end of the last one, later periods are owed no more, and each
/// member who then has credit gets a case. Arrears stay. The state follows the days and the money: notice, ended, closed.
/// </summary>
public sealed class EndAgreement(Database database)
{
    public async Task<Outcome<EndedAgreement>> Run(Actor actor, EndRequest request, CancellationToken stop)
    {
        if (!AsOf.ReadDay(request.On).Ok(out var on, out var refusal)) return refusal;
        var given = await database.Attempt<(DateOnly Last, int Members)>(actor, async work =>
        {
            if (!(await work.Agreements.FindToChange(request.Agreement)).Ok(out var agreement, out var no)) return no;
            if (agreement.State == "closed") return Refusal.Conflict("agreement_closed", $"{agreement.Number} is closed.");
            if (agreement.Agreement.TermOn(on) is not { } term) return Refusal.Input("outside_the_term", $"{Values.Text(on)} is in no term of {agreement.Number}, which runs until {Values.Text(agreement.Agreement.End)}.") with { Field = "on", Value = request.On, Help = "Name a day inside a term; a term that is over has ended by itself." };
            var last = LastDay(on, term);
            await work.Agreements.GiveNotice(agreement.Id, term with { End = last }, Ending(await work.Agreements.Document(agreement.Id, term), last));
            var members = await work.Members.EndEnrolments(agreement.Id, last);
            await work.Audit.Record(agreement.Number, "agreement-notice", agreement.Number, JsonSerializer.Serialize(new { reason = request.Reason, on, last, members }));
            return (last, members);
        }, stop);
        if (!given.Ok(out var notice, out refusal)) return refusal;

        // Again after an interruption: the same notice changes nothing, and the schedule is brought in line.
        if (!(await new GenerateSchedule(database).Run(actor, new ScheduleRequest(request.Agreement, null, null, request.AsOf), stop)).Ok(out var schedule, out refusal)) return refusal;
        var state = await database.Read(actor, async work => (await work.Agreements.Find(request.Agreement)).Value.State, stop);
        return new EndedAgreement(request.Agreement, state, notice.Last, notice.Members, schedule);
    }

    // The end of the last notice month, or of the term where that is sooner.
    private static DateOnly LastDay(DateOnly on, Term term)
    {
        var last = term.NoticeMonths == 0 ? on : Period.MonthOf(on.AddMonths(term.NoticeMonths)).Last;
        return last < term.End ? last : term.End;
    }

    private static string Ending(string document, DateOnly last)
    {
        var file = JsonNode.Parse(document)!.AsObject();
        file["term"]!["end"] = Values.Text(last);
        return file.ToJsonString();
    }
}

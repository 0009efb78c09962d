using System.Text.Json;
using System.Text.Json.Nodes;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>The next term of an agreement.</summary>
/// <param name="Changes">JSON with what is other than before: <c>parameters</c> and <c>seasons</c>, or the parameters alone; null: nothing.</param>
public sealed record RenewRequest(string Agreement, string Start, string End, string? Changes);

/// <summary>
/// Makes the next term under the same number with newly pinned figures (rule 10). Arrears and credit go on, and nothing is scheduled
/// until the schedule is generated. Without new seasons the windows of the last term are moved to the new one.
/// </summary>
public sealed class RenewAgreement(Database database)
{
    public async Task<Outcome<StoredAgreement>> Run(Actor actor, RenewRequest request, CancellationToken stop)
    {
        if (!AsOf.ReadDay(request.Start).Ok(out var start, out var refusal) || !AsOf.ReadDay(request.End).Ok(out var end, out refusal)) return refusal;
        return await database.Attempt<StoredAgreement>(actor, async work =>
        {
            if (!(await work.Agreements.FindToChange(request.Agreement)).Ok(out var agreement, out var no)) return no;
            if (start <= agreement.Agreement.End) return Refusal.Conflict("terms_overlap", $"{agreement.Number} runs until {Values.Text(agreement.Agreement.End)}; the next term cannot begin on {request.Start}.") with { Help = "Begin it on a later day." };
            var last = agreement.Agreement.Terms[^1];
            if (!Next(await work.Agreements.Document(agreement.Id, last), last, (start, end), request.Changes).Ok(out var document, out no)) return no;
            if (!AgreementFile.Read(document).Ok(out var renewed, out no)) return no;
            if (!(await SchemePacks.Newest(work, renewed.Pack)).Ok(out var pack, out no)) return no;
            if (pack.CheckParameters(renewed.Terms[0].Parameters) is [var fault, ..]) return fault;
            if (pack.CheckTerm(start) is { } unfit) return unfit;
            await work.Agreements.Renew(agreement.Id, renewed.Terms[0], document, await SchemePacks.Pin(work, pack));
            await work.Audit.Record(agreement.Number, "agreement-renewed", agreement.Number, JsonSerializer.Serialize(new { start, end, version = pack.File.Version, parameters = renewed.Terms[0].Parameters }));
            return await work.Agreements.Get(agreement.Id);
        }, stop);
    }

    // The file of the last term with the dates of the next one, and what was asked to be other.
    private static Outcome<string> Next(string document, Term last, (DateOnly Start, DateOnly End) term, string? changes)
    {
        var file = JsonNode.Parse(document)!.AsObject();
        file["term"]!["start"] = Values.Text(term.Start);
        file["term"]!["end"] = Values.Text(term.End);
        if (!Changes(changes).Ok(out var other, out var refusal)) return refusal;
        foreach (var (name, value) in other["parameters"]?.AsObject() ?? []) file["parameters"]![name] = value?.DeepClone();
        if (other.ContainsKey("seasons")) file["seasons"] = other["seasons"]?.DeepClone();
        else if (file["seasons"] is JsonArray seasons) Move(seasons, ((term.Start.Year - last.Start.Year) * 12) + term.Start.Month - last.Start.Month);
        return file.ToJsonString();
    }

    private static Outcome<JsonObject> Changes(string? text)
    {
        if (text is null) return new JsonObject();
        try
        {
            if (JsonNode.Parse(text) is not JsonObject read) return Malformed("it is no JSON object");
            return read.ContainsKey("parameters") || read.ContainsKey("seasons") ? read : new JsonObject { ["parameters"] = read };
        }
        catch (JsonException fault)
        {
            return Malformed(fault.Message);
        }
    }

    private static void Move(JsonArray seasons, int months)
    {
        string Moved(JsonNode? month) => Period.TryParse(month!.GetValue<string>(), out var period) ? Period.MonthOf(period.First.AddMonths(months)).ToString() : month.GetValue<string>();
        foreach (var season in seasons)
        {
            season!["from"] = Moved(season["from"]);
            season["to"] = Moved(season["to"]);
            if (season["also_covers"] is JsonArray covers) season["also_covers"] = new JsonArray([.. covers.Select(month => (JsonNode)Moved(month))]);
        }
    }

    private static Refusal Malformed(string why) => Refusal.Input("parameters_malformed", $"The parameters cannot be read: {why}.") with
    {
        Field = "parameters", Help = "Write an object such as {\"presumptive_income\": \"450000\"}, or {\"parameters\": {...}, \"seasons\": [...]}.",
    };
}

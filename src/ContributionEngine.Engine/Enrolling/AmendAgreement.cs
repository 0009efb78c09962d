using System.Text.Json;
using System.Text.Json.Nodes;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>How an agreement is to be carried out from now on.</summary>
/// <param name="Changes">JSON with whole members <c>channel</c>, <c>settlement</c> and <c>bank</c>, as an agreement file writes them; what is not named stays.</param>
public sealed record AmendRequest(string Agreement, string Changes, string Reason);

/// <summary>
/// Changes how an agreement is carried out: where the fund is, when is cut, which accounts the money moves between. What was agreed
/// (parties, pack, term, parameters, liability) is changed by renewing it only. Both texts stay in the audit.
/// </summary>
public sealed class AmendAgreement(Database database)
{
    private static readonly string[] Members = ["channel", "settlement", "bank"];

    /// <summary>Refusals: <c>agreement_unknown</c>, <c>amendment_malformed</c>, <c>amendment_changes_nothing</c>, and those of an agreement file.</summary>
    public Task<Outcome<StoredAgreement>> Run(Actor actor, AmendRequest request, CancellationToken stop) => database.Attempt<StoredAgreement>(actor, async work =>
    {
        if (!Read(request.Changes).Ok(out var changes, out var refusal)) return refusal;
        if (!(await work.Agreements.FindToChange(request.Agreement)).Ok(out var agreement, out refusal)) return refusal;
        var (term, file, before) = (agreement.Agreement.Terms[^1], JsonNode.Parse(await work.Agreements.Document(agreement.Id, agreement.Agreement.Terms[^1]))!.AsObject(), new JsonObject());
        foreach (var (name, value) in changes)
        {
            if (JsonNode.DeepEquals(file[name], value)) continue;
            before[name] = file[name]?.DeepClone();
            file[name] = value?.DeepClone();
        }

        if (before.Count == 0) return Refusal.Usage("amendment_changes_nothing", $"{agreement.Number} says so already.");
        if (!AgreementFile.Read(file.ToJsonString()).Ok(out var amended, out refusal)) return refusal;
        if (!(await SchemePacks.Of(work, agreement)).Ok(out var pack, out refusal)) return refusal;
        if (ImportAgreement.Unfit(amended, pack) is { } unfit) return unfit;
        await work.Agreements.Rewrite(agreement.Id, term, file.ToJsonString());
        var after = await work.Agreements.Get(agreement.Id);
        await ImportAgreement.Register(work, after);
        await work.Audit.Record(agreement.Number, "agreement-amended", agreement.Number, JsonSerializer.Serialize(new { reason = request.Reason, before, after = changes }));
        return after;
    }, stop);

    private static Outcome<JsonObject> Read(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject read || read.Count == 0) return Malformed("it is no JSON object with members");
            return read.FirstOrDefault(member => !Members.Contains(member.Key)).Key is { } other ? Malformed($"«{other}» is not changed by an amendment") : read;
        }
        catch (JsonException fault)
        {
            return Malformed(fault.Message);
        }
    }

    private static Refusal Malformed(string why) => Refusal.Input("amendment_malformed", $"The amendment cannot be taken: {why}.") with
    {
        Help = "Write an object with channel, settlement or bank, each whole as in docs/agreement.example.json. What was agreed otherwise changes with 'agreement renew'.",
    };
}

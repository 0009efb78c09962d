using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Lets the entries of a held statement be matched, because a person has looked at why it is held.</summary>
internal static class ReleaseStatement
{
    /// <param name="statement">Its number, such as <c>STM-000000001234</c>.</param>
    public static async Task<Refusal?> On(Work work, string statement, string reason)
    {
        if (Numbers.Id("STM", statement) is not { } id || !await work.BankStatements.IsHeld(id)) return Refusal.Conflict("statement_not_held", $"Statement {statement} is not held.") with { Help = "Look at it with 'bank entries'." };
        await work.BankStatements.Become(id, "released");
        await work.Audit.Record(Audit.Administration, "bank-statement-released", statement, JsonSerializer.Serialize(new { reason }));
        await work.Say(null, new MatchBank(work.Actor.Name));
        return null;
    }
}

using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Makes the advice of a remittance: whom it is for, how much of it is each one's, its totals and differences.</summary>
public sealed class AdviseRemittance(Database database)
{
    /// <summary>Refusals: <c>remittance_unknown</c>, <c>advice_too_long</c>.</summary>
    /// <param name="of">Number or reference, the language, and whether it is for paper, which has room for so many lines only.</param>
    public Task<Outcome<RemittanceAdvice>> Run(Actor actor, (string Number, string? Language, bool OnPaper) of, CancellationToken stop) => database.Read<Outcome<RemittanceAdvice>>(actor, async work =>
    {
        if (!(await work.Remittances.Find(of.Number)).Ok(out var remittance, out var refusal)) return refusal;
        if (of.OnPaper && remittance.LineCount > RemittanceAdvice.PaperLinesMax)
        {
            return Refusal.Conflict("advice_too_long", $"{remittance.Number} has {remittance.LineCount} lines, and paper has room for {RemittanceAdvice.PaperLinesMax}.") with { Help = "Ask for it as csv." };
        }

        var agreement = await work.Agreements.Get(remittance.AgreementId);
        return new RemittanceAdvice
        {
            Remittance = remittance.Number, Reference = remittance.Reference, Agreement = agreement.Number, Organisation = agreement.Agreement.Organisation.Name, Fund = agreement.Agreement.Fund.Name,
            Currency = agreement.Currency, Cutoff = AsOf.DayIn(remittance.Cutoff, agreement.Agreement), Total = remittance.Total, Rejected = remittance.Rejected, Paid = remittance.Paid, Language = of.Language,
            Lines = [.. (await work.RemittanceAdvices.Of(remittance.Id)).Select(line => new AdvisedLine(line.LineNo, line.MemberNo, line.NationalId, line.FullName, line.Period, line.Component, line.Class, line.Amount, line.Outcome, line.Code))],
        };
    }, stop);
}

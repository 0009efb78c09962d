using System.CommandLine;
using ContributionEngine.Engine;
using ContributionEngine.Files;

namespace ContributionEngine.Host;

/// <summary><c>remittance slip | advice</c>.</summary>
internal static class RemittancePaperCommands
{
    private static readonly Argument<string> Number = Make.Arg("NO", "Number or reference of the remittance");

    public static Command Slip()
    {
        var format = new Option<string>("--format") { Description = "pdf (the default) | html", DefaultValueFactory = _ => PaymentSlipFile.Formats[0] };
        format.AcceptOnlyFromAmong([.. PaymentSlipFile.Formats]);
        return new Command("slip", "What a bank or an agent needs to pay a remittance: amount, reference, accounts, and a code of the reference") { Number, format, Papers.Language, Papers.Out }.Reads(async (run, stop) =>
        {
            var asked = (run.Line.GetRequiredValue(Number), run.Line.GetValue(Papers.Language));
            if (!(await new SlipRemittance(run.Session.Database).Run(run.Session.Actor, asked, stop)).Ok(out var slip, out var refusal)) return refusal;
            return Papers.Write(run, file => PaymentSlipFile.Write(slip, run.Line.GetRequiredValue(format), file), new { slip.Remittance, slip.Reference, slip.Amount, currency = slip.Amount.Currency.Code, slip.PayBy, file = run.Line.GetRequiredValue(Papers.Out) });
        });
    }

    public static Command Advice()
    {
        var format = Papers.Format("pdf | html | csv", RemittanceAdviceFile.Formats);
        return new Command("advice", "Whom a remittance is for and how much of it is each one's, with totals and what came back") { Number, format, Papers.Language, Papers.Out }.Reads(async (run, stop) =>
        {
            var form = run.Line.GetRequiredValue(format);
            var asked = (run.Line.GetRequiredValue(Number), run.Line.GetValue(Papers.Language), form != "csv");
            if (!(await new AdviseRemittance(run.Session.Database).Run(run.Session.Actor, asked, stop)).Ok(out var advice, out var refusal)) return refusal;
            return Papers.Write(run, file => RemittanceAdviceFile.Write(advice, form, file), new { advice.Remittance, advice.Reference, lines = advice.Lines.Count, format = form, file = run.Line.GetRequiredValue(Papers.Out) });
        });
    }
}

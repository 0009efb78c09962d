using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;

namespace ContributionEngine.Host;

/// <summary><c>statement member | organisation | fund</c>.</summary>
internal static class StatementCommands
{
    private static readonly Option<string> Agreement = Make.Needed("--agreement", "Number of the agreement");

    public static Command Noun() => Make.Noun("statement", "Accounts for people to keep", OfMember(), OfOrganisation(), OfFund());

    private static Command OfMember()
    {
        var number = Make.Arg("NO", "Number of the member");
        var format = Papers.Format("html (for a telephone and for paper) | pdf | csv | json (with proofs that a program can check)", MemberStatementFile.Formats);
        return new Command("member", "What a member owes and has paid, where it went, and proofs of what the fund accepted; the file is hers alone") { number, Agreement, format, Papers.Language, Papers.Out }.Reads(async (run, stop) =>
        {
            var form = run.Line.GetRequiredValue(format);
            var of = (run.Line.GetRequiredValue(number), run.Line.GetRequiredValue(Agreement));
            if (!(await new ProveMember(run.Session.Database).Run(run.Session.Actor, of, Settings.PublicUrl, stop)).Ok(out var statement, out var refusal)) return refusal;
            var spoken = statement with { Language = statement.Language ?? run.Line.GetValue(Papers.Language) };
            return Papers.Write(run, file => file.Write(MemberStatementFile.Write(spoken, form)), new
            {
                statement.MemberNo, statement.Agreement, statement.On, currency = statement.Currency.Code, owed = Major(statement.Total.Owed), paid = Major(statement.Total.Paid),
                remitted = Major(statement.Total.Remitted), accepted = Major(statement.Total.Accepted), proofs = statement.Proven.Count(), format = form, file = run.Line.GetRequiredValue(Papers.Out),
            });

            Money Major(long minor) => new(minor, statement.Currency);
        });
    }

    private static Command OfOrganisation()
    {
        var format = Papers.Format("pdf | html | csv | json", OrganisationStatementFile.Formats);
        return new Command("organisation", "What an organisation's members owe by age and by period, and the money that it has held") { Agreement, format, Papers.Language, Papers.Out }.Reads(async (run, stop) =>
        {
            var of = (run.Line.GetRequiredValue(Agreement), run.Line.GetValue(Papers.Language));
            if (!(await new StateOrganisation(run.Session.Database).Run(run.Session.Actor, of, stop)).Ok(out var statement, out var refusal)) return refusal;
            return Papers.Write(run, file => OrganisationStatementFile.Write(statement, run.Line.GetRequiredValue(format), file), new
            {
                statement.Agreement, statement.On, currency = statement.Currency.Code, owed = Major(statement.Total.Owed), paid = Major(statement.Total.Paid), open = Major(statement.Total.Open), held = Major(statement.Held),
                file = run.Line.GetRequiredValue(Papers.Out),
            });

            Money Major(long minor) => new(minor, statement.Currency);
        });
    }

    private static Command OfFund()
    {
        var code = Make.Arg("CODE", "Code of the fund");
        var format = Papers.Format("pdf | html | csv | json", FundStatementFile.Formats);
        return new Command("fund", "What was sent to a fund and paid, by agreement and by remittance") { code, format, Papers.Language, Papers.Out }.Reads(async (run, stop) =>
        {
            var of = (run.Line.GetRequiredValue(code), run.Line.GetValue(Papers.Language));
            if (!(await new StateFund(run.Session.Database).Run(run.Session.Actor, of, stop)).Ok(out var statement, out var refusal)) return refusal;
            return Papers.Write(run, file => FundStatementFile.Write(statement, run.Line.GetRequiredValue(format), file), new { statement.Code, statement.On, agreements = statement.Agreements.Count, remittances = statement.Remittances.Count, file = run.Line.GetRequiredValue(Papers.Out) });
        });
    }
}

using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;

namespace ContributionEngine.Host;

/// <summary><c>statement member</c>.</summary>
internal static class StatementCommands
{
    private const string Pdf = "pdf";

    public static Command Noun() => Make.Noun("statement", "Accounts for people to keep", OfMember());

    private static Command OfMember()
    {
        var number = Make.Arg("NO", "Number of the member");
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        var format = Make.Needed("--format", "html (for a telephone and for paper) | csv | json (with proofs that a program can check)");
        format.AcceptOnlyFromAmong([.. MemberStatementFile.Formats, Pdf]);
        var path = Make.Needed("--out", "Write to this file");
        return new Command("member", "What a member owes and has paid, where it went, and proofs of what the fund accepted; the file is hers alone") { number, agreement, format, path }.Reads(async (run, stop) =>
        {
            var form = run.Line.GetRequiredValue(format);
            if (form == Pdf) return Refusal.Usage("format_not_there", $"--format: a statement is not written as «{Pdf}».") with { Help = "Use --format html and print it: it is made for A4 paper." };
            var of = (run.Line.GetRequiredValue(number), run.Line.GetRequiredValue(agreement));
            if (!(await new ProveMember(run.Session.Database).Run(run.Session.Actor, of, Settings.PublicUrl, stop)).Ok(out var statement, out var refusal)) return refusal;
            await File.WriteAllBytesAsync(run.Line.GetRequiredValue(path), MemberStatementFile.Write(statement, form), stop);
            return new Reply(new
            {
                statement.MemberNo, statement.Agreement, statement.On, currency = statement.Currency.Code, owed = Major(statement.Total.Owed), paid = Major(statement.Total.Paid),
                remitted = Major(statement.Total.Remitted), accepted = Major(statement.Total.Accepted), proofs = statement.Proven.Count(), format = form, file = run.Line.GetRequiredValue(path),
            });

            Money Major(long minor) => new(minor, statement.Currency);
        });
    }
}

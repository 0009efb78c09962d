using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>bank ask | questions | answer | withdraw-question</c>.</summary>
internal static class BankQuestionCommands
{
    private static readonly Argument<string> Number = Make.Arg("NO", "Number of the question, such as QST-000000001234");

    public static Command Ask()
    {
        var money = Make.Arg("MONEY", "Number of a bank entry, or 'BNK-000000001234 part 2' for a transaction of it");
        var organisation = Make.Needed("--organisation", "Code of the organisation that is asked");
        return new Command("ask", "Ask an organisation whether bank money is theirs; nothing is booked") { money, organisation }.Writes(async (run, stop) =>
            Told(run, await new AskTreasurer(run.Session.Database).Ask(run.Session.Actor, (run.Line.GetRequiredValue(money), run.Line.GetRequiredValue(organisation)), stop)));
    }

    public static Command List() => new Command("questions", "Questions about bank money that is open, oldest first, answered or not").Reads(async (run, stop) =>
    {
        var questions = await new AskTreasurer(run.Session.Database).List(run.Session.Actor, stop);
        return new Reply(run.Printer.IsTable ? questions.Select(Short).ToList() : questions);
    });

    public static Command Answer()
    {
        var remittance = Make.Maybe("--remittance", "It is ours: number or reference of the remittance that it is for");
        var notOurs = Make.Flag("--not-ours", "It is not ours");
        return new Command("answer", "Answer as the organisation that is asked; the fund places the money") { Number, remittance, notOurs }.Writes(Access.Treasurers, async (run, stop) => Told(
            run, await new AskTreasurer(run.Session.Database).Answer(run.Session.Actor, new MoneyAnswer(run.Line.GetRequiredValue(Number), run.Line.GetValue(remittance), run.Line.GetValue(notOurs)), stop)));
    }

    public static Command Withdraw() => new Command("withdraw-question", "Take a question back, answered or not") { Number }.Writes(async (run, stop) =>
        (await new AskTreasurer(run.Session.Database).Withdraw(run.Session.Actor, run.Line.GetRequiredValue(Number), stop)).Ok(out var question, out var refusal) ? new Reply(new { question, state = "withdrawn" }) : refusal);

    private static Outcome<Reply> Told(Run run, Outcome<KnownQuestion> outcome) => outcome.Ok(out var question, out var refusal) ? new Reply(run.Printer.IsTable ? Short(question) : question) : refusal;

    private static object Short(KnownQuestion one) => new { one.Question, one.Money, one.Organisation, one.BookedOn, one.Amount, one.Answer, one.Remittance };
}

using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;

namespace ContributionEngine.Host;

/// <summary><c>ack inspect | import | list</c>.</summary>
internal static class AcknowledgementCommands
{
    private const int WithFindings = 3;

    private static readonly Argument<string> File = Make.Arg("FILE", "Answer of a fund: pain.002, CSV or JSON");

    public static Command Noun() => Make.Noun("ack", "Answers of funds", Inspect(), Import(), List());

    private static Command Inspect()
    {
        var currency = Make.Maybe("--currency", "Currency of the amounts, such as XOF; without it as the file says, else two decimals");
        return new Command("inspect", "Read an answer without storing anything") { File, currency }.Alone(async (line, _, stop) =>
        {
            var terms = line.GetValue(currency) is { } code ? Currency.Of(code) : (Outcome<Currency>?)null;
            if (terms?.Refusal is { } unknown) return unknown with { Kind = RefusalKind.Usage };
            if (!(await Bytes(line.GetRequiredValue(File), stop)).Ok(out var raw, out var refusal)) return refusal;
            if (!AnswerFile.Inspect(raw, terms?.Value).Ok(out var answers, out refusal)) return refusal;
            SayReasons(answers);
            var printed = answers.Select(answer => Printed(answer, AnswerFindings.Of(answer))).ToList();
            return new Reply(printed.Count == 1 ? printed[0] : printed);
        });
    }

    private static Command Import()
    {
        var fund = Make.Maybe("--fund", "Only remittances to the fund of this code");
        return new Command("import", "Take in an answer, for any remittance that you may see") { File, fund }.Writes(async (run, stop) =>
        {
            await run.Session.Drain(stop);
            var path = run.Line.GetRequiredValue(File);
            if (!(await Bytes(path, stop)).Ok(out var raw, out var refusal)) return refusal;
            var file = new RawAnswer(Path.GetFileName(path), raw, ImportAnswer.ByHand) { Fund = run.Line.GetValue(fund) };
            if (!(await new ImportAnswer(run.Session.Database).Run(run.Session.Actor, file, stop)).Ok(out var taken, out refusal)) return refusal;
            await run.Session.Drain(stop);
            SayReasons(taken.Answers);
            foreach (var finding in taken.Findings) Console.Error.WriteLine(finding);
            if (taken.SentBack) Console.Error.WriteLine("Lines came back: their money is in custody, and each has a case.");
            var printed = taken.Answers.Select(answer => Printed(answer, taken.Findings)).ToList();
            return new Reply(printed.Count == 1 ? printed[0] : printed, taken.Findings.Count > 0 || taken.SentBack ? WithFindings : 0);
        });
    }

    private static Command List()
    {
        var agreement = Make.Maybe("--agreement", "Only about remittances of this agreement");
        var remittance = Make.Maybe("--remittance", "Only about this remittance, by number or reference");
        return new Command("list", "What funds have answered, oldest first") { agreement, remittance }.Reads(async (run, stop) =>
            (await new ImportAnswer(run.Session.Database).List(run.Session.Actor, (run.Line.GetValue(agreement), run.Line.GetValue(remittance)), stop)).Ok(out var came, out var refusal) ? new Reply(came) : refusal);
    }

    // The shape has no room for why a whole was refused.
    private static void SayReasons(IEnumerable<ReadAnswer> answers)
    {
        foreach (var group in answers.SelectMany(answer => answer.Batches.Prepend(answer.File)).Where(group => (group.Said.Code + group.Said.Text).Length > 0)) Console.Error.WriteLine($"{group.Reference ?? "the whole"}: {group.Said.Code} {group.Said.Text}".TrimEnd());
    }

    /// <summary>An answer in the shape that other programs hold on to.</summary>
    private static object Printed(ReadAnswer answer, IReadOnlyList<Remark> findings)
    {
        var totals = AnswerTotals.Of(answer);
        return new
        {
            answer.Format,
            answer.Original,
            level_outcomes = new { file = answer.File.Said.Outcome, batches = answer.Batches.Select(batch => batch.Said.Outcome) },
            lines = answer.Lines.Select(line => new { line.Reference, line.Said.Outcome, code = Said(line.Said.Code), text = Said(line.Said.Text), amount = Amount(line.AmountMinor) }),
            totals = new { accepted = Sum(totals.Accepted), rejected = Sum(totals.Rejected), pending = Sum(totals.Pending) },
            findings,
        };

        object Sum(LineSum sum) => new { sum.Lines, amount = Amount(sum.AmountMinor) };
        Money? Amount(long? minor) => minor is { } amount ? new Money(amount, answer.Currency) : null;
    }

    private static string? Said(string words) => words.Length == 0 ? null : words;

    private static async Task<Outcome<byte[]>> Bytes(string path, CancellationToken stop)
    {
        if (Make.Missing(path) is { } missing) return missing;
        if (new FileInfo(path).Length > AnswerLimits.BytesMax) return Refusal.Input("answer_too_large", $"{path} has more than {AnswerLimits.BytesMax} bytes.") with { Help = "Ask the fund for its answer in several files." };
        return await System.IO.File.ReadAllBytesAsync(path, stop);
    }
}

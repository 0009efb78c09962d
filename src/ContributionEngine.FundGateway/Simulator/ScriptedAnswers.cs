using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.FundGateway;

/// <summary>An answer that the fund will give.</summary>
/// <param name="AfterSeconds">After the file.</param>
internal sealed record ScriptedAnswer(int AfterSeconds, string Text);

/// <summary>All that the fund will say about a file: the same file and settings give the same bytes.</summary>
/// <param name="declaration">With those proofs alone that the fund confirms.</param>
internal sealed class ScriptedAnswers(ReadDeclaration declaration, FileScript script, SimulatorSettings settings)
{
    private readonly List<Judgement> judged = [.. declaration.Lines.Select(line => Judgement.Of(line, script, settings, declaration.Header.Currency))];

    /// <summary>In the order of time.</summary>
    /// <param name="declaration">Null: of a form that is not read, so only the whole is answered.</param>
    public static IReadOnlyList<ScriptedAnswer> About(string reference, ReadDeclaration? declaration, SimulatorSettings settings, FileScript script) => declaration is null
        ? [new ScriptedAnswer(script.AnswerAfterSeconds ?? settings.AnswerAfterSeconds, AnswerJson.Write(new FundAnswer($"A-{reference}", reference, new LevelOutcomes("accepted", ["accepted"]), [], null, null)))]
        : new ScriptedAnswers(declaration, script, settings).All();

    private IReadOnlyList<ScriptedAnswer> All()
    {
        var first = script.AnswerAfterSeconds ?? settings.AnswerAfterSeconds;
        List<ScriptedAnswer> answers = script.Parts <= 1
            ? [new ScriptedAnswer(first, Whole())]
            : [.. Parts().Select((part, i) => new ScriptedAnswer(first + (i * script.PartEverySeconds), Written($"-{i + 1}", "pending", part.Select(Said))))];
        if (script.LateReturn is { } late) answers.Add(new ScriptedAnswer(late.AfterSeconds, Returned(late)));
        return [.. answers.OrderBy(answer => answer.AfterSeconds)];
    }

    // As a fund does: the lines that are not accepted are named, the others follow from the word about the file. With lines
    // pending, "partly" would say nothing of those that are not named.
    private string Whole()
    {
        var named = judged.Where(line => line.Outcome != ScriptedOutcome.Accepted).ToList();
        var outcome = named.Count == 0 ? "accepted" : judged.All(line => line.Outcome == ScriptedOutcome.Rejected) ? "rejected" : "partly_accepted";
        return Written("", outcome, (named.Any(line => line.Outcome == ScriptedOutcome.Pending) ? judged : named).Select(Said));
    }

    private string Returned(ReturnScript late) => Written("-R", "partly_accepted", declaration.Lines
        .Where(line => Judgement.Fits(line, late.NationalId, late.Component))
        .Select(line => new LineAnswer(line.Line, "returned", late.Code, late.Text, Major(line.AmountMinor))));

    private string Written(string suffix, string outcome, IEnumerable<LineAnswer> lines)
    {
        var total = declaration.Lines.Sum(line => line.AmountMinor) + script.TotalOff + (settings.AnswerWithOtherTotal ? 1 : 0);
        var reference = declaration.Header.Reference;
        return AnswerJson.Write(new FundAnswer($"A-{reference}{suffix}", reference, new LevelOutcomes(outcome, [outcome]), [.. lines], declaration.Lines.Count + script.LinesOff, Major(total))
        {
            Roots = [.. declaration.Header.Proofs.Select(proof => new RootAnswer(proof.Reference, proof.Root))],
        });
    }

    private LineAnswer Said(Judgement line) => new(line.Line.Line, JsonNamingPolicy.SnakeCaseLower.ConvertName($"{line.Outcome}"), line.Code, line.Text, Major(line.Line.AmountMinor));

    private string Major(long minor) => Money.ToMajor(minor, declaration.Header.Currency.Digits);

    private IEnumerable<Judgement[]> Parts() => judged.Chunk(Math.Max(1, (judged.Count + script.Parts - 1) / script.Parts));
}

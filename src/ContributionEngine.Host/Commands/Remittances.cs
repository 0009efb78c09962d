using System.CommandLine;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary><c>remittance list | show | export | deliver | cancel | supplementary | revised</c>, the papers of one, and what is told of its payments.</summary>
internal static class RemittanceCommands
{
    private static readonly Argument<string> Number = Make.Arg("NO", "Number or reference of the remittance");

    public static Command Noun() => Make.Noun("remittance", "What goes to the fund", List(), Show(), Export(), Deliver(), Cancel(), Supplementary(), Revised(), RemittancePaperCommands.Slip(), RemittancePaperCommands.Advice(),
        ToldPaymentCommands.Tell(), ToldPaymentCommands.Told(), ToldPaymentCommands.TakeBack());

    internal static object Listed(StoredRemittance remittance)
    {
        var currency = Currency.Of(remittance.Currency).Value;
        return new
        {
            remittance = remittance.Number,
            remittance.Kind,
            state = remittance.State.Shown,
            remittance.Delivery,
            remittance.Answer,
            remittance.Money,
            lines = remittance.LineCount,
            total = new Money(remittance.Total, currency),
            rejected = new Money(remittance.Rejected, currency),
            paid = new Money(remittance.Paid, currency),
            currency = remittance.Currency,
            remittance.Reference,
            remittance.Cutoff,
        };
    }

    private static Command List()
    {
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        return new Command("list", "Remittances of an agreement") { agreement }.Reads(async (run, stop) =>
            await run.Session.Database.Read<Outcome<Reply>>(run.Session.Actor, async work =>
            {
                if (!(await work.Agreements.Find(run.Line.GetRequiredValue(agreement))).Ok(out var found, out var refusal)) return refusal;
                return new Reply((await work.Remittances.Of(found.Id)).Select(Listed).ToList());
            }, stop));
    }

    private static Command Show() => new Command("show", "One remittance, the form of its file and what is entered with it; a revised one names the earlier one that it supplements") { Number }.Reads(async (run, stop) =>
    {
        if (!(await Find(run, stop)).Ok(out var found, out var refusal)) return refusal;
        var shown = JsonSerializer.SerializeToNode(Listed(found), Printer.Json)!.AsObject();
        shown["supplements"] = found.Supplemented;
        shown["format"] = found.Format;
        shown["file_name"] = found.FileName;
        shown["period"] = found.Period;
        shown["fund_reference"] = found.FundReference;
        shown["entered_with"] = DeclarationFormats.Find(found.Format)?.EnteredWith(found.Kind, found.Period);
        shown["collection_fee"] = JsonSerializer.SerializeToNode((await new SettleFees(run.Session.Database).Of(run.Session.Actor, found, stop))?.Fee, Printer.Json);
        return new Reply(shown);
    });

    private static Command Export()
    {
        var format = new Option<string?>("--format") { Description = $"The declaration in the form that it was sealed in (the default), or the order that pays it: {string.Join(", ", Pain001.Versions)}" };
        format.AcceptOnlyFromAmong([.. ExportRemittance.Formats]);
        var path = Make.Needed("--out", "Where to write the file");
        return new Command("export", "Write the declaration as it was or will be sent, or the payment order") { Number, format, path }.Reads(async (run, stop) =>
        {
            var file = run.Line.GetRequiredValue(path);
            var asked = (run.Line.GetRequiredValue(Number), run.Line.GetValue(format));
            if (!(await new ExportRemittance(run.Session.Database).Run(run.Session.Actor, asked, () => File.Create(file), stop)).Ok(out var written, out var refusal)) return refusal;
            foreach (var text in written.Transliterated) Console.Error.WriteLine($"note: {text.Field} «{text.From}» is written «{text.To}», because banks take Latin letters without accents and so many of them.");
            return new Reply(new { written.Remittance, file, written.Format, written.Sha256, written.Transliterated });
        });
    }

    private static Command Deliver() => new Command("deliver", "Hand a remittance over now; one that is unknown is only asked about") { Number }.Writes(async (run, stop) =>
    {
        if (!(await new HandOver(run.Session.Database).Now(run.Session.Actor, run.Line.GetRequiredValue(Number), stop)).Ok(out _, out var refusal)) return refusal;
        await run.Session.Drain(stop);
        return (await Find(run, stop)).Ok(out var after, out refusal) ? new Reply(Listed(after)) : refusal;
    });

    private static Command Cancel()
    {
        var reason = Make.Needed("--reason", "Why");
        return new Command("cancel", "Give up a remittance that has not reached the fund; its money is back in custody") { Number, reason }.Writes(async (run, stop) =>
            (await new HandOver(run.Session.Database).Cancel(run.Session.Actor, run.Line.GetRequiredValue(Number), run.Line.GetRequiredValue(reason), stop)).Ok(out var cancelled, out var refusal) ? new Reply(Listed(cancelled)) : refusal);
    }

    private static Command Supplementary() => Again("supplementary", "Send now the lines of a remittance that came back and are in custody", cut => cut.Supplement);

    private static Command Revised() => Again("revised", "Send now the differences to a remittance", cut => cut.Revise);

    private static Command Again(string verb, string description, Func<CutAgain, Func<Actor, string, string?, CancellationToken, Task<Outcome<IReadOnlyList<StoredRemittance>>>>> how) => new Command(verb, description) { Number }.Writes(async (run, stop) =>
    {
        await run.Session.Drain(stop);
        if (!(await how(new CutAgain(run.Session.Database))(run.Session.Actor, run.Line.GetRequiredValue(Number), run.AsOf, stop)).Ok(out var made, out var refusal)) return refusal;
        await run.Session.Drain(stop);
        var after = new List<object>();
        foreach (var one in made) after.Add(Listed((await run.Session.Database.Read(run.Session.Actor, work => work.Remittances.Find(one.Number), stop)).Value));
        return new Reply(after.Count == 1 ? after[0] : after);
    });

    private static Task<Outcome<StoredRemittance>> Find(Run run, CancellationToken stop) =>
        run.Session.Database.Read(run.Session.Actor, work => work.Remittances.Find(run.Line.GetRequiredValue(Number)), stop);
}

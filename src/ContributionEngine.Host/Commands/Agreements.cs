using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary><c>agreement import | list | show | calendar | renew | amend | end</c>.</summary>
internal static class AgreementCommands
{
    public static Command Noun() => Make.Noun("agreement", "Group registration agreements", Import(), List(), Show(), CalendarOf(), Renew(), Amend(), End());

    private static Command Import()
    {
        var file = Make.Arg("FILE", "agreement.json");
        return new Command("import", "Take in an agreement; complete, it is active at once") { file }.Writes(async (run, stop) =>
        {
            var json = await Make.Text(run.Line.GetRequiredValue(file), stop);
            if (!(await new ImportAgreement(run.Session.Database).Run(run.Session.Actor, json, stop)).Ok(out var agreement, out var refusal)) return refusal;
            return new Reply(Shown(agreement));
        });
    }

    private static Command List() => new Command("list", "The agreements that you may see").Reads(async (run, stop) =>
    {
        var found = await run.Session.Database.Read(run.Session.Actor, async work =>
        {
            var agreements = new List<object>();
            foreach (var number in await work.Agreements.All()) agreements.Add(Shown((await work.Agreements.Find(number)).Value));
            return agreements;
        }, stop);
        return new Reply(found);
    });

    private static Command Show()
    {
        var number = Make.Arg("NO", "Number of the agreement");
        return new Command("show", "One agreement with its terms") { number }.Reads(async (run, stop) =>
        {
            var found = await run.Session.Database.Read(run.Session.Actor, work => work.Agreements.Find(run.Line.GetRequiredValue(number)), stop);
            return found.Ok(out var agreement, out var refusal) ? new Reply(Whole(agreement)) : refusal;
        });
    }

    private static Command CalendarOf()
    {
        var number = Make.Arg("NO", "Number of the agreement");
        var from = Make.Maybe("--from", "First day, such as 2021-01-01");
        var to = Make.Maybe("--to", "Last day, inside");
        return new Command("calendar", "The cut-offs of an agreement") { number, from, to }.Reads(async (run, stop) =>
        {
            var days = (run.Line.GetValue(from), run.Line.GetValue(to));
            var cutOffs = await run.Session.Database.Read(run.Session.Actor, work => AgreementCalendar.Of(work, run.Line.GetRequiredValue(number), days), stop);
            return cutOffs.Ok(out var list, out var refusal) ? new Reply(list) : refusal;
        });
    }

    private static Command Renew()
    {
        var number = Make.Arg("NO", "Number of the agreement");
        var start = Make.Needed("--start", "First day of the next term, such as 2022-01-01");
        var end = Make.Needed("--end", "Its last day, inside");
        var parameters = Make.Maybe("--parameters", "JSON file with the parameters that change, or with parameters and seasons");
        return new Command("renew", "Make the next term under the same number, with the figures of today") { number, start, end, parameters }.Writes(async (run, stop) =>
        {
            var changes = run.Line.GetValue(parameters) is { } path ? await Make.Text(path, stop) : null;
            var request = new RenewRequest(run.Line.GetRequiredValue(number), run.Line.GetRequiredValue(start), run.Line.GetRequiredValue(end), changes);
            if (!(await new RenewAgreement(run.Session.Database).Run(run.Session.Actor, request, stop)).Ok(out var renewed, out var refusal)) return refusal;
            Console.Error.WriteLine($"nothing is scheduled for the new term yet: 'schedule generate --agreement {renewed.Number}' does it.");
            return new Reply(Whole(renewed));
        });
    }

    private static Command Amend()
    {
        var number = Make.Arg("NO", "Number of the agreement");
        var changes = Make.Needed("--changes", "JSON file with channel, settlement or bank, each whole as in an agreement file");
        var reason = Make.Needed("--reason", "Why");
        return new Command("amend", "Change where the fund is, when is cut, or which accounts the money moves between") { number, changes, reason }.Writes(async (run, stop) =>
        {
            await run.Session.Drain(stop);
            var request = new AmendRequest(run.Line.GetRequiredValue(number), await Make.Text(run.Line.GetRequiredValue(changes), stop), run.Line.GetRequiredValue(reason));
            return (await new AmendAgreement(run.Session.Database).Run(run.Session.Actor, request, stop)).Ok(out var amended, out var refusal) ? new Reply(Whole(amended)) : refusal;
        });
    }

    private static Command End()
    {
        var number = Make.Arg("NO", "Number of the agreement");
        var day = Make.Needed("--on", "Day on which notice is given; its notice months are still billed");
        var reason = Make.Needed("--reason", "Why");
        return new Command("end", "Give notice: later periods are owed no more, arrears stay") { number, day, reason }.Writes(async (run, stop) =>
        {
            await run.Session.Drain(stop);
            var request = new EndRequest(run.Line.GetRequiredValue(number), run.Line.GetRequiredValue(day), run.Line.GetRequiredValue(reason), run.AsOf);
            return (await new EndAgreement(run.Session.Database).Run(run.Session.Actor, request, stop)).Ok(out var ended, out var refusal) ? new Reply(ended) : refusal;
        });
    }

    private static object Shown(StoredAgreement stored) => new
    {
        agreement = stored.Number,
        organisation = stored.Agreement.Organisation.Name,
        fund = stored.Agreement.Fund.Name,
        stored.Agreement.Pack,
        currency = stored.Currency.Code,
        start = stored.Agreement.Start,
        end = stored.Agreement.End,
        stored.State,
    };

    private static object Whole(StoredAgreement stored) => new
    {
        agreement = stored.Number,
        stored.State,
        brought_to = stored.BroughtTo,
        stored.Agreement.Organisation,
        stored.Agreement.Fund,
        stored.Agreement.Pack,
        currency = stored.Currency.Code,
        stored.Agreement.Liability,
        stored.Agreement.Shortfall,
        stored.Agreement.Clock,
        stored.Agreement.Settlement,
        stored.Agreement.Bank,
        stored.Agreement.Channel,
        terms = stored.Agreement.Terms.Select((term, i) => new
        {
            term.Start,
            term.End,
            pinned_pack_version = stored.PackVersions[i],
            term.NoticeMonths,
            seasons = term.Seasons.Select(season => new { season.Name, season.Zone, from = $"{season.From}", to = $"{season.To}", also_covers = season.AlsoCovers.Select(month => $"{month}") }),
            term.Parameters,
        }),
    };
}

using System.CommandLine;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>upload maps | forget-map</c>: what an organisation has said of its sheets.</summary>
internal static class UploadMapCommands
{
    public static Command List()
    {
        var organisation = Make.Maybe("--organisation", "Code of the organisation");
        var agreement = Make.Maybe("--agreement", "Number of an agreement of the organisation");
        return new Command("maps", "Maps that an organisation has submitted, the newest first; its sheets are read by them") { organisation, agreement }.Reads(async (run, stop) =>
        {
            var maps = await new SavedMaps(run.Session.Database).List(run.Session.Actor, run.Line.GetValue(organisation), run.Line.GetValue(agreement), stop);
            return maps.Ok(out var found, out var refusal) ? new Reply(found.Select(map => Shown(map, run)).ToList()) : refusal;
        });
    }

    public static Command Forget()
    {
        var id = new Argument<long>("ID") { Description = "Number of the map, from 'upload maps'" };
        return new Command("forget-map", "Forget a map, so that it is asked for again") { id }.Writes(Access.Treasurers, async (run, stop) =>
            (await new SavedMaps(run.Session.Database).Forget(run.Session.Actor, run.Line.GetValue(id), stop)).Ok(out var forgotten, out var refusal) ? new Reply(Shown(forgotten, run)) : refusal);
    }

    private static object Shown(SavedMap map, Run run) => new
    {
        map = map.Id, map.Organisation,
        columns = run.Printer.IsTable ? (object)string.Join(", ", map.Map.Columns.Select(column => $"{column.Key} = {column.Value}")) : map.Map.Columns,
        map.Map.Decimal, map.Map.DateOrder, map.Map.Sheet, map.SavedBy, map.SavedAt,
    };
}

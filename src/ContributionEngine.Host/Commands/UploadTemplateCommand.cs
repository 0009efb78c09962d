using System.CommandLine;
using ContributionEngine.Engine;
using ContributionEngine.Files;

namespace ContributionEngine.Host;

/// <summary><c>upload template</c>.</summary>
internal static class UploadTemplateCommand
{
    public static Command Template()
    {
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        var format = new Option<string>("--format") { Description = "xlsx, with lists to choose from, or csv", Required = true };
        format.AcceptOnlyFromAmong("csv", "xlsx");
        var path = Make.Needed("--out", "Where to write the file");
        return new Command("template", "Write a receipts file to fill in, with the members in it") { agreement, format, path, Globals.AsOf }.Reads(async (run, stop) =>
        {
            if (!(await new UploadTemplate(run.Session.Database).Of(run.Session.Actor, run.Line.GetRequiredValue(agreement), run.AsOf, stop)).Ok(out var table, out var refusal)) return refusal;
            await using var target = File.Create(run.Line.GetRequiredValue(path));
            if (run.Line.GetRequiredValue(format) == "xlsx") WorkbookTable.Write(target, table);
            else CsvTable.Write(target, table);
            return new Reply(new { file = run.Line.GetRequiredValue(path), members = table.Rows.Count(), columns = table.Columns.Select(column => column.Header) });
        });
    }
}

using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;

namespace ContributionEngine.Host;

/// <summary><c>bank inspect | import</c>.</summary>
internal static class BankCommands
{
    private const int SomeHeld = 3;

    public static Command Noun() => Make.Noun("bank", "Bank statements", Inspect(), Import());

    private static Command Inspect()
    {
        var files = new Argument<string[]>("FILE") { Description = "Statements (camt.053)", Arity = ArgumentArity.OneOrMore };
        return new Command("inspect", "Read statements without storing them") { files }.Alone(async (line, _, stop) =>
        {
            var read = new List<ReadBankFile>();
            foreach (var path in line.GetRequiredValue(files))
            {
                await using var content = await Spool(path, stop);
                read.Add(ImportStatement.Inspect(Path.GetFileName(path), content));
            }

            return new Reply(Printed(read), read.Any(file => file.Problem is not null) ? (int)RefusalKind.Refused : 0);
        });
    }

    private static Command Import()
    {
        var file = Make.Arg("FILE", "Statement (camt.053)");
        var account = Make.Needed("--account", "Account that the statement must be of, or auto");
        var register = Make.Flag("--register", "Take in statements of an account that no agreement names");
        var format = new Option<string>("--format") { Description = "auto | camt053", DefaultValueFactory = _ => "auto" };
        format.AcceptOnlyFromAmong("auto", "camt053");
        return new Command("import", "Take in a statement and match its entries") { file, account, register, format }.Writes(async (run, stop) =>
        {
            await run.Session.Drain(stop);
            var path = run.Line.GetRequiredValue(file);
            if (!File.Exists(path)) return Refusal.Usage("file_missing", $"There is no file {path}.") with { Help = "Check the name and the folder." };
            await using var content = await Spool(path, stop);
            var request = new StatementRequest(Path.GetFileName(path), content, run.Line.GetRequiredValue(account), run.Line.GetValue(register));
            if (!(await new ImportStatement(run.Session.Database).Run(run.Session.Actor, request, stop)).Ok(out var read, out var refusal)) return refusal;
            await run.Session.Drain(stop);
            foreach (var statement in read.Statements.Where(statement => statement.State != "booked"))
            {
                Console.Error.WriteLine($"statement {statement.Statement}: {(statement.Continuity == "duplicate" ? "it has been imported before; nothing was taken from it" : string.Join("; ", statement.Warnings))}.");
            }

            return new Reply(Printed([read]), read.Statements.Any(statement => statement.State != "booked") ? SomeHeld : 0);
        });
    }

    private static async Task<FileSpool> Spool(string path, CancellationToken stop)
    {
        await using var source = File.OpenRead(path);
        return await FileSpool.Copy(source, SheetLimits.BytesMax, stop);
    }

    private static object Printed(IReadOnlyList<ReadBankFile> read) => new
    {
        files = read.Select(file => new { file.File, file.Format, file.Sha256, file.Statements, problem = file.Problem is { } no ? new { no.Code, no.Detail } : null }),
        gaps = read.Sum(file => file.Statements.Count(statement => statement.Continuity == "gap")),
    };
}

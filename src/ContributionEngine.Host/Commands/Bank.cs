using System.CommandLine;
using System.CommandLine.Parsing;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;

namespace ContributionEngine.Host;

/// <summary><c>bank inspect | import | entries | match | ask | questions | answer | withdraw-question</c>.</summary>
internal static class BankCommands
{
    private const int SomeLeftOut = 3;
    private const string Kinds = "camt.053, camt.054, MT940, M-Pesa or CSV; or zips of such files";

    private static readonly Argument<string[]> Sent = new("FILE") { Description = $"Statements: {Kinds}", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<string?> InCurrency = Make.Maybe("--currency", "Currency of the account, for files that do not name it, such as CRC");

    private static readonly Option<string> Format = Choice("--format", "auto (told by the content) | camt053 | camt054 | mt940 | mpesa | csv", ["auto", "camt053", "camt054", "mt940", "mpesa", "csv"]);

    public static Command Noun() => Make.Noun("bank", "Bank statements", Inspect(), Import(), Entries(), BankMatchCommands.Noun(), BankQuestionCommands.Ask(), BankQuestionCommands.List(), BankQuestionCommands.Answer(), BankQuestionCommands.Withdraw());

    private static Command Inspect() => new Command("inspect", "Read statements without storing them") { Sent, Format, InCurrency }.Alone(async (line, _, stop) =>
    {
        if (Make.Missing(line.GetRequiredValue(Sent)) is { } missing) return missing;
        await using var files = await Spooled.Of(line.GetRequiredValue(Sent), stop);
        var read = ImportStatement.Inspect(files.Sent, new BankTerms("", Asked(line)) { Currency = line.GetValue(InCurrency) });
        Tell(read);
        return new Reply(Printed(read), read.Any(file => file.Problem is not null) ? (int)RefusalKind.Refused : 0);
    });

    private static Command Import()
    {
        var account = Make.Needed("--account", "Account that the statements must be of, or auto");
        var register = Make.Flag("--register", "Take in statements of an account that no agreement names");
        return new Command("import", "Take in statements and match their entries") { Sent, account, register, Format, InCurrency }.Writes(async (run, stop) =>
        {
            if (Make.Missing(run.Line.GetRequiredValue(Sent)) is { } missing) return missing;
            await run.Session.Drain(stop);
            await using var files = await Spooled.Of(run.Line.GetRequiredValue(Sent), stop);
            var request = new StatementRequest(files.Sent, run.Line.GetRequiredValue(account), run.Line.GetValue(register)) { Format = Asked(run.Line), Currency = run.Line.GetValue(InCurrency) };
            var read = await new ImportStatement(run.Session.Database).Run(run.Session.Actor, request, stop);
            if (read.Count == 1 && read[0].Problem is { } refusal) return refusal;
            await run.Session.Drain(stop);
            Tell(read);
            return new Reply(Printed(read), read.All(file => file.Problem is not null) ? (int)RefusalKind.Refused : read.All(IsWhole) ? 0 : SomeLeftOut);
        });
    }

    private static Command Entries()
    {
        var account = Make.Maybe("--account", "Only this account");
        var state = Make.Maybe("--state", "open | matched | not_ours");
        state.AcceptOnlyFromAmong("open", "matched", "not_ours");
        return new Command("entries", "What the bank booked, by account and day, and what of it is matched") { account, state }.Reads(async (run, stop) =>
            (await new ListBankEntries(run.Session.Database).Run(run.Session.Actor, (run.Line.GetValue(account), run.Line.GetValue(state)), stop)).Ok(out var entries, out var refusal)
                ? new Reply(run.Printer.IsTable ? entries.Select(Short).ToList() : entries)
                : refusal);
    }

    private static bool IsWhole(ReadBankFile file) => file.Problem is null && file.Statements.All(statement => statement.State == "booked");

    private static object Short(KnownEntry one) => new { one.Entry, one.Account, one.BookedOn, one.Direction, one.Amount, one.State, one.StatementState, one.Reference, one.Counterparty };

    private static BankFormat? Asked(ParseResult line) => Enum.TryParse<BankFormat>(line.GetValue(Format), ignoreCase: true, out var format) ? format : null;

    private static void Tell(IReadOnlyList<ReadBankFile> read)
    {
        foreach (var file in read.Where(file => file.Problem is not null)) Console.Error.WriteLine($"{file.File}: {file.Problem!.Detail} {file.Problem.Help}");
        foreach (var (file, statement) in read.SelectMany(file => file.Statements.Select(statement => (file, statement))))
        {
            var said = statement.Continuity == "duplicate" ? "it has been imported before; nothing was taken from it" : string.Join("; ", statement.Warnings);
            if (said.Length > 0) Console.Error.WriteLine($"{file.File}, statement {statement.Statement} ({statement.State}): {said}.");
        }
    }

    private static object Printed(IReadOnlyList<ReadBankFile> read) => new
    {
        files = read.Select(file => new { file.File, file.Format, file.Sha256, file.Statements, problem = file.Problem is { } no ? new { no.Code, no.Detail } : null }),
        gaps = read.Sum(file => file.Statements.Count(statement => statement.Continuity == "gap")),
    };

    private static Option<string> Choice(string name, string description, string[] words)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => words[0] };
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    /// <summary>Copies of the files, gone when they are let go of.</summary>
    private sealed class Spooled(IReadOnlyList<SentFile> sent) : IAsyncDisposable
    {
        public IReadOnlyList<SentFile> Sent => sent;

        public static async Task<Spooled> Of(IEnumerable<string> paths, CancellationToken stop)
        {
            var sent = new List<SentFile>();
            foreach (var path in paths)
            {
                await using var source = File.OpenRead(path);
                sent.Add(new SentFile(Path.GetFileName(path), await FileSpool.Copy(source, BankFile.BytesMax, stop)));
            }

            return new Spooled(sent);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var file in sent) await file.Content.DisposeAsync();
        }
    }
}

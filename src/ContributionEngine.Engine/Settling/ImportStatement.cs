using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Bank files to take in.</summary>
/// <param name="Account">The account that they must be of, or <c>auto</c>.</param>
/// <param name="Register">Take in statements of an account that no agreement names, as the fund's.</param>
public sealed record StatementRequest(IReadOnlyList<SentFile> Files, string Account, bool Register)
{
    /// <summary>The format that they must be in; null: told by their content.</summary>
    public BankFormat? Format { get; init; }

    /// <summary>Code of the currency of files that do not name theirs.</summary>
    public string? Currency { get; init; }
}

/// <summary>
/// Takes in bank statements. Each file is a unit of its own: one that is refused stops no other. A booking is taken once; a
/// statement that does not balance is held with a case and never dropped.
/// </summary>
public sealed class ImportStatement(Database database)
{
    private const string Any = "auto";

    /// <summary>Reads without storing.</summary>
    public static IReadOnlyList<ReadBankFile> Inspect(IReadOnlyList<SentFile> files, BankTerms terms)
    {
        using var read = BankFilesRead.Of(files, terms);
        var chain = new ReadChain();
        return [.. read.InOrder.Select(item => item.File.Ok(out var file, out var problem)
            ? new ReadBankFile(item.Part.Name, BankFile.Word(file.Format), item.Part.Sha256, [.. file.Statements.Select(chain.Add)], null)
            : ReadBankFile.Refused(item.Part, problem))];
    }

    /// <summary>Each file with what became of it, in the order of their statements.</summary>
    public async Task<IReadOnlyList<ReadBankFile>> Run(Actor actor, StatementRequest request, CancellationToken stop)
    {
        var named = request.Account == Any ? null : ImportAgreement.Normal(request.Account);
        using var read = BankFilesRead.Of(request.Files, new BankTerms("", request.Format) { Account = named, Currency = request.Currency });
        var taken = new List<ReadBankFile>();
        foreach (var (part, opened) in read.InOrder)
        {
            if (!opened.Ok(out var file, out var problem)) taken.Add(ReadBankFile.Refused(part, problem));
            else taken.Add((await Take(actor, (part, file), request, stop)).Ok(out var done, out problem) ? done : ReadBankFile.Refused(part, problem) with { Format = BankFile.Word(file.Format) });
        }

        return taken;
    }

    private async Task<Outcome<ReadBankFile>> Take(Actor actor, (BankPart Part, BankFile File) sent, StatementRequest request, CancellationToken stop)
    {
        var (part, file) = sent;
        await database.Ids.Ensure(file.Statements.Sum(found => found.Entries + 2) + IdBlocks.UnitIds, stop);
        return await database.Attempt<ReadBankFile>(actor, async work =>
        {
            using var entries = new EntryCursor(file.Entries());
            var taken = new List<ReadStatement>();
            foreach (var (found, i) in file.Statements.Select((found, i) => (found, i)))
            {
                if (!(await Account(work, found, request)).Ok(out var account, out var refusal)) return refusal;
                taken.Add(await new BookStatement(work, account, new IntakeFile(part.Name, part.Sha256, file.Format)).Run(found, entries.Of(i)));
            }

            await work.Audit.Record(Audit.Administration, "bank-file-imported", part.Name, JsonSerializer.Serialize(new { sha256 = part.Sha256, statements = taken.Count }));
            await work.Say(null, new MatchBank(actor.Name));
            return new ReadBankFile(part.Name, BankFile.Word(file.Format), part.Sha256, taken, null);
        }, stop);
    }

    private static async Task<Outcome<StoredAccount>> Account(Work work, BankStatement found, StatementRequest request)
    {
        if (found.Account.Length == 0)
        {
            return Refusal.Input("bank_no_account", $"Statement “{found.Statement}” does not say of which account it is.") with { Help = "Say it with --account A." };
        }

        if (request.Account != Any && ImportAgreement.Normal(request.Account) != found.Account)
        {
            return Refusal.Input("bank_other_account", $"The statement is of account {found.Account}, not of {request.Account}.") with { Help = "Name the account that stands in the file, or use --account auto." };
        }

        if (await work.Bank.Account(found.Account) is { } known) return known;
        if (request.Register) return await work.Bank.Register(found.Account, "fund", work.Actor.OrganisationId);
        return Refusal.NotFound("bank_account_unknown", $"Account {found.Account} is not known: no agreement names it.") with { Help = "Add --register to take in statements of this account." };
    }

    /// <summary>The entries of a file, statement by statement, read once.</summary>
    private sealed class EntryCursor : IDisposable
    {
        private readonly IEnumerator<(int Statement, BankEntry Entry)> entries;
        private bool isOnOne;

        public EntryCursor(IEnumerable<(int Statement, BankEntry Entry)> entries)
        {
            this.entries = entries.GetEnumerator();
            isOnOne = this.entries.MoveNext();
        }

        /// <summary>Those of a statement that is not behind the last one asked for.</summary>
        public IEnumerable<BankEntry> Of(int statement)
        {
            while (isOnOne && entries.Current.Statement < statement) isOnOne = entries.MoveNext();
            for (; isOnOne && entries.Current.Statement == statement; isOnOne = entries.MoveNext()) yield return entries.Current.Entry;
        }

        public void Dispose() => entries.Dispose();
    }
}

using System.Globalization;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A bank file to take in.</summary>
/// <param name="Account">The account that it must be of, or <c>auto</c>.</param>
/// <param name="Register">Take in a statement of an account that no agreement names, as the fund's.</param>
public sealed record StatementRequest(string FileName, FileSpool Content, string Account, bool Register);

/// <summary>What one statement of a file was, and what became of it.</summary>
public sealed record ReadStatement(
    string Account, string Statement, string Currency, string? Opening, string? Closing, int Entries, int Transactions, string Credits, string Debits, bool Balances,
    string Continuity, int Reversals, string State, IReadOnlyList<string> Warnings);

/// <summary>What one file was.</summary>
public sealed record ReadBankFile(string File, string Format, string Sha256, IReadOnlyList<ReadStatement> Statements, Refusal? Problem);

/// <summary>
/// Takes in bank statements. A booking is taken once, by account and the bank's own reference; a statement that does not
/// balance is held with a warning and never dropped.
/// </summary>
public sealed class ImportStatement(Database database)
{
    /// <summary>Reads without storing.</summary>
    public static ReadBankFile Inspect(string name, FileSpool content)
    {
        using var stream = content.Open();
        if (!Camt053.Read(stream).Ok(out var statements, out var problem)) return new ReadBankFile(name, "unknown", content.Sha256, [], problem);
        return new ReadBankFile(name, "camt053", content.Sha256, [.. statements.Select(found => Read(found, "first", "read"))], null);
    }

    public async Task<Outcome<ReadBankFile>> Run(Actor actor, StatementRequest request, CancellationToken stop)
    {
        IReadOnlyList<BankStatement>? statements;
        await using (var stream = request.Content.Open())
        {
            if (!Camt053.Read(stream).Ok(out statements, out var unreadable)) return unreadable;
        }

        await database.Ids.Ensure(statements.Sum(found => found.Entries.Count) + IdBlocks.UnitIds, stop);
        return await database.Attempt<ReadBankFile>(actor, async work =>
        {
            var taken = new List<ReadStatement>();
            foreach (var found in statements)
            {
                if (!(await Account(work, found, request)).Ok(out var account, out var refusal)) return refusal;
                taken.Add(await Take(work, account, found, request));
            }

            await work.Audit.Record(Audit.Administration, "bank-file-imported", request.FileName, JsonSerializer.Serialize(new { sha256 = request.Content.Sha256, statements = taken.Count }));
            await work.Say(null, new MatchBank(actor.Name));
            return new ReadBankFile(request.FileName, "camt053", request.Content.Sha256, taken, null);
        }, stop);
    }

    private static async Task<Outcome<StoredAccount>> Account(Work work, BankStatement found, StatementRequest request)
    {
        if (request.Account != "auto" && ImportAgreement.Normal(request.Account) != found.Account)
        {
            return Refusal.Input("bank_other_account", $"The statement is of account {found.Account}, not of {request.Account}.") with { Help = "Name the account that stands in the file, or use --account auto." };
        }

        if (await work.Bank.Account(found.Account) is { } known) return known;
        if (request.Register) return await work.Bank.Register(found.Account, "fund", work.Actor.OrganisationId);
        return Refusal.NotFound("bank_account_unknown", $"Account {found.Account} is not known: no agreement names it.") with { Help = "Add --register to take in statements of this account." };
    }

    private static async Task<ReadStatement> Take(Work work, StoredAccount account, BankStatement found, StatementRequest request)
    {
        var before = await work.Bank.Closing(account.Id);
        var number = found.Statement.Length > 0 ? found.Statement : request.Content.Sha256[..16];
        if (await work.Bank.HasStatement(account.Id, number)) return Read(found, "duplicate", "refused");
        var continuity = before is null ? "first" : before == found.Opening ? "ok" : "gap";
        var bookings = await Bookings(work, account, found);
        List<string> warnings = [.. found.Warnings];
        if (!found.Balances) warnings.Add("does_not_balance: opening and entries do not give the closing balance; the statement is held");
        if (bookings.Any(item => item.Differs)) warnings.Add("booking_differs: a booking that is known already has another amount here; the statement is held");
        var state = found.Balances && bookings.All(item => !item.Differs) ? "booked" : "held";
        var id = work.NextId();
        await work.Bank.AddStatementRow(new
        {
            Id = id, AccountId = account.Id, Statement = number, Currency = found.Currency.Code, Opening = found.Opening ?? 0, Closing = found.Closing ?? 0,
            request.FileName, request.Content.Sha256, State = state, work.Now,
        });
        await Book(work, account, (found, id), bookings);
        return Read(found with { Warnings = warnings }, continuity, state);
    }

    /// <summary>An entry of a statement, and the booking that is known under its reference, if any.</summary>
    private sealed record Booking(BankEntry Entry, long No, string Key, BookedEntry? Known)
    {
        public bool Differs => Known is not null && (Known.Amount != Entry.AmountMinor || Known.Direction != Word(Entry));

        public static string Word(BankEntry entry) => entry.Direction == Direction.Credit ? "credit" : "debit";
    }

    // The bank's reference names a booking; where a bank gives one to several entries of a statement, the k-th one is told apart by k.
    private static async Task<IReadOnlyList<Booking>> Bookings(Work work, StoredAccount account, BankStatement found)
    {
        var seen = new Dictionary<string, int>();
        var keyed = found.Entries.Select((entry, i) =>
        {
            var reference = entry.ServicerReference ?? $"{found.Statement}#{i + 1}";
            var occurrence = seen[reference] = seen.GetValueOrDefault(reference) + 1;
            return (Entry: entry, No: (long)i + 1, Key: occurrence == 1 ? reference : $"{reference}#{occurrence}");
        }).ToList();
        var known = (await work.Bank.Booked(account.Id, keyed.Select(item => item.Key))).ToDictionary(row => row.ServicerReference);
        return [.. keyed.Select(item => new Booking(item.Entry, item.No, item.Key, known.GetValueOrDefault(item.Key)))];
    }

    private static async Task Book(Work work, StoredAccount account, (BankStatement Found, long Id) statement, IReadOnlyList<Booking> bookings)
    {
        var fresh = bookings.Where(item => item.Known is null).Select(item => (Id: work.NextId(), Booking: item)).ToList();
        await work.Bank.AddEntries(fresh.Select(item => new object?[]
        {
            item.Id, account.Id, statement.Id, item.Booking.No, item.Booking.Key, item.Booking.Entry.AmountMinor, Booking.Word(item.Booking.Entry),
            item.Booking.Entry.BookedOn ?? statement.Found.Date ?? DateOnly.FromDateTime(work.Now.UtcDateTime), item.Booking.Entry.IsReversal ? 1L : 0L, ReferenceIn(item.Booking.Entry), item.Booking.Entry.Text, "open",
        }));
        await work.Bank.List(statement.Id, [.. fresh.Select(item => item.Id), .. bookings.Where(item => item.Known is not null).Select(item => item.Known!.Id)]);
    }

    // An entry is matched by a reference that it carries whole, blanks aside; several different ones are for a person.
    private static string? ReferenceIn(BankEntry entry)
    {
        var found = entry.References.Select(text => text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()).Where(CreditorReference.IsValid).Distinct().ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private static ReadStatement Read(BankStatement found, string continuity, string state)
    {
        string Major(long minor) => Money.ToMajor(minor, found.Currency.Digits);
        return new ReadStatement(
            found.Account, found.Statement, found.Currency.Code, found.Opening is { } opening ? Major(opening) : null, found.Closing is { } closing ? Major(closing) : null,
            found.Entries.Count, found.Entries.Sum(entry => Math.Max(entry.Transactions.Count, 0)), Major(found.Credits), Major(found.Debits), found.Balances,
            continuity, found.Entries.Count(entry => entry.IsReversal), state, found.Warnings);
    }
}

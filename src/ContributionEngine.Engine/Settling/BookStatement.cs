using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A file that is being taken in.</summary>
internal sealed record IntakeFile(string FileName, string Sha256, BankFormat Format);

/// <summary>
/// Takes one statement in. Its entries pass by in chunks, so that a long one takes no more memory than a short one; they are
/// matched only once the whole statement stands.
/// </summary>
internal sealed class BookStatement(Work work, StoredAccount account, IntakeFile file)
{
    /// <summary>Reason of the case of a statement that a person must look at before its entries are matched.</summary>
    public const string HeldBack = "statement_held";

    /// <summary>Entries that are compared with what is known, and stored, at a time.</summary>
    private const int ChunkEntries = 1_000;

    private const string Booked = "booked";
    private const string Held = "held";

    private readonly long id = work.NextId();
    private bool differs;
    private bool listsKnown;

    public async Task<ReadStatement> Run(BankStatement found, IEnumerable<BankEntry> entries)
    {
        if (await work.BankStatements.Has(account.Id, found.Fingerprint)) return ReadStatement.Of(found, StatementChain.Duplicate, "refused");
        var to = found.To ?? DateOnly.FromDateTime(work.Now.UtcDateTime);
        var among = (Before: await work.BankStatements.Before(account.Id, to), After: await work.BankStatements.After(account.Id, to));
        if (found.IsReport) return ReadStatement.Of(found, StatementChain.Of(found, among, listsKnown: false), ReadStatement.OnlyRead);
        await work.BankStatements.Add(Row(found, to));
        var isChained = StatementChain.IsChained(found, among.Before);
        foreach (var chunk in entries.Select((entry, i) => (No: i + 1L, Entry: entry)).Where(item => item.Entry.AmountMinor > 0).Chunk(ChunkEntries)) await Take(chunk, isChained, to);
        var continuity = StatementChain.Of(found, among, listsKnown);
        var warned = found with { Warnings = [.. found.Warnings, .. Doubts(isChained), .. StatementChain.Missing(found, among.Before, continuity) is { } gap ? new[] { gap } : []] };
        var isHeld = found.IsDoubtful || differs || (listsKnown && isChained);
        if (isHeld) await Hold(warned);
        return ReadStatement.Of(warned, continuity, isHeld ? Held : Booked);
    }

    private NewStatement Row(BankStatement found, DateOnly to) => new()
    {
        Id = id, AccountId = account.Id, Statement = Cut(found.Statement, 100) ?? "", Kind = found.IsNotification ? "notification" : "statement", Format = BankFile.Word(file.Format), Currency = found.Currency.Code,
        Opening = found.Opening, Closing = found.Closing, FromOn = found.From ?? to, ToOn = to, Fingerprint = found.Fingerprint, FileName = Cut(file.FileName, 400)!, Sha256 = file.Sha256,
        State = found.IsDoubtful ? Held : Booked,
    };

    private async Task Take(IReadOnlyList<(long No, BankEntry Entry)> chunk, bool isChained, DateOnly day)
    {
        var known = await work.BankEntries.Known(account.Id, id, chunk.Select(item => Bookings.ReferenceOf(item.Entry)).Distinct());
        var bookings = Bookings.Of(chunk, known, isChained);
        differs |= bookings.Any(item => item.Differs);
        listsKnown |= bookings.Any(item => item.Known?.Statements > 0);
        var fresh = bookings.Where(item => item.Known is null).Select(item => (Id: work.NextId(), Booking: item)).ToList();
        await work.BankEntries.Add(fresh.Select(item => Row(item.Id, item.Booking, day)));
        await work.BankEntries.AddTransactions(fresh.SelectMany(item => Parts(item.Id, item.Booking.Entry)));
        await work.BankEntries.List(id, [.. fresh.Select(item => item.Id), .. bookings.Where(item => item.Known is not null).Select(item => item.Known!.Id)]);
    }

    private NewEntry Row(long entryId, Booking booking, DateOnly day)
    {
        var entry = booking.Entry;
        return new NewEntry(entryId, account.Id, id, booking.No)
        {
            ServicerReference = booking.Reference, Occurrence = booking.Occurrence, Amount = entry.AmountMinor, Direction = Bookings.Word(entry), BookedOn = entry.BookedOn ?? day, ValueOn = entry.ValueOn, IsReversal = entry.IsReversal,
            Reference = Bookings.RemittanceIn(entry), Counterparty = Cut(entry.Counterparty.Name, 400), CounterpartyAccount = Cut(entry.Counterparty.Account, 100), RemittanceInfo = Lines(entry.References), Text = entry.Text,
        };
    }

    private static IEnumerable<NewTransaction> Parts(long entryId, BankEntry entry) => entry.Transactions
        .Select((part, i) => (Part: part, No: i + 1L, Amount: part.Signed ?? (entry.Transactions.Count == 1 ? entry.Signed : null)))
        .Where(item => item.Amount is not null)
        .Select(item => new NewTransaction(entryId, item.No, item.Amount!.Value, Cut(item.Part.Reference, 400), Cut(item.Part.Counterparty.Name, 400), Lines(item.Part.References)));

    private async Task Hold(BankStatement found)
    {
        await work.BankStatements.Become(id, Held);
        await work.Cases.Open(null, DateOnly.FromDateTime(work.Now.UtcDateTime), [new NewCase(HeldBack, Numbers.Statement(id), null, $"Statement {found.Statement:statement} of account {found.Account:account} is held: {(string.Join("; ", found.Warnings), found.Warnings)}.")]);
    }

    private IEnumerable<Remark> Doubts(bool isChained)
    {
        if (differs) yield return new Remark("booking_differs", "a booking that is known under its reference has another amount here");
        if (listsKnown && isChained) yield return new Remark("listed_before", "it lists a booking that an earlier statement lists, although its balances go on from there");
    }

    private static string? Lines(IReadOnlyList<string> texts) => texts.Count == 0 ? null : string.Join('\n', texts.Select(text => text.ReplaceLineEndings(" ")));

    private static string? Cut(string? text, int max) => text?.Length > max ? text[..max] : text;
}

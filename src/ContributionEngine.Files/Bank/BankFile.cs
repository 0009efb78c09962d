using System.Security.Cryptography;
using System.Text;
using System.Xml;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What is known of a bank file beside its bytes.</summary>
/// <param name="FileName">As its sender named it; never used as a path.</param>
/// <param name="Format">The one that it must be in; null: told by its content.</param>
public sealed record BankTerms(string FileName, BankFormat? Format = null)
{
    /// <summary>The account, for files that do not name theirs.</summary>
    public string? Account { get; init; }

    /// <summary>Code of the currency, for files that do not name theirs.</summary>
    public string? Currency { get; init; }
}

/// <summary>
/// A bank file, told by its content: camt.052, .053 or .054, MT940, an M-Pesa organisation's statement, or CSV. It is read
/// twice, entry by entry, so that a file of any length takes no more memory than a short one: once to know what it is, what its
/// statements come to and whether all of it can be read, and once more for its entries.
/// </summary>
public sealed class BankFile
{
    /// <summary>Bytes of a file, also of one that comes out of a zip.</summary>
    public const long BytesMax = 512L << 20;

    private readonly Func<IEnumerable<BankRecord>> records;

    private BankFile(Func<IEnumerable<BankRecord>> records, IReadOnlyList<BankStatement> statements, BankFormat format) => (this.records, Statements, Format) = (records, statements, format);

    public BankFormat Format { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<BankStatement> Statements { get; }

    /// <summary>
    /// Reads a file through. Refusals: <c>bank_empty</c>, <c>bank_too_large</c>, <c>bank_xml_unsafe</c>, <c>bank_unreadable</c>, <c>bank_not_a_statement</c>,
    /// <c>bank_no_statement</c>, <c>bank_other_namespace</c>, <c>bank_other_format</c>, <c>bank_no_account</c>, <c>bank_no_currency</c>, <c>bank_interim</c>, <c>bank_figure</c>.
    /// </summary>
    public static Outcome<BankFile> Read(Func<Stream> open, BankTerms terms)
    {
        try
        {
            var records = Reader(open, terms);
            var (format, statements) = Fold(records());
            if (terms.Format is { } asked && asked != format) return BankProblem.OtherFormat(Word(asked), Word(format));
            return new BankFile(records, statements, format);
        }
        catch (BankRefusedException refused)
        {
            return refused.Refusal;
        }
        catch (SheetRefusedException refused)
        {
            return BankProblem.Of(refused.Refusal);
        }
        catch (OverflowException)
        {
            return BankProblem.Sums();
        }
        catch (XmlException fault)
        {
            return fault.Message.Contains("DTD", StringComparison.Ordinal) ? BankProblem.Unsafe() : BankProblem.Unreadable($"it is no well-formed XML in line {fault.LineNumber}, position {fault.LinePosition}");
        }
    }

    /// <summary>The entries of all statements, each with the place of its statement in <see cref="Statements"/>.</summary>
    public IEnumerable<(int Statement, BankEntry Entry)> Entries()
    {
        var statement = -1;
        foreach (var record in records())
        {
            if (record is StatementBegun) statement++;
            else if (record is EntryRead { Entry: var entry }) yield return (statement, Statements[statement].AreReversalsTurned && entry.IsReversal ? entry.Turned() : entry);
        }
    }

    /// <summary>The word of a format, as it is written in answers.</summary>
    public static string Word(BankFormat format) => format.ToString().ToLowerInvariant();

    private static (BankFormat Format, IReadOnlyList<BankStatement> Statements) Fold(IEnumerable<BankRecord> records)
    {
        var statements = new List<BankStatement>();
        BankFormat format = default;
        StatementSums? sums = null;
        foreach (var record in records)
        {
            if (record is StatementBegun begun) (sums, format) = (new StatementSums(begun), begun.Format);
            else if (record is EntryRead read) sums!.Add(read.Entry);
            else if (record is StatementEnded ended) statements.Add(sums!.End(ended));
        }

        return (format, statements);
    }

    private static Func<IEnumerable<BankRecord>> Reader(Func<Stream> open, BankTerms terms)
    {
        var head = new byte[TextEncoding.HeadBytes];
        using (var stream = open())
        {
            if (stream.Length > BytesMax) throw BankProblem.TooLarge(BytesMax).Thrown();
            head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }

        if (head.Length == 0) throw BankProblem.Empty().Thrown();
        var text = head.AsSpan().StartsWith("PK"u8) ? "" : TextEncoding.Of(head, open).GetString(head).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        if (text.StartsWith('<')) return new Camt(open, terms.Currency).Records;
        return Mt940.Looks(text) ? new Mt940(open).Records : new BankSheet(open, terms).Records;
    }
}

/// <summary>What the entries of a statement come to, while they pass by.</summary>
internal sealed class StatementSums(StatementBegun begun)
{
    private readonly IncrementalHash content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private (Int128 Credits, Int128 Debits, Int128 CreditsReversed, Int128 DebitsReversed) sums;
    private (int Entries, int Transactions, int Reversals) counts;
    private (DateOnly? First, DateOnly? Last) booked;

    public void Add(BankEntry entry)
    {
        counts = (counts.Entries + 1, counts.Transactions + Math.Max(entry.Transactions.Count, begun.Format >= BankFormat.Mt940 ? 1 : 0), counts.Reversals + (entry.IsReversal ? 1 : 0));
        if (entry.Direction == Direction.Credit) sums.Credits += entry.AmountMinor;
        else sums.Debits += entry.AmountMinor;
        if (entry is { IsReversal: true, Direction: Direction.Credit }) sums.CreditsReversed += entry.AmountMinor;
        else if (entry.IsReversal) sums.DebitsReversed += entry.AmountMinor;
        if (entry.BookedOn is { } day) booked = (booked.First < day ? booked.First : day, booked.Last > day ? booked.Last : day);
        content.AppendData(Encoding.ASCII.GetBytes(entry.Content()));
    }

    public BankStatement End(StatementEnded ended)
    {
        var account = begun.Account.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        var (opening, closing) = (ended.Balances.Opening, ended.Balances.Closing);
        var areTurned = Turn(opening, closing, ended.Warnings);
        var (from, to) = (opening is null ? null : ended.Balances.From, closing is null ? null : ended.Balances.To);
        content.AppendData(Encoding.UTF8.GetBytes($"{begun.Format} {account} {begun.Currency.Code} {opening} {closing} {from:O} {to:O}"));
        var statement = new BankStatement
        {
            Account = account, Statement = ended.Statement, Currency = begun.Currency, Opening = opening, Closing = closing,
            From = ended.Balances.From ?? booked.First, To = ended.Balances.To ?? booked.Last,
            Entries = counts.Entries, Transactions = counts.Transactions, Reversals = counts.Reversals,
            Credits = Fits(sums.Credits), Debits = Fits(sums.Debits), AreReversalsTurned = areTurned,
            IsReport = begun.Format == BankFormat.Camt052, IsNotification = begun.Format == BankFormat.Camt054 || (begun.Format == BankFormat.Csv && opening is null),
            Fingerprint = Convert.ToHexStringLower(content.GetHashAndReset()), IsDoubtful = ended.Warnings.IsDoubtful, Warnings = ended.Warnings.All,
        };
        if (statement.Balances) return statement;
        var (kind, why) = (opening, closing) switch { (null, null) => ("no_balances", "it gives no balances"), (null, _) => ("no_opening", "it gives no opening balance"), (_, null) => ("no_closing", "it gives no closing balance"), _ => ((string?)null, "opening and entries do not give the closing balance") };
        return statement with { IsDoubtful = true, Warnings = [.. statement.Warnings, new Remark("does_not_balance", why, Particulars.Of(kind))] };
    }

    // ISO 20022 gives a reversal the direction of its own booking; a few banks give it the one of what it reverses. The balances tell which.
    private bool Turn(long? opening, long? closing, WarningList warnings)
    {
        var moved = (Int128?)closing - opening;
        if (moved is null || moved == sums.Credits - sums.Debits || counts.Reversals == 0) return false;
        var turned = (Credits: sums.Credits - sums.CreditsReversed + sums.DebitsReversed, Debits: sums.Debits - sums.DebitsReversed + sums.CreditsReversed);
        if (moved != turned.Credits - turned.Debits) return false;
        (sums.Credits, sums.Debits) = turned;
        warnings.Add("reversals_turned", "the bank marks reversals with the direction of what they reverse, as its balances show; they were turned");
        return true;
    }

    private static long Fits(Int128 sum) => sum <= long.MaxValue ? (long)sum : throw BankProblem.Sums().Thrown();
}

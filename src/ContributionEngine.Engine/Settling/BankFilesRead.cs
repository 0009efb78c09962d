using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.Engine;

/// <summary>A file of the bank, or a zip of such files.</summary>
public sealed record SentFile(string FileName, FileSpool Content);

/// <summary>What one statement of a file was, and what became of it.</summary>
public sealed record ReadStatement(
    string Account, string Statement, string Currency, string? Opening, string? Closing, int Entries, int Transactions, string Credits, string Debits, bool Balances,
    string Continuity, int Reversals, string State, IReadOnlyList<Remark> Warnings)
{
    /// <summary>What was only read.</summary>
    public const string OnlyRead = "read";

    public static ReadStatement Of(BankStatement found, string continuity, string state)
    {
        string Major(long minor) => Money.ToMajor(minor, found.Currency.Digits);
        return new ReadStatement(
            found.Account, found.Statement, found.Currency.Code, found.Opening is { } opening ? Major(opening) : null, found.Closing is { } closing ? Major(closing) : null,
            found.Entries, found.Transactions, Major(found.Credits), Major(found.Debits), found.Balances, continuity, found.Reversals, state, found.Warnings);
    }
}

/// <summary>What one file was.</summary>
public sealed record ReadBankFile(string File, string Format, string Sha256, IReadOnlyList<ReadStatement> Statements, Refusal? Problem)
{
    public static ReadBankFile Refused(BankPart part, Refusal problem) => new(part.Name, "unknown", part.Sha256, [], problem);
}

/// <summary>Files of the bank, each read through, in the order of their statements: that is the order in which their balances follow each other.</summary>
internal sealed class BankFilesRead : IDisposable
{
    private readonly List<BankParts> held = [];

    private BankFilesRead()
    {
    }

    public IReadOnlyList<(BankPart Part, Outcome<BankFile> File)> InOrder { get; private set; } = [];

    /// <param name="terms">What holds for all of them; the name is each file's own.</param>
    public static BankFilesRead Of(IEnumerable<SentFile> sent, BankTerms terms)
    {
        var all = new BankFilesRead();
        foreach (var file in sent) all.held.Add(BankParts.Of(file.Content.Open, file.FileName, file.Content.Sha256));
        var read = all.held.SelectMany(parts => parts.Parts).Select(part => (Part: part, File: Read(part, terms))).ToList();
        all.InOrder = [.. read.OrderBy(item => item.File.Ok(out var file, out _) ? file.Statements[0].To : DateOnly.MaxValue)
            .ThenBy(item => item.File.Ok(out var file, out _) ? file.Statements[0].From : DateOnly.MaxValue)
            .ThenBy(item => item.File.Ok(out var file, out _) ? file.Statements[0].Statement : "", StringComparer.Ordinal)];
        return all;
    }

    public void Dispose() => held.ForEach(parts => parts.Dispose());

    private static Outcome<BankFile> Read(BankPart part, BankTerms terms) => part.Open.Ok(out var open, out var broken) ? BankFile.Read(open, terms with { FileName = part.Name }) : broken;
}

using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What a settlement run took, from which files, what it made of it, and what is still to be answered. Amounts in minor units.</summary>
public sealed record SettlementReport
{
    public required string Run { get; init; }

    public required string State { get; init; }

    public required string Agreement { get; init; }

    public required string Organisation { get; init; }

    public required string Fund { get; init; }

    public required Currency Currency { get; init; }

    public required DateTimeOffset Cutoff { get; init; }

    /// <summary>The day of the cut-off in the agreement's time zone.</summary>
    public required DateOnly CutoffOn { get; init; }

    /// <summary>What was left to the next cut-off because it was too little to send.</summary>
    public required long CarriedForward { get; init; }

    /// <summary>Counted from the lines.</summary>
    public required long Lines { get; init; }

    public required long Members { get; init; }

    public required long LinesAmount { get; init; }

    /// <summary>The files that its money came in, and the rules that it was reckoned by; by kind and number.</summary>
    public required IReadOnlyList<SettlementInput> Inputs { get; init; }

    public required IReadOnlyList<SettledRemittance> Remittances { get; init; }

    public required IReadOnlyList<SettlementCase> Cases { get; init; }

    /// <summary>The language of whoever asks, such as <c>es</c>; null: English.</summary>
    public string? Language { get; init; }

    public long Receipts => Inputs.Sum(input => input.Receipts);

    /// <summary>What receipts gave to its lines.</summary>
    public long Allocated => Inputs.Sum(input => input.Amount);

    public long Total => Remittances.Sum(one => one.Total);

    public long Cancelled => Remittances.Sum(one => one.IsCancelled ? one.Total : 0);

    public long Accepted => Remittances.Sum(one => one.Accepted);

    public long Rejected => Remittances.Sum(one => one.IsCancelled ? 0 : one.Rejected);

    public long Paid => Remittances.Sum(one => one.Paid);

    /// <summary>Payable and not paid yet; below zero when more was paid.</summary>
    public long Open => Total - Cancelled - Rejected - Paid;

    /// <summary>Zero: what receipts gave, the lines and the sealed totals are the same.</summary>
    public long Difference => Math.Max(Math.Abs(Allocated - Total), Math.Abs(LinesAmount - Total));

    /// <summary>SHA-256 over one line <c>KIND NUMBER SHA256</c> for each input, in their order, each ended by a line feed; lower-case hex.</summary>
    public string InputsSha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Inputs.Select(input => $"{input.Kind} {input.Number} {input.Sha256}\n")))));
}

/// <summary>A file that a run has worked with.</summary>
/// <param name="Kind">upload, or pack.</param>
/// <param name="Number">Of the upload; of a pack its name and version.</param>
/// <param name="Receipts">Receipts of it that the run took something of.</param>
/// <param name="Amount">What it took of them.</param>
public sealed record SettlementInput(string Kind, string Number, string FileName, string Sha256, long Receipts, long Amount);

/// <summary>A remittance of a run.</summary>
/// <param name="State">As screens and commands show it.</param>
/// <param name="Sha256">Of the declaration that was sealed.</param>
public sealed record SettledRemittance(string Number, string Reference, string Kind, string State, string FileName, string Sha256)
{
    public required long Lines { get; init; }

    public required long Total { get; init; }

    public required long Accepted { get; init; }

    public required long Rejected { get; init; }

    public required long Paid { get; init; }

    public required bool IsCancelled { get; init; }
}

/// <summary>What a person has decided, or has to.</summary>
/// <param name="Amount">Null where no money hangs on it.</param>
public sealed record SettlementCase(string Number, string Reason, string Subject, long? Amount, DateOnly OpenedOn, string State);

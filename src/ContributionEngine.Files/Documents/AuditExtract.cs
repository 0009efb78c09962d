using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ContributionEngine.Files;

/// <summary>An event of the audit as an auditor gets it: every field that its hash covers, in the very words that it covers.</summary>
/// <param name="Chain">Number of the agreement, or <c>administration</c>.</param>
/// <param name="At">Instant in UTC with six decimals of a second.</param>
/// <param name="Document">JSON, as text.</param>
/// <param name="PreviousHash">Of the event before it in the chain; empty for the first.</param>
/// <param name="Hash">SHA-256, lower-case hex: docs/documents.md says over what.</param>
public sealed record ExtractedEvent(string Chain, long Seq, string At, string Actor, string UseCase, string Subject, string Document, string PreviousHash, string Hash);

/// <summary>What an extract holds of one chain, and whether the whole of that chain is as it was recorded.</summary>
public sealed record ExtractedChain(string Chain)
{
    public long Events { get; init; }

    public ExtractedEvent? First { get; init; }

    public ExtractedEvent? Last { get; init; }

    /// <summary>Numbers of events, also outside the range, that are not as they were recorded or do not follow the one before.</summary>
    public IReadOnlyList<long> Broken { get; init; } = [];
}

/// <summary>What an extract is of, and what was found when its chains were recomputed from their first event to their last.</summary>
public sealed record AuditCover
{
    /// <summary>Null: every chain that the user may see.</summary>
    public string? Chain { get; init; }

    /// <summary>First day, UTC; null: from the beginning.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, inside; null: to the end.</summary>
    public DateOnly? To { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required string MadeBy { get; init; }

    /// <summary>Those that have an event in the range, or a broken one anywhere; by their names.</summary>
    public required IReadOnlyList<ExtractedChain> Chains { get; init; }

    /// <summary>Of the extract of the same range as JSON lines; lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The language of whoever asks, such as <c>es</c>; null: English.</summary>
    public string? Language { get; init; }

    public long Events => Chains.Sum(chain => chain.Events);

    public bool IsWhole => Chains.All(chain => chain.Broken.Count == 0);
}

/// <summary>Writes events one to a line.</summary>
public static class AuditExtractFile
{
    /// <summary>With the cover in three forms behind them.</summary>
    public static readonly IReadOnlyList<string> Formats = ["jsonl", "csv", .. AuditCoverFile.Formats];

    public const string CsvHead = "chain,seq,at,actor,use_case,subject,document,previous_hash,hash\n";

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A line of JSON with its line feed, in UTF-8.</summary>
    public static byte[] Json(ExtractedEvent one) => [.. JsonSerializer.SerializeToUtf8Bytes(one, Options), (byte)'\n'];

    public static byte[] Csv(ExtractedEvent one) =>
        Encoding.UTF8.GetBytes($"{string.Join(',', new[] { one.Chain, $"{one.Seq}", one.At, one.Actor, one.UseCase, one.Subject, one.Document, one.PreviousHash, one.Hash }.Select(CsvCells.Text))}\n");
}

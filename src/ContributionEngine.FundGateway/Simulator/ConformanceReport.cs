using System.Text.Encodings.Web;
using System.Text.Json;

namespace ContributionEngine.FundGateway;

/// <summary>What a sender did.</summary>
internal enum SenderAct
{
    /// <summary>Handed over a file.</summary>
    Sent,

    /// <summary>Asked what became of a reference.</summary>
    Asked,

    /// <summary>Fetched answers.</summary>
    Fetched,
}

/// <summary>One thing that a sender did, and what it was told.</summary>
/// <param name="ClosedUntil">When it was told that the fund is closed: until then.</param>
internal sealed record SenderNote(DateTimeOffset At, SenderAct Act, string Reference, string Outcome, DateTimeOffset? ClosedUntil = null);

/// <summary>How often a sender kept to one rule, and where it did not.</summary>
internal sealed record ConformanceCheck(string Check, string Rule, int Right, IReadOnlyList<string> Wrong);

/// <summary>What a sender did right and wrong, from all that it did; the same notes give the same report.</summary>
/// <param name="Conforms">Nothing was wrong.</param>
internal sealed record ConformanceReport(bool Conforms, int Files, int Calls, IReadOnlyList<ConformanceCheck> Checks)
{
    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ConformanceReport Of(IReadOnlyList<SenderNote> notes)
    {
        var sent = notes.Where(note => note is { Act: SenderAct.Sent, Outcome: not "closed" }).ToList();
        var known = sent.Where(note => note.Outcome is "taken" or "hung" or "again").Select(note => note.Reference).Distinct(StringComparer.Ordinal).ToList();
        List<ConformanceCheck> checks =
        [
            Check("key_valid", "Each file has an ISO 11649 reference as its Idempotency-Key.", sent, note => note.Outcome != "key_invalid"),
            Check("hash_right", "X-Content-SHA256 is the SHA-256 of the bytes.", sent, note => note.Outcome != "hash_wrong"),
            Check("file_valid", "The file is well formed, adds up, and names the reference under which it comes.", sent, note => note.Outcome != "invalid"),
            Check("same_bytes", "The same key always comes with the same bytes.", sent, note => note.Outcome != "other_bytes"),
            Unknown(notes),
            Check("asks_known_keys", "Only keys that were sent are asked about.", notes.Where(note => note.Act != SenderAct.Sent), note => note.Outcome != "never_sent"),
            new("answers_fetched", "The answers about every file are fetched.", known.Count(key => IsFetched(notes, key)), [.. known.Where(key => !IsFetched(notes, key))]),
            Closed(notes),
        ];
        return new ConformanceReport(checks.All(check => check.Wrong.Count == 0), known.Count, notes.Count, checks);
    }

    private static ConformanceCheck Check(string name, string rule, IEnumerable<SenderNote> notes, Func<SenderNote, bool> isRight)
    {
        var all = notes.ToList();
        return new ConformanceCheck(name, rule, all.Count(isRight), [.. all.Where(note => !isRight(note)).Select(note => note.Reference)]);
    }

    // Whoever got no word asks; and sends again only what the fund says that it does not have.
    private static ConformanceCheck Unknown(IReadOnlyList<SenderNote> notes)
    {
        var (waiting, right, wrong) = (new HashSet<string>(StringComparer.Ordinal), 0, new List<string>());
        foreach (var note in notes.Where(note => note.Outcome != "closed"))
        {
            if (note is { Act: SenderAct.Sent, Outcome: "hung" }) waiting.Add(note.Reference);
            else if (note.Act == SenderAct.Sent && waiting.Contains(note.Reference)) wrong.Add(note.Reference);
            else if (note.Act == SenderAct.Asked && waiting.Remove(note.Reference)) right++;
        }

        return new ConformanceCheck("unknown_is_asked", "After a call without an answer the sender asks by the same key, and does not send again.", right, wrong);
    }

    // Only of the first call after each 503: whoever calls too early is told once.
    private static ConformanceCheck Closed(IReadOnlyList<SenderNote> notes)
    {
        var next = notes.Zip(notes.Skip(1)).Where(pair => pair.First.ClosedUntil is not null).ToList();
        return new ConformanceCheck("waits_when_closed", "After a 503 nobody calls before Retry-After is over.", next.Count(pair => pair.Second.At >= pair.First.ClosedUntil), [.. next.Where(pair => pair.Second.At < pair.First.ClosedUntil).Select(pair => pair.Second.Reference)]);
    }

    private static bool IsFetched(IReadOnlyList<SenderNote> notes, string key) => notes.Any(note => note is { Act: SenderAct.Fetched, Outcome: "answered" } && note.Reference == key);
}

namespace ContributionEngine.Files;

/// <summary>
/// The columns of a mobile-money statement (the organisation's portal in its variants, or a customer's own) or of a payment
/// callback; -1 where a variant has none.
/// </summary>
internal sealed class StatementColumns
{
    private static readonly HashSet<string> Names =
    [
        "completion time", "initiation time", "transaction status", "paid in", "withdrawn", "other party info", "opposite party", "linked transaction id", "a c no", "reason type", "balance confirmed",
        "transid", "transtime", "transamount", "billrefnumber",
    ];

    private readonly List<string> folded;

    private StatementColumns(IReadOnlyList<string> header) => (Header, folded) = (header, [.. header.Select(PlainLetters.Folded)]);

    public IReadOnlyList<string> Header { get; }

    /// <summary>A callback: one payment, and nothing but payments.</summary>
    public bool IsCallback => At("transid") >= 0;

    /// <summary>A customer's own statement, which has no column that an organisation's has beside it.</summary>
    public bool IsCustomers => !IsCallback && At("initiation time") < 0 && Account < 0 && Reason < 0;

    public int Receipt => At("receipt no", "transid");

    public int Time => At("completion time", "transtime");

    public int Status => At("transaction status");

    public int PaidIn => At("paid in", "transamount");

    public int Withdrawn => At("withdrawn");

    public int Details => At("details");

    public int Reason => At("reason type");

    public int OtherParty => At("other party info", "opposite party");

    public int Linked => At("linked transaction id");

    public int Account => At("a c no", "billrefnumber");

    public int Currency => At("currency");

    public bool IsCorrection => At(PlainLetters.Folded(ErrorColumns.Code)) >= 0;

    public static bool IsKnown(string folded) => Names.Contains(folded);

    /// <summary>The columns, when a row is the header of a statement or callback; else null.</summary>
    public static StatementColumns? Of(IReadOnlyList<string> header)
    {
        var columns = new StatementColumns(header);
        return columns is { Receipt: >= 0, Time: >= 0, PaidIn: >= 0 } && (columns.IsCallback ? columns.Account >= 0 : columns is { Status: >= 0, Withdrawn: >= 0, Details: >= 0 }) ? columns : null;
    }

    private int At(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var at = folded.IndexOf(name);
            if (at >= 0) return at;
        }

        return -1;
    }
}

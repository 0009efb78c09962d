using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Where a statement stands among those of its account: balances and days tell.</summary>
internal static class StatementChain
{
    public const string Duplicate = "duplicate";
    private const string First = "first";
    private const string Follows = "ok";
    private const string Gap = "gap";
    private const string Overlap = "overlap";

    /// <summary>The statement begins with the balance with which the one before it ended, so it lists nothing that any other statement lists.</summary>
    public static bool IsChained(BankStatement found, ChainLink? before) => before is not null && before.Closing == found.Opening;

    /// <param name="before">The last statement with balances that ends on the same day or earlier.</param>
    /// <param name="after">The first one that ends later.</param>
    /// <param name="listsKnown">Another statement lists one of its bookings.</param>
    public static string Of(BankStatement found, (ChainLink? Before, ChainLink? After) among, bool listsKnown)
    {
        var (before, after) = among;
        if (before is null && after is null) return First;
        if (found.IsNotification || found.IsReport || IsChained(found, before) || (before is null && after!.Opening == found.Closing)) return Follows;
        return listsKnown || before?.ToOn > found.From || after?.FromOn < found.To ? Overlap : Gap;
    }

    /// <summary>The gap before it, or null.</summary>
    public static Remark? Missing(BankStatement found, ChainLink? before, string continuity)
    {
        if (continuity != Gap) return null;
        if (before is null) return new Remark(Gap, "it ends before the statements that are known, and not with their opening balance", Particulars.Of("before"));
        var (day, closing) = (before.ToOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Money.ToMajor(before.Closing, found.Currency.Digits));
        return new Remark(Gap, $"the statement before it ended on {day} with {closing}: statements between the two are missing", Particulars.Of(null, ("date", day), ("amount", closing)));
    }
}

/// <summary>The chain of statements that are only read: among themselves, since nothing is stored.</summary>
internal sealed class ReadChain
{
    private readonly Dictionary<string, List<ChainLink>> links = [];
    private readonly HashSet<string> fingerprints = [];

    public ReadStatement Add(BankStatement found)
    {
        if (!fingerprints.Add($"{found.Account} {found.Fingerprint}")) return ReadStatement.Of(found, StatementChain.Duplicate, ReadStatement.OnlyRead);
        if (!links.TryGetValue(found.Account, out var known)) links[found.Account] = known = [];
        var on = found.To ?? DateOnly.MaxValue;
        var (before, after) = (known.Where(link => link.ToOn <= on).MaxBy(link => (link.ToOn, link.Id)), known.Where(link => link.ToOn > on).MinBy(link => (link.ToOn, link.Id)));
        var continuity = StatementChain.Of(found, (before, after), listsKnown: false);
        if (found is { IsNotification: false, IsReport: false, Opening: { } opening, Closing: { } closing }) known.Add(new ChainLink(known.Count, opening, closing, found.From ?? on, on));
        var gap = StatementChain.Missing(found, before, continuity);
        return ReadStatement.Of(gap is null ? found : found with { Warnings = [.. found.Warnings, gap] }, continuity, ReadStatement.OnlyRead);
    }
}

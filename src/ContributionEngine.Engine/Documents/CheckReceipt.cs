using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What anybody may learn who holds a slip.</summary>
/// <param name="Stands">False when the payment was taken back since.</param>
/// <param name="Periods">What it has paid; empty: nothing yet.</param>
/// <param name="Initials">Of the member, such as <c>A. M.</c></param>
public sealed record PublishedReceipt(string Receipt, bool Stands, Money Amount, IReadOnlyList<string> Periods, string Initials);

/// <summary>Tells whether a slip is one of ours: by its number and its code, to anybody, and nothing is kept of who asks.</summary>
public sealed class CheckReceipt(Database database)
{
    private static readonly Actor Anybody = new("anybody");

    /// <summary>The receipt, or null when number and code do not belong together; an unknown number is no different.</summary>
    /// <param name="name">As on the slip: <c>R1234</c> or <c>RCP-000000001234</c>.</param>
    public Task<PublishedReceipt?> Run(string name, string? code, CancellationToken stop) => database.Read(Anybody, async work =>
    {
        if (Id(name) is not { } id || await work.ReceiptSlips.Check(id) is not { } found) return null;
        if (!ReceiptSeal.Holds(await work.ReceiptSlips.Seal(), found, code)) return null;
        var periods = (await work.ReceiptSlips.PartsOf([id])).Select(part => part.Period).Distinct().Order(StringComparer.Ordinal);
        return new PublishedReceipt(Numbers.Receipt(id), found.Live == 1, new Money(found.Amount, Currency.Of(found.Currency).Value), [.. periods], Initials(found.FullName));
    }, stop);

    /// <summary>The id in a receipt's name, short or long; null when it is none.</summary>
    public static long? Id(string name) => Numbers.Id("RCP", name) ?? (name is ['R' or 'r', >= '0' and <= '9', ..] && long.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);

    private static string Initials(string name) => string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"{StringInfo.GetNextTextElement(word)}."));
}

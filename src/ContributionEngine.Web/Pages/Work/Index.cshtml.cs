using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;

namespace ContributionEngine.Web.Pages;

/// <summary>Where the fund's people begin: what waits, each counter a link to it.</summary>
[Allows(Access.Fund)]
public sealed class WorkModel : Screen
{
    public QueuedWork Queue { get; private set; } = null!;

    public bool IsOperator => SignedIn.Role(User) == Door.Operator;

    /// <summary>How many of a kind.</summary>
    public long Count(string kind) => Queue.Of(kind).Sum(count => count.Count);

    /// <summary>What they come to, currency by currency.</summary>
    public string Sums(string kind) => string.Join(", ", Queue.Of(kind).Where(count => count.Amount != 0).Select(count => T.Money(new Money(count.Amount, Currency.Of(count.Currency).Value))));

    public IEnumerable<(string Reason, long Count)> Reasons => Queue.Cases.GroupBy(sum => sum.Reason).Select(of => (of.Key, of.Sum(sum => sum.Count)));

    public async Task OnGet() => Queue = await new WorkQueue(Database).Look(Actor, Stop);
}

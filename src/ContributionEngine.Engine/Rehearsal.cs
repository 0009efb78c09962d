using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What something would come to, and all that it would book.</summary>
public sealed record Rehearsed<T>(T Result, IReadOnlyList<ReportedPosting> Books);

/// <summary>Does something, looks at what it has booked, and takes it back: nobody else sees any of it.</summary>
public static class Rehearsal
{
    /// <param name="act">The same use case that would do it.</param>
    public static Task<Outcome<Rehearsed<T>>> Of<T>(Database database, Actor actor, Func<Task<Outcome<T>>> act, CancellationToken stop) => database.DryRun<Outcome<Rehearsed<T>>>(actor, async () =>
    {
        if (!(await act()).Ok(out var result, out var refusal)) return refusal;
        return new Rehearsed<T>(result, await database.Read(actor, work => Task.FromResult(Postings(work.Journal.Booked)), stop));
    }, stop);

    private static IReadOnlyList<ReportedPosting> Postings(IReadOnlyList<BookedEntry> booked) =>
    [
        .. from entry in booked
           from side in entry.Entry.Postings
           group side by (entry.Agreement.Number, side.Account, entry.Agreement.Currency) into of
           let moved = of.Sum(side => side.Debit - side.Credit)
           where moved != 0
           select new ReportedPosting(of.Key.Number, of.Key.Account, new Money(Math.Max(0, moved), of.Key.Currency), new Money(Math.Max(0, -moved), of.Key.Currency)),
    ];
}

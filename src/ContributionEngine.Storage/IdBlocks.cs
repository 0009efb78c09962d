using ContributionEngine.Core;
using Dapper;

namespace ContributionEngine.Storage;

/// <summary>
/// Ids from blocks. A block is taken in its own short transaction before the business transaction opens, belongs to this
/// process, and is never returned, so gaps are normal and id order is not commit order.
/// </summary>
public sealed class IdBlocks(Database database)
{
    /// <summary>Ids that every unit of work may count on without asking for more.</summary>
    public const long UnitIds = 500;

    /// <summary>How many units of a size one block serves.</summary>
    private const long LargeUnits = 4;

    /// <summary>What a dry run takes at first; one that needs more begins again.</summary>
    public const long DryRunIds = 50_000;

    private static readonly Sql Take = "update id_block set next_id = next_id + @count where name = 'all'";
    private static readonly Sql Taken = "select next_id from id_block where name = 'all'";

    private readonly Lock gate = new();
    private long next;
    private long end;

    public long Next()
    {
        lock (gate)
        {
            return next < end ? next++ : throw new IdsUsedUpException(UnitIds);
        }
    }

    /// <summary>So many consecutive ids; returns the first.</summary>
    public long NextRun(long count)
    {
        lock (gate)
        {
            if (end - next < count) throw new IdsUsedUpException(count);
            next += count;
            return next - count;
        }
    }

    /// <summary>Makes sure that so many ids are at hand; call it before the transaction opens.</summary>
    public async Task Ensure(long count, CancellationToken stop)
    {
        lock (gate)
        {
            if (end - next >= count) return;
        }

        // A large unit is seldom the last of its kind: one block serves several, and each saves a commit.
        var take = count > UnitIds ? count * LargeUnits : UnitIds;
        var first = database.DryRunTransaction is { } dry ? await TakeIn(dry, take) : await TakeAlone(take, stop);
        lock (gate)
        {
            (next, end) = (first, first + take);
        }
    }

    private async Task<long> TakeAlone(long count, CancellationToken stop)
    {
        await using var connection = await database.Open(Purpose.Write, stop);
        await using var transaction = await database.Dialect.Begin(connection, Purpose.Write, stop);
        var first = await TakeIn(transaction, count);
        await transaction.CommitAsync(stop);
        return first;
    }

    private async Task<long> TakeIn(System.Data.Common.DbTransaction transaction, long count)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(Take.For(database.Dialect), new { count }, transaction);
        return await connection.QuerySingleAsync<long>(Taken.For(database.Dialect), null, transaction) - count;
    }
}

/// <summary>The block ran out inside a unit of work; the unit is rolled back and runs again with more.</summary>
internal sealed class IdsUsedUpException(long wanted) : Exception($"The id block ran out; {wanted} more are wanted.")
{
    public long Wanted { get; } = wanted;
}

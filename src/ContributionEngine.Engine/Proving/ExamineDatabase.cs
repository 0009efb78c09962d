using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Looks at a database as its future writer: clock, rights, and what its operator has set up.</summary>
public sealed class ExamineDatabase(Database database)
{
    private static readonly Actor Doctor = new("doctor");

    /// <summary>How far this machine's clock is ahead of the database's, and what of the set-up is missing; throws when this user may not write.</summary>
    public async Task<(TimeSpan ClockAhead, string? Missing)> Run(CancellationToken stop)
    {
        if (database.Dialect is not Sqlite) await database.Write(Doctor, work => work.Condition.TryWriting(), stop);
        return await database.Read(Doctor, async work => (await work.Condition.ClockAhead(), await work.Condition.MissingSetUp()), stop);
    }
}

using System.Data;
using System.Data.Common;

namespace ContributionEngine.Storage;

/// <summary>Stands where a transaction would: a statement sees one moment by itself, and a server that is told of no beginning need not be asked to end it.</summary>
internal sealed class NoTransaction(DbConnection connection) : DbTransaction
{
    public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

    protected override DbConnection DbConnection => connection;

    public override void Commit()
    {
    }

    public override void Rollback()
    {
    }
}

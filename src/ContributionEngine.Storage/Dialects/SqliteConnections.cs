using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ContributionEngine.Storage;

/// <summary>Connections to one file that stay open between units of work with their statements prepared. The driver's own pool would have each statement prepared anew, which takes longer than most reads.</summary>
internal sealed class SqliteConnections(string text)
{
    // More work than this at one time waits for the processor anyway, and each connection holds pages in memory.
    private static readonly int IdleMax = Environment.ProcessorCount * 4;

    private readonly ConcurrentStack<KeptConnection> idle = new();

    public SqliteConnection Take() => idle.TryPop(out var kept) ? kept : new KeptConnection(text, this);

    /// <summary>One that belongs to nobody else and keeps nothing.</summary>
    public SqliteConnection Plain() => new(text);

    /// <summary>Begins what only reads on a connection that was taken here.</summary>
    public static DbTransaction Read(DbConnection taken) => new KeptRead((KeptConnection)taken);

    public void Clear()
    {
        while (idle.TryPop(out var kept)) kept.End();
    }

    private bool Keeps(KeptConnection connection)
    {
        if (idle.Count >= IdleMax) return false;
        idle.Push(connection);
        return true;
    }

    /// <summary>Once disposed of it lies open among the idle ones.</summary>
    private sealed class KeptConnection(string text, SqliteConnections pool) : SqliteConnection(text)
    {
        private const int StatementsMax = 200;

        private readonly Dictionary<string, Prepared> prepared = new(Texts.Compared);

        private sqlite3_stmt? begin;
        private sqlite3_stmt? rollback;

        public override void Open()
        {
            if (State == ConnectionState.Open) return;
            base.Open();
            // Or a statement is planned anew for each value that it is given.
            SqliteException.ThrowExceptionForRC(raw.sqlite3_db_config(Handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _), Handle);
        }

        public void End()
        {
            begin?.Dispose();
            rollback?.Dispose();
            base.Dispose(true);
        }

        public void BeginRead() => Step(ref begin, "begin deferred");

        public void EndRead() => Step(ref rollback, "rollback");

        /// <summary>A command of the text; nobody else has it until it is given back.</summary>
        public Prepared Command(string statement) => prepared.Remove(statement, out var kept) ? kept : new Prepared(new SqliteCommand(statement, this));

        public void GiveBack(Prepared one)
        {
            one.Command.Parameters.Clear();
            one.Command.Transaction = null;
            if (prepared.Count >= StatementsMax) Forget();
            if (!prepared.TryAdd(one.Command.CommandText, one)) one.Command.Dispose();
        }

        protected override DbCommand CreateDbCommand() => new KeptCommand(this);

        protected override void Dispose(bool disposing)
        {
            // One whose transaction could not be ended is of no use to others.
            if (!disposing) base.Dispose(false);
            else if (State != ConnectionState.Open || raw.sqlite3_get_autocommit(Handle) == 0 || !pool.Keeps(this)) End();
        }

        private void Step(ref sqlite3_stmt? kept, string text)
        {
            if (kept is null) SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(Handle, text, out kept), Handle);
            var stepped = raw.sqlite3_step(kept);
            raw.sqlite3_reset(kept);
            if (stepped != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(stepped, Handle);
        }

        // All at once: those in use are soon there again, and others may have been used once.
        private void Forget()
        {
            foreach (var one in prepared.Values) one.Command.Dispose();
            prepared.Clear();
        }
    }

    /// <summary>Sees one moment and writes nothing, so it ends in one way only. The driver's own would prepare both its statements each time.</summary>
    private sealed class KeptRead : DbTransaction
    {
        private KeptConnection? connection;

        public KeptRead(KeptConnection connection)
        {
            connection.BeginRead();
            this.connection = connection;
        }

        public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;

        protected override DbConnection? DbConnection => connection;

        public override void Commit() => Rollback();

        public override void Rollback()
        {
            connection?.EndRead();
            connection = null;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) Rollback();
            base.Dispose(disposing);
        }
    }

    /// <summary>Stands for the prepared command of whatever text it is given.</summary>
    private sealed class KeptCommand(KeptConnection connection) : DbCommand
    {
        private Prepared? prepared;

        [AllowNull]
        public override string CommandText
        {
            get => prepared?.Command.CommandText ?? "";
            set
            {
                GiveBack();
                prepared = connection.Command(value ?? "");
            }
        }

        public override int CommandTimeout
        {
            get => Command.CommandTimeout;
            set => Command.CommandTimeout = value;
        }

        public override CommandType CommandType
        {
            get => CommandType.Text;
            set => Command.CommandType = value;
        }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        public override bool DesignTimeVisible { get; set; }

        protected override DbConnection? DbConnection
        {
            get => connection;
            set => throw new NotSupportedException("A command stays with the connection that made it.");
        }

        protected override DbTransaction? DbTransaction { get; set; }

        protected override DbParameterCollection DbParameterCollection => Command.Parameters;

        private SqliteCommand Command => Statement.Command;

        private Prepared Statement => prepared ?? throw new InvalidOperationException("The command has no text yet.");

        public override void Cancel() => Command.Cancel();

        public override int ExecuteNonQuery() => Ready().ExecuteNonQuery();

        public override object? ExecuteScalar() => Ready().ExecuteScalar();

        public override void Prepare() => Ready().Prepare();

        protected override DbParameter CreateDbParameter() => new NamedParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => new SqliteRows(Ready().ExecuteReader(behavior), Statement.Columns);

        // The file is read here and now, so there is nothing that a token could call off halfway.
        protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            return Task.FromResult(ExecuteDbDataReader(behavior));
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) GiveBack();
            base.Dispose(disposing);
        }

        private SqliteCommand Ready()
        {
            Command.Transaction = DbTransaction as SqliteTransaction;
            return Command;
        }

        private void GiveBack()
        {
            if (prepared is not null) connection.GiveBack(prepared);
            prepared = null;
        }
    }

    private sealed record Prepared(SqliteCommand Command)
    {
        public SqliteColumns Columns { get; } = new();
    }

    /// <summary>Named as the statement names it. The driver would try each mark that a name may begin with, at three calls for every value.</summary>
    private sealed class NamedParameter : SqliteParameter
    {
        private static readonly ConcurrentDictionary<string, string> Marked = [];

        [AllowNull]
        public override string ParameterName
        {
            get => base.ParameterName;
            set => base.ParameterName = value is null or ['@', ..] ? value : Marked.GetOrAdd(value, name => $"@{name}");
        }
    }

    /// <summary>Statements are long texts that mostly come as the same object: to be told apart they need not be read to the end.</summary>
    private sealed class Texts : IEqualityComparer<string>
    {
        public static readonly Texts Compared = new();

        public bool Equals(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

        public int GetHashCode(string text) => HashCode.Combine(text.Length, text.Length == 0 ? 0 : text[text.Length / 2]);
    }
}

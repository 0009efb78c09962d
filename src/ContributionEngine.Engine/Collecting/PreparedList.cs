using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A member of a list to fill in.</summary>
/// <param name="Suggested">What she paid in the sheet before, else what she owes; null when that is nothing.</param>
public sealed record PreparedRow(string MemberNo, string FullName, Money? Suggested);

/// <summary>The members of an agreement with what each is expected to pay.</summary>
/// <param name="IsWhole">False when the agreement has more members than a list takes: a file serves better.</param>
public sealed record PreparedMembers(string Agreement, Currency Currency, DateOnly Today, IReadOnlyList<PreparedRow> Rows, bool IsWhole);

/// <summary>A row as somebody filled it in, both as a cell of a file would say it.</summary>
public sealed record FilledRow(string MemberNo, string FullName, string Amount);

/// <summary>A list of members to fill in without a file; what was filled in is a file all the same, and goes the same way.</summary>
public sealed class PreparedList(Database database)
{
    /// <summary>Members on a list.</summary>
    public const int RowsMax = 500;

    private static readonly SheetColumn[] Columns = [new("member_no", ""), new("member_name", ""), new("amount", ""), new("received_on", "")];

    /// <summary>Refusals: <c>agreement_unknown</c>.</summary>
    public Task<Outcome<PreparedMembers>> Of(Actor actor, string agreement, CancellationToken stop) => database.Read<Outcome<PreparedMembers>>(actor, async work =>
    {
        if (!(await work.Agreements.Find(agreement)).Ok(out var found, out var refusal)) return refusal;
        var today = AsOf.DayIn(work.Now, found.Agreement);
        var members = await work.ExpectedMembers.Of(found.Id, today, RowsMax + 1);
        return new PreparedMembers(found.Number, found.Currency, today, [.. members.Take(RowsMax).Select(member => Row(member, found.Currency))], members.Count <= RowsMax);
    }, stop);

    /// <summary>In which an agreement's amounts are. Refusals: <c>agreement_unknown</c>.</summary>
    public Task<Outcome<Currency>> Currency(Actor actor, string agreement, CancellationToken stop) =>
        database.Read<Outcome<Currency>>(actor, async work => (await work.Agreements.Find(agreement)).Ok(out var found, out var refusal) ? found.Currency : refusal, stop);

    /// <summary>What was filled in, as the bytes of a receipts file; rows without an amount are left away.</summary>
    /// <param name="day">On which the members paid, as a cell would say it.</param>
    public static byte[] File(IEnumerable<FilledRow> rows, string day)
    {
        using var file = new MemoryStream();
        CsvTable.Write(file, new SheetTable("Receipts", Columns, rows.Where(row => row.Amount.Trim().Length > 0).Select(row => (IReadOnlyList<SheetCell>)[new(row.MemberNo), new(row.FullName), new(row.Amount), new(day)])));
        return file.ToArray();
    }

    private static PreparedRow Row(ExpectedMember member, Currency currency)
    {
        var suggested = member.LastPaid ?? member.Owed;
        return new PreparedRow(member.MemberNo, member.FullName, suggested > 0 ? new Money(suggested, currency) : null);
    }
}

using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// A receipts file to fill in: a row for each member who is enrolled on the day, and the columns that the agreement's scheme
/// knows. A row without amount, day and receipt number says that nothing was paid, and is no row.
/// </summary>
public sealed class UploadTemplate(Database database)
{
    private static readonly string[] Methods = ["cash", "bank", "mobile_money", "cheque", "payroll"];

    /// <summary>The table, its members by number.</summary>
    public Task<Outcome<SheetTable>> Of(Actor actor, string number, string? asOf, CancellationToken stop) => database.Read<Outcome<SheetTable>>(actor, async work =>
    {
        if (!(await work.Agreements.Find(number)).Ok(out var agreement, out var refusal)) return refusal;
        if (!AsOf.Read(asOf, agreement.Agreement.Settlement.TimeZone, work.Now, mayBeLater: true).Ok(out var day, out refusal)) return refusal;
        if (!(await SchemePacks.Of(work, agreement)).Ok(out var pack, out refusal)) return refusal;
        var columns = Columns(agreement.Agreement, pack).ToList();
        var members = (await work.Members.EnrolledIn(agreement.Id)).Where(row => row.EnrolledFrom <= day.Day && (row.EnrolledTo is null || row.EnrolledTo >= day.Day)).DistinctBy(row => row.MemberId);
        return new SheetTable("Receipts", columns, members.Select(row => Row(row, columns.Count))) { Decimals = agreement.Currency.Digits };
    }, stop);

    private static SheetCell[] Row(EnrolledMember member, int columns) => [new(member.MemberNo), new(member.FullName), .. Enumerable.Repeat(new SheetCell(""), columns - 2)];

    private static IEnumerable<SheetColumn> Columns(Agreement agreement, Pack pack)
    {
        yield return new("member_no", "The member's number, as the fund or the cooperative gave it.");
        yield return new("member_name", "For you to find the row; the number decides who it is.") { Width = 32 };
        yield return new("amount", $"What the member paid, in {pack.Currency.Code}. Leave it empty when nothing was paid.") { Kind = CellKind.Number };
        yield return new("received_on", "The day on which the member paid, such as 2026-10-31.") { Kind = CellKind.Date };
        yield return new("receipt_no", "Number of the receipt that the member was given; a number is used once.");
        yield return new("period", "Only when the member says what the money is for: the month, such as 2026-10. Otherwise it pays what is oldest.") { Choices = Months(agreement) };
        yield return new("component", "Only when the member says what the money is for: a part of the contribution.") { Width = 24, Choices = [.. pack.Components.Select(component => component.Id).Distinct()] };
        yield return new("method", "How it was paid.") { Choices = Methods };
        yield return new("reference", "Anything that helps to find the payment again, such as the number of the bank's slip.") { Width = 24 };
        if (pack.EventKinds.Count == 0) yield break;
        yield return new("event_kind", "What happened that the contribution is worked out on.") { Choices = [.. pack.EventKinds] };
        yield return new("event_value", $"What it was worth, in {pack.Currency.Code}.") { Kind = CellKind.Number };
        if (pack.File.Events?.QuantityDecimals is not null) yield return new("event_quantity", "How much was sold or delivered.");
    }

    private static string[] Months(Agreement agreement) =>
        [.. agreement.Terms.SelectMany(MonthsOf).Distinct().OrderDescending().Select(month => month.ToString())];

    private static IEnumerable<Period> MonthsOf(Term term)
    {
        for (var month = Period.MonthOf(term.Start); month.First <= term.End; month = month.Next()) yield return month;
    }
}

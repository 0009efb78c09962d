using System.Data.Common;
using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>How a cell of an export is printed.</summary>
internal enum Cell
{
    Text,
    Money,
    Number,
    Day,
    Instant,
    Obligation,
    Receipt,
    Entry,
}

/// <summary>One export: its columns in order, and the statement whose first columns are the currency and then those columns.</summary>
internal sealed record Export(string Name, Sql Rows, params (string Name, Cell Cell)[] Columns);

/// <summary>A table, ready to print: its columns, which of them hold text that people wrote, and its rows with amounts in major units.</summary>
public sealed record ExportTable(IReadOnlyList<string> Columns, IReadOnlyList<bool> IsText, IAsyncEnumerable<IReadOnlyList<string?>> Rows);

/// <summary>The files out: each table of the job with the columns that other programs hold on to.</summary>
public sealed class Exports(Work work)
{
    private const string Visible = "(@scope is null or ag.organisation_id = @scope) and (@number is null or ag.number = @number)";

    private static readonly Export[] All =
    [
        new("obligations", $"""
            select ag.currency, o.id, ag.number, m.member_no, o.period, o.component, o.payer, o.class, o.due_on, o.amount, o.reduced, o.allocated,
                   case when o.amount = o.reduced then 'cancelled' when o.allocated = o.amount - o.reduced then 'paid' when o.allocated > 0 then 'part_paid' else 'unpaid' end
              from obligation o
              join agreement ag on ag.id = o.agreement_id
              join enrolment e on e.id = o.enrolment_id
              join member m on m.id = e.member_id
             where {Visible}
             order by o.id
            """,
            ("obligation", Cell.Obligation), ("agreement", Cell.Text), ("member_no", Cell.Text), ("period", Cell.Text), ("component", Cell.Text), ("payer", Cell.Text),
            ("class", Cell.Text), ("due_on", Cell.Day), ("amount", Cell.Money), ("reduced", Cell.Money), ("allocated", Cell.Money), ("state", Cell.Text)),
        new("receipts", $"""
            select ag.currency, r.id, ag.number, u.number, r.row_no, r.receipt_no, m.member_no, r.received_on, r.amount, r.allocated, r.suspense,
                   r.credit, r.refunded, r.reversed, r.written_off, case when r.live = 1 then 'posted' when v.kind = 'moved' then 'moved' else 'reversed' end
              from receipt r
              join agreement ag on ag.id = r.agreement_id
              join upload u on u.id = r.upload_id
              left join reversal v on v.receipt_id = r.id and v.part_no = 1
              left join enrolment e on e.id = r.enrolment_id
              left join member m on m.id = e.member_id
             where {Visible}
             order by r.id
            """,
            ("receipt", Cell.Receipt), ("agreement", Cell.Text), ("upload", Cell.Text), ("row", Cell.Number), ("receipt_no", Cell.Text), ("member_no", Cell.Text),
            ("received_on", Cell.Day), ("amount", Cell.Money), ("allocated", Cell.Money), ("suspense", Cell.Money), ("credit", Cell.Money), ("refunded", Cell.Money),
            ("reversed", Cell.Money), ("written_off", Cell.Money), ("state", Cell.Text)),
        new("allocations", $"""
            select ag.currency, a.receipt_id, a.obligation_id, m.member_no, o.period, o.component,
                   a.amount, a.allocated_on
              from allocation a
              join agreement ag on ag.id = a.agreement_id
              join obligation o on o.id = a.obligation_id
              join enrolment e on e.id = o.enrolment_id
              join member m on m.id = e.member_id
             where {Visible}
             order by a.receipt_id, a.obligation_id, a.id
            """,
            ("receipt", Cell.Receipt), ("obligation", Cell.Obligation), ("member_no", Cell.Text), ("period", Cell.Text), ("component", Cell.Text), ("amount", Cell.Money), ("allocated_on", Cell.Day)),
        new("remittances", $"""
            select ag.currency, r.number, ag.number, r.kind, r.cutoff,
                   {RemittanceList.State},
                   r.line_count, r.total, r.currency, r.reference, r.sha256, r.delivered_at, r.acknowledged_at, r.settled_at
              from remittance r
              join agreement ag on ag.id = r.agreement_id
             where {Visible}
             order by r.id
            """,
            ("remittance", Cell.Text), ("agreement", Cell.Text), ("kind", Cell.Text), ("cutoff", Cell.Instant), ("state", Cell.Text), ("lines", Cell.Number), ("total", Cell.Money),
            ("currency", Cell.Text), ("reference", Cell.Text), ("sha256", Cell.Text), ("delivered_at", Cell.Instant), ("acknowledged_at", Cell.Instant), ("settled_at", Cell.Instant)),
        new("remittance-lines", $"""
            select ag.currency, r.number, l.line_no, l.member_no, l.national_id, l.period, l.component, l.class, l.amount, l.outcome, l.code
              from remittance_line l
              join remittance r on r.id = l.remittance_id
              join agreement ag on ag.id = r.agreement_id
             where {Visible}
             order by r.id, l.line_no
            """,
            ("remittance", Cell.Text), ("line", Cell.Number), ("member_no", Cell.Text), ("national_id", Cell.Text), ("period", Cell.Text), ("component", Cell.Text),
            ("class", Cell.Text), ("amount", Cell.Money), ("outcome", Cell.Text), ("code", Cell.Text)),
        new("journal", $"""
            select j.currency, j.id, j.booked_on, p.account, p.debit, p.credit, j.currency, j.source
              from posting p
              join journal_entry j on j.id = p.entry_id
              join agreement ag on ag.id = j.agreement_id
             where {Visible}
             order by j.id, p.posting_no
            """,
            ("entry", Cell.Entry), ("booked_on", Cell.Day), ("account", Cell.Text), ("debit", Cell.Money), ("credit", Cell.Money), ("currency", Cell.Text), ("source", Cell.Text)),
        new("cases", $"""
            select ag.currency, c.number, c.reason, ag.number, c.subject, c.amount, c.opened_on, c.state, c.owner
              from work_case c
              left join agreement ag on ag.id = c.agreement_id
             where {Visible}
             order by c.id
            """,
            ("case", Cell.Text), ("reason", Cell.Text), ("agreement", Cell.Text), ("subject", Cell.Text), ("amount", Cell.Money), ("opened_on", Cell.Day), ("state", Cell.Text), ("owner", Cell.Text)),
        new("acks", $"""
            select ag.currency, r.number, k.level, case when k.line_no = 0 then null else k.line_no end, k.outcome, k.code, k.text, k.received_at
              from acknowledgement k
              join remittance r on r.id = k.remittance_id
              join agreement ag on ag.id = r.agreement_id
             where {Visible}
             order by r.id, k.level, k.line_no, k.id
            """,
            ("remittance", Cell.Text), ("level", Cell.Text), ("line", Cell.Number), ("outcome", Cell.Text), ("code", Cell.Text), ("text", Cell.Text), ("received_at", Cell.Instant)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(export => export.Name)];

    /// <summary>The table of that name, of one agreement or of all that the acting user may see.</summary>
    public Outcome<ExportTable> Table(string name, string? agreement)
    {
        if (All.FirstOrDefault(export => export.Name == name) is not { } export)
        {
            return Refusal.Usage("export_unknown", $"There is no export «{name}».") with { Help = $"Exports: {string.Join(", ", Names)}." };
        }

        return new ExportTable([.. export.Columns.Select(column => column.Name)], [.. export.Columns.Select(column => column.Cell is not (Cell.Money or Cell.Number or Cell.Instant))], Rows(export, agreement));
    }

    private async IAsyncEnumerable<IReadOnlyList<string?>> Rows(Export export, string? number)
    {
        await using var reader = await work.Reader(export.Rows, new { scope = work.Actor.OrganisationId, number });
        while (await reader.ReadAsync(work.Stop)) yield return Printed(reader, export);
    }

    private static string?[] Printed(DbDataReader reader, Export export)
    {
        var digits = reader.IsDBNull(0) ? 0 : Currency.Of(reader.GetString(0)).Value.Digits;
        var cells = new string?[export.Columns.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            if (reader.IsDBNull(i + 1)) continue;
            cells[i] = export.Columns[i].Cell switch
            {
                Cell.Money => Money.ToMajor(reader.GetInt64(i + 1), digits),
                Cell.Day => Values.Text(Values.Day(reader.GetValue(i + 1))),
                Cell.Instant => InstantText.Of(Values.Instant(reader.GetValue(i + 1))),
                Cell.Obligation => Numbers.Obligation(reader.GetInt64(i + 1)),
                Cell.Receipt => Numbers.Receipt(reader.GetInt64(i + 1)),
                Cell.Entry => Numbers.Entry(reader.GetInt64(i + 1)),
                _ => Convert.ToString(reader.GetValue(i + 1), CultureInfo.InvariantCulture),
            };
        }

        return cells;
    }
}

using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Spectre.Console;

namespace ContributionEngine.Host;

/// <summary>The demo's figures, as data and as a treasurer reads them.</summary>
internal sealed record DemoReport(
    StoredAgreement Agreement, int Members, long Obligations, IReadOnlyList<UploadResult> Uploads, IReadOnlyList<StoredRemittance> Remittances,
    IReadOnlyList<CasesByReason> Cases, MoneyTotals Totals, IReadOnlyList<Break> Breaks)
{
    private const int WidthWhenPiped = 120;

    public static async Task<DemoReport> Of(Session session, StoredAgreement agreement, CancellationToken stop)
    {
        var uploads = new List<UploadResult>();
        foreach (var upload in await session.Database.Read(session.Actor, work => work.Uploads.Of(agreement.Id), stop))
        {
            if ((await new SubmitUpload(session.Database).Stored(session.Actor, upload.Number, stop)).Ok(out var result, out _)) uploads.Add(result);
        }

        return await session.Database.Read(session.Actor, async work => new DemoReport(
            agreement, (await work.Members.EnrolledIn(agreement.Id)).Count, await work.Totals.Obligations(agreement.Id), uploads, await work.Remittances.Of(agreement.Id),
            await work.Totals.Cases(agreement.Id), await work.Totals.Of(agreement.Id), await work.Proofs.Run()), stop);
    }

    public object Json(IReadOnlyList<string> files) => new
    {
        agreement = Agreement.Number,
        members = Members,
        obligations = Obligations,
        uploads = Uploads.Select(UploadAnswer.Of),
        remittances = Remittances.Select(row => new { remittance = row.Number, state = row.State.Shown, lines = row.LineCount, total = Of(row.Total), row.Reference }),
        cases = Cases.ToDictionary(row => row.Reason, row => row.Count),
        totals = new
        {
            received = Of(Totals.Received), allocated = Of(Totals.Allocated), suspense = Of(Totals.Suspense), credit = Of(Totals.Credit),
            remitted = Of(Totals.Remitted), settled = Of(Totals.Settled),
        },
        verify = Breaks.Count == 0 ? "ok" : "failed",
        files,
    };

    public void Show(IAnsiConsole console, IReadOnlyList<string> files)
    {
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = WidthWhenPiped;
        console.WriteLine();
        console.Write(new Rule($"[bold]{Markup.Escape(Agreement.Agreement.Organisation.Name)}[/], agreement {Agreement.Number}") { Justification = Justify.Left });
        console.WriteLine($"{Members} members, {Obligations} obligations in the schedule");
        Table(console, ["file", "rows", "posted", "left out", "amount", "paid obligations", "credit"], Uploads.Select(row => new[]
        {
            row.FileName, $"{row.Report.Rows}", $"{row.Report.Ready}", $"{row.Report.LeftOut}", Grouped(row.Report.SumReady), Grouped(row.Allocated), Grouped(row.Credit),
        }));
        Table(console, ["remittance", "state", "lines", "total", "rejected", "paid"], Remittances.Select(row => new[]
        {
            row.Reference, row.State.Shown, $"{row.LineCount}", Grouped(Of(row.Total)), Grouped(Of(row.Rejected)), Grouped(Of(row.Paid)),
        }));
        Table(console, ["where the money is", "CRC"],
        [
            ["received from members", Grouped(Of(Totals.Received))],
            ["  pays obligations", Grouped(Of(Totals.Allocated))],
            ["    of which at the fund or on its way", Grouped(Of(Totals.Remitted))],
            ["    of which settled, to the cent", Grouped(Of(Totals.Settled))],
            ["    of which in custody until a period is paid in full", Grouped(Of(Totals.Allocated - Totals.Remitted))],
            ["  waits as members' credit", Grouped(Of(Totals.Credit))],
            ["  waits in suspense", Grouped(Of(Totals.Suspense))],
        ]);
        Table(console, ["a person must look at", "cases"], Cases.Select(row => new[] { row.Reason.Replace('_', ' '), $"{row.Count}" }));
        console.WriteLine($"Files: {Path.GetDirectoryName(files[0])} ({files.Count} files)");
        console.MarkupLine(Breaks.Count == 0 ? "[green]verify: ok[/], the nine truths hold" : $"[red]verify: {Breaks.Count} rows break a truth[/]");
    }

    private static void Table(IAnsiConsole console, string[] head, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Rounded };
        for (var i = 0; i < head.Length; i++) table.AddColumn(new TableColumn(head[i]) { Alignment = i == 0 ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        console.Write(table);
    }

    private Money Of(long minor) => new(minor, Agreement.Currency);

    private static string Grouped(Money amount)
    {
        var text = amount.ToMajor();
        var point = text.IndexOf('.');
        for (var i = (point < 0 ? text.Length : point) - 3; i > (text[0] == '-' ? 1 : 0); i -= 3) text = text.Insert(i, " ");
        return text;
    }
}

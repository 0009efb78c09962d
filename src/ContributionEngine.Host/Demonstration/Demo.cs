using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.FundGateway;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary>
/// The whole job on sample data. Each step may be repeated, so a demo that was killed, or run again, goes on where it was and
/// ends with the same figures.
/// </summary>
internal sealed class Demo(Session session, string directory)
{
    private static readonly string[] CutOffs = ["2021-04-30", "2021-12-31"];

    private readonly HarvestSample sample = new();
    private readonly List<string> files = [];

    /// <summary>A fund that answers late is waited for one second here, so that the demo shows it quickly.</summary>
    public static FundPipeline Patience { get; } = new() { AttemptTimeout = TimeSpan.FromSeconds(1) };

    public IReadOnlyList<string> Files => files;

    /// <summary>Runs every step, saying each; the outcome is the agreement that it ran on.</summary>
    public async Task<Outcome<StoredAgreement>> Run(Action<string> say, CancellationToken stop)
    {
        say("Agreement, members and the seasonal schedule");
        await session.Drain(stop);
        if (!(await Enrol(stop)).Ok(out var agreement, out var refusal)) return refusal;
        foreach (var upload in sample.Uploads)
        {
            say($"Treasurer's file {upload.Name}");
            if (await Collect(agreement, upload, stop) is { } no) return no;
        }

        foreach (var cutoff in CutOffs)
        {
            say($"Settlement run at {cutoff}: cut, seal, hand to the fund, take in its answer");
            var begun = await new RunSettlement(session.Database).Begin(session.Actor, new SettlementRequest(agreement.Number, cutoff), stop);
            if (begun.Refusal is { } no) return no;
            await session.Drain(stop);
        }

        say("Bank statement of the fund's account");
        if (await Bank(agreement, stop) is { } fault) return fault;
        say("Files and proof");
        await WriteExports(agreement, stop);
        return agreement;
    }

    private async Task<Outcome<StoredAgreement>> Enrol(CancellationToken stop)
    {
        var settings = await Write("fund-settings.json", HarvestSample.FundSettings(), stop);
        var members = await Write("members.csv", HarvestSample.MembersFile(), stop);
        var json = HarvestSample.AgreementFile(settings);
        await Write("agreement.json", json, stop);
        var imported = await new ImportAgreement(session.Database).Run(session.Actor, json, stop);
        if (imported.Refusal is { Code: not "agreement_exists" } refusal) return refusal;
        if ((await new ImportMembers(session.Database).Run(session.Actor, HarvestSample.Number, (() => File.OpenRead(members), "members.csv"), stop)).Refusal is { } no) return no;
        if ((await new GenerateSchedule(session.Database).Run(session.Actor, new ScheduleRequest(HarvestSample.Number, null, null, "2021-01-01"), stop)).Refusal is { } fault) return fault;
        return await session.Database.Read(session.Actor, work => work.Agreements.Find(HarvestSample.Number), stop);
    }

    private async Task<Refusal?> Collect(StoredAgreement agreement, (string Name, string AsOf, string Text) upload, CancellationToken stop)
    {
        var path = await Write(upload.Name, upload.Text, stop);
        await using var source = File.OpenRead(path);
        await using var content = await FileSpool.Copy(source, SheetLimits.BytesMax, stop);
        var request = new UploadRequest { Agreement = agreement.Number, FileName = upload.Name, Content = content, AsOf = upload.AsOf, OnlyReady = true };
        var outcome = await new SubmitUpload(session.Database).Submit(session.Actor, request, stop);
        if (!outcome.Ok(out var report, out var refusal) && refusal.Code != "F08") return refusal;
        var errors = Path.Combine(directory, $"errors-{upload.Name}");
        if (report is not null)
        {
            await using var target = File.Create(errors);
            await new ErrorsFile(session.Database).Write(session.Actor, request, report, (target, AsWorkbook: false, stop));
        }

        if (File.Exists(errors)) files.Add(errors);
        await session.Drain(stop);
        return null;
    }

    private async Task<Refusal?> Bank(StoredAgreement agreement, CancellationToken stop)
    {
        var remittances = await session.Database.Read(session.Actor, work => work.Remittances.Of(agreement.Id), stop);
        var entries = remittances.Select((row, i) => new WrittenEntry($"DEMO-{i + 1}", row.State.Payable, Direction.Credit, new DateOnly(2022, 1, 5), row.Reference)).ToList();
        var path = Path.Combine(directory, "bank-statement.xml");
        await using (var target = File.Create(path))
        {
            StatementXml.Write(target, new WrittenStatement(HarvestSample.FundAccount, "DEMO-2022-01", agreement.Currency, 0, new DateOnly(2022, 1, 5), entries));
        }

        files.Add(path);
        await using var source = File.OpenRead(path);
        await using var content = await FileSpool.Copy(source, SheetLimits.BytesMax, stop);
        var imported = await new ImportStatement(session.Database).Run(session.Actor, new StatementRequest([new SentFile("bank-statement.xml", content)], "auto", false), stop);
        await session.Drain(stop);
        return imported[0].Problem;
    }

    private async Task WriteExports(StoredAgreement agreement, CancellationToken stop)
    {
        foreach (var name in new[] { "acks", "journal", "remittances", "cases" })
        {
            var path = Path.Combine(directory, name == "acks" ? "acknowledgements.csv" : $"{name}.csv");
            await session.Database.Read(session.Actor, async work =>
            {
                await using var target = File.Create(path);
                await TableFile.Write(work.Exports.Table(name, agreement.Number).Value, "csv", target, stop);
                return true;
            }, stop);
            files.Add(path);
        }

        foreach (var remittance in await session.Database.Read(session.Actor, work => work.Remittances.Of(agreement.Id), stop))
        {
            var path = Path.Combine(directory, $"{remittance.Reference}.csv");
            await using var target = File.Create(path);
            foreach (var part in await session.Database.Read(session.Actor, work => work.Remittances.Parts(remittance.Id), stop)) await target.WriteAsync(part, stop);
            files.Add(path);
        }
    }

    private async Task<string> Write(string name, string text, CancellationToken stop)
    {
        var path = Path.Combine(directory, name);
        await File.WriteAllTextAsync(path, text, stop);
        files.Add(path);
        return path;
    }
}

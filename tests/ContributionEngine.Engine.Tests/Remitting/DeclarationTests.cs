using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>A cut in the fund's own form: what is missing holds its member back until it is entered, and nobody else.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DeclarationTests
{
    private const string Number = "IN-1";
    private const string Header = "member_no,national_id,full_name,enrolled_from,declared_income,ncp_days\n";
    private const string Complete = "E1,100904319401,Asha Devi,2022-01-01,15000,\nE2,100904319402,Ravi Nair,2022-01-01,14000,2\n";

    [Test]
    public async Task A_period_is_a_remittance_of_its_own_with_the_months_own_figures()
    {
        await using var desk = await Paid(Complete);
        await Settle(desk, "2022-02-20");
        var sent = await Remittances(desk);
        Assert.That(sent.Select(row => $"{row.Format} {row.Period} {row.LineCount} {row.Total} {row.FileName == row.Reference + ".txt"}"), Is.EqualTo(new[] { "ecr2 2022-01 6 696000 True", "ecr2 2022-02 6 696000 True" }));
        Assert.That(await Text(desk, sent[0]), Is.EqualTo("100904319401#~#ASHA DEVI#~#15000#~#15000#~#15000#~#15000#~#1800#~#1250#~#550#~#0#~#0\r\n100904319402#~#RAVI NAIR#~#14000#~#14000#~#14000#~#14000#~#1680#~#1166#~#514#~#2#~#0\r\n"));
        Assert.That(await desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_member_who_lacks_a_field_waits_in_custody_with_a_case_and_the_others_go()
    {
        await using var desk = await Paid(Complete.Replace("100904319402", "77", StringComparison.Ordinal));
        await Settle(desk, "2022-02-20");
        Assert.That((await Remittances(desk)).Select(row => $"{row.Period} {row.LineCount} {row.Total}"), Is.EqualTo(new[] { "2022-01 3 360000", "2022-02 3 360000" }));
        var held = (await Cases(desk)).Single();
        Assert.That((held.Subject, held.Amount, held.State), Is.EqualTo(("member E2: national_id", 672000L, "open")));
        Assert.That(held.Detail, Does.Contain("«77» is no UAN of 12 digits").And.Contain("member import"));
        var totals = await desk.Totals(Number);
        Assert.That(totals.Allocated - totals.Remitted, Is.EqualTo(672000));
    }

    [Test]
    public async Task The_next_cut_off_takes_what_was_completed_and_the_case_closes_by_itself()
    {
        await using var desk = await Paid(Complete.Replace("100904319402", "77", StringComparison.Ordinal));
        await Settle(desk, "2022-02-20");
        await Import(desk, Complete);
        await Settle(desk, "2022-02-27");
        Assert.That((await Remittances(desk)).Skip(2).Select(row => $"{row.Period} {row.LineCount} {row.Total}"), Is.EqualTo(new[] { "2022-01 3 336000", "2022-02 3 336000" }));
        Assert.That((await Cases(desk)).Select(row => (row.State, row.ResolvedBy)), Is.EqualTo(new[] { ("resolved", (string?)null) }));
        Assert.That(await desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_case_that_nothing_was_done_about_stays_one_case()
    {
        await using var desk = await Paid(Complete.Replace("100904319402", "77", StringComparison.Ordinal));
        await Settle(desk, "2022-02-20");
        await Settle(desk, "2022-02-27");
        Assert.That((await Cases(desk)).Select(row => row.State), Is.EqualTo(new[] { "open" }));
        Assert.That((await Remittances(desk)), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Where_everybody_lacks_something_nothing_is_sealed()
    {
        await using var desk = await Paid(Complete.Replace("1009043194", "", StringComparison.Ordinal));
        await Settle(desk, "2022-02-20");
        Assert.That(await Remittances(desk), Is.Empty);
        Assert.That((await Cases(desk)).Select(row => row.Subject), Is.EqualTo(new[] { "member E1: national_id", "member E2: national_id" }));
        var agreement = await desk.Agreement(Number);
        Assert.That((await desk.Read(work => work.Settlements.Of(agreement.Id))).Single().State, Is.EqualTo("completed_with_cases"));
    }

    [TestCase("pigeon", "channel.format")]
    [TestCase("ecr2", "channel.format")]
    [TestCase("tss-am", "channel.format")]
    public async Task A_form_that_cannot_declare_the_agreement_is_refused_at_import(string format, string field)
    {
        await using var desk = await Desk.Open();
        var file = Agreements.Coffee().Node();
        file["channel"]!["format"] = format;
        var refusal = (await new ImportAgreement(desk.Database).Run(Desk.Treasurer, file.ToJsonString(), CancellationToken.None)).Refusal!;
        Assert.That((refusal.Code, refusal.Field), Is.EqualTo(("agreement_invalid", field)));
    }

    // Both months of both members are paid: 3,600 and 3,360.
    private static async Task<Desk> Paid(string members)
    {
        var desk = await Desk.Open();
        var file = new AgreementDraft { Number = Number, Pack = "in-epf", Start = "2022-01-01", End = "2022-02-28", TimeZone = "Asia/Kolkata", Calendar = "pack", Liability = "debtor" }.Node();
        file["channel"]!["format"] = "ecr2";
        _ = (await new ImportAgreement(desk.Database).Run(Desk.Treasurer, file.ToJsonString(), CancellationToken.None)).Value;
        await Import(desk, members);
        _ = (await new GenerateSchedule(desk.Database).Run(Desk.Treasurer, new ScheduleRequest(Number, null, null, "2022-01-01"), CancellationToken.None)).Value;
        _ = (await desk.Submit(Number, "receipt_no,member_no,received_on,amount\n1,E1,2022-02-10,7200\n2,E2,2022-02-10,6720\n", "2022-02-15")).Value;
        await Drain(desk);
        return desk;
    }

    private static async Task Import(Desk desk, string members)
    {
        var path = desk.Place.Write("members.csv", Header + members);
        _ = (await new ImportMembers(desk.Database).Run(Desk.Treasurer, Number, (() => File.OpenRead(path), "members.csv"), CancellationToken.None)).Value;
    }

    private static async Task Settle(Desk desk, string asOf)
    {
        _ = (await new RunSettlement(desk.Database).Begin(Desk.Treasurer, new SettlementRequest(Number, asOf), CancellationToken.None)).Value;
        await Drain(desk);
    }

    private static async Task Drain(Desk desk) =>
        Assert.That(await new DirectDispatcher(desk.Database, MessageMap.Of(NoFund.Channels)).Drain(Desk.Treasurer, CancellationToken.None), Is.Empty);

    private static async Task<IReadOnlyList<StoredRemittance>> Remittances(Desk desk)
    {
        var agreement = await desk.Agreement(Number);
        return await desk.Read(work => work.Remittances.Of(agreement.Id));
    }

    private static async Task<List<StoredCase>> Cases(Desk desk)
    {
        var open = await desk.Read(work => work.Cases.List(new CaseFilter(Number, "declaration_incomplete", null)));
        return [.. open, .. await desk.Read(work => work.Cases.List(new CaseFilter(Number, "declaration_incomplete", "resolved")))];
    }

    private static async Task<string> Text(Desk desk, StoredRemittance remittance) =>
        System.Text.Encoding.ASCII.GetString([.. (await desk.Read(work => work.Remittances.Parts(remittance.Id))).SelectMany(part => part)]);
}

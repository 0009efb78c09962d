using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Proving;

/// <summary>The figures of the harvest: Ana, Luis and Rosa owe 38,600.00 a month; for January came 38,600.00, 20,000.00 and 50,000.00, of which 11,400.00 is February's.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReportTests
{
    private static readonly Actor Stranger = new("stranger", long.MaxValue);

    [TestCase("2021-02-16", "CR-2021-014,The cooperative,cosecha 2021,2021-01-01,2021-05-31,CRC,115800.00,97200.00,83.9")]
    [TestCase("2021-01-31", "")]
    public async Task The_rate_of_a_season_is_what_was_due_by_the_day_and_what_of_it_is_paid(string asOf, string row)
    {
        await using var harvest = await Harvest.Collected();
        Assert.That(await Rows(harvest, Reports.CollectionRate, asOf), Is.EqualTo(row));
    }

    [Test]
    public async Task Without_seasons_each_period_stands_for_itself_and_the_last_six_are_shown()
    {
        await using var harvest = await Harvest.Collected(Agreements.Coffee() with { Seasons = [] });
        var rate = (CollectionRate)await Asked(harvest, Reports.CollectionRate, "2021-08-31");
        Assert.That(rate.Seasons.Select(one => $"{one.Season.Name} {one.Due.ToMajor()} {one.Paid.ToMajor()}"), Is.EqualTo(new[]
        {
            "2021-02 115800.00 0.00", "2021-03 115800.00 0.00", "2021-04 115800.00 0.00", "2021-05 115800.00 0.00", "2021-06 115800.00 0.00", "2021-07 115800.00 0.00",
        }));
    }

    [Test]
    public async Task What_is_owed_is_sorted_by_the_days_since_it_was_due()
    {
        await using var harvest = await Harvest.Collected();
        Assert.That(await Rows(harvest, Reports.Ageing, "2021-05-20"), Is.EqualTo("CR-2021-014,The cooperative,CRC,0.00,0.00,347400.00,115800.00,18600.00,0.00,481800.00,481800.00,3,2021-02-15"));
    }

    [Test]
    public async Task Cases_are_counted_by_reason_with_what_they_are_about_and_how_old_they_are()
    {
        await using var harvest = await Harvest.Remitted();
        foreach (var line in new long[] { 1, 2, 4 })
        {
            await harvest.Say(AcknowledgementOutcome.Rejected, line);
            harvest.Desk.Clock.Move(TimeSpan.FromDays(3));
        }

        Assert.That(await Rows(harvest, Reports.Cases, null), Is.EqualTo("line_rejected,CRC,3,59880.00,6,9"));
    }

    [Test]
    public async Task The_days_from_the_cut_to_the_money_are_counted()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3, 4);
        var before = await Rows(harvest, Reports.Timeline, null);
        await harvest.Pay("77200.00");
        var report = await Asked(harvest, Reports.Timeline, null);
        var number = ((RemittanceTimeline)report).Remittances.Single().Remittance;
        Assert.That((before, Text(report.Table), Text(report.Summary!)), Is.EqualTo((
            $"CR-2021-014,{number},2021-02-05,CRC,77200.00,0,0,,", $"CR-2021-014,{number},2021-02-05,CRC,77200.00,0,0,5,5", "delivered,1,0,0\nacknowledged,1,0,0\npaid,1,5,5\nsettled,1,5,5")));
    }

    [TestCase("77200.00", "COOP,The cooperative,1,CRC,77200.00,77200.00,0.00,0.00,0.00")]
    [TestCase("70000.00", "COOP,The cooperative,1,CRC,77200.00,70000.00,0.00,7200.00,0.00")]
    [TestCase("80000.00", "COOP,The cooperative,1,CRC,77200.00,80000.00,0.00,0.00,2800.00")]
    [TestCase(null, "COOP,The cooperative,1,CRC,77200.00,0.00,77200.00,0.00,0.00")]
    public async Task What_the_bank_shows_is_held_against_what_was_payable(string? paid, string row)
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3, 4);
        if (paid is not null) await harvest.Pay(paid);
        Assert.That(await Rows(harvest, Reports.OverShort, null), Is.EqualTo(row));
    }

    [Test]
    public async Task Members_for_whom_something_was_paid_are_counted_among_all_of_the_season()
    {
        await using var harvest = await Harvest.With();
        _ = (await harvest.Post(Receipts.Csv(Harvest.January[0], Harvest.January[1]), "2021-01-31")).Value;
        Assert.That(await Rows(harvest, Reports.Coverage, "2021-02-16"), Is.EqualTo("CR-2021-014,The cooperative,cosecha 2021,2021-01-01,2021-05-31,3,2,66.6"));
    }

    [Test]
    public async Task A_season_of_one_zone_counts_only_members_of_that_zone()
    {
        SeasonDraft[] seasons = [new("valle", "valle", "2021-01", "2021-02"), new("sierra", "sierra", "2021-03", "2021-04")];
        await using var harvest = await Harvest.With(Agreements.Coffee() with { Seasons = seasons }, [Members.Pickers[0] with { Zone = "valle" }, Members.Pickers[1] with { Zone = "sierra" }, Members.Pickers[2] with { Zone = "sierra" }]);
        _ = (await harvest.Post(Receipts.Csv(Harvest.January[1]), "2021-03-31")).Value;
        Assert.That(await Rows(harvest, Reports.Coverage, "2021-06-16"), Is.EqualTo("CR-2021-014,The cooperative,valle,2021-01-01,2021-02-28,1,0,0\nCR-2021-014,The cooperative,sierra,2021-03-01,2021-04-30,2,1,50"));
    }

    [Test]
    public async Task What_the_bank_shows_is_told_by_month_and_by_how_it_was_placed()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3, 4);
        await harvest.Pay("77200.00");
        var report = await Asked(harvest, Reports.MatchQuality, "2021-03-01");
        Assert.That((Text(report.Table), report.Draw(Plain).Finding), Is.EqualTo((
            "2021-02,CRC,automatic,1,77200.00,100\n2021-02,CRC,suggestion,0,0.00,0\n2021-02,CRC,by_hand,0,0.00,0\n2021-02,CRC,not_ours,0,0.00,0\n2021-02,CRC,unmatched,0,0.00,0",
            "reports.match-quality.some(2020-10-01,77200.00,0.00,0.00,0.00,0.00)")));
    }

    [Test]
    public async Task A_sheet_is_late_from_the_day_after_its_period_was_due_and_what_was_paid_ahead_is_none()
    {
        await using var harvest = await Harvest.Collected();
        var (onTime, missing) = (await Rows(harvest, Reports.LateSheets, "2021-03-15"), await Asked(harvest, Reports.LateSheets, "2021-03-16"));
        _ = (await harvest.Post(Receipts.Csv(new Paid("R4", "A001", "2021-03-18", "38600.00")), "2021-03-20")).Value;
        var sent = await Asked(harvest, Reports.LateSheets, "2021-03-21");
        Assert.That((onTime, Text(missing.Table), Text(sent.Table)), Is.EqualTo((
            "", "2021-02,CR-2021-014,The cooperative,2021-03-15,1,not_sent,,CRC,115800.00", "2021-02,CR-2021-014,The cooperative,2021-03-15,5,sent_late,2021-03-20,CRC,115800.00")));
        Assert.That(Text((await Asked(harvest, Reports.LateSheets, "2021-03-16")).Table), Is.EqualTo(Text(missing.Table)), "what was sent later was not there on that day");
        Assert.That((missing.Draw(Plain).Finding, sent.Draw(Plain).Finding), Is.EqualTo(("reports.late-sheets.missing(1,115800.00,2021-03-15)", "reports.late-sheets.sent(1)")));
    }

    [TestCase(Reports.CollectionRate, "reports.collection-rate.below(cosecha 2021,reports.percent(83.9),115800.00,97200.00,95)", "cosecha 2021: reports.percent(83.9) · 97200.00; reports.collection-rate.target(95)")]
    [TestCase(Reports.Ageing, "reports.ageing.late(1,18600.00,2021-02-15)", "not_due: 104400.00; days_1_30: 18600.00; days_31_60: 0.00; days_61_90: 0.00; days_91_180: 0.00; days_over_180: 0.00")]
    [TestCase(Reports.Cases, "reports.cases.none()", "")]
    [TestCase(Reports.Timeline, "reports.timeline.unsettled(1)", "reports.timeline.way(2021-02-05,REM): acknowledged · reports.count_days(0)")]
    [TestCase(Reports.OverShort, "reports.over-short.some(0.00,0.00,77200.00)", "The cooperative: ")]
    [TestCase(Reports.Coverage, "reports.coverage.one(3,3,cosecha 2021)", "cosecha 2021: reports.percent(100) · reports.of(3,3)")]
    [TestCase(Reports.Custody, "reports.custody.some(2,31400.00,2021-01-16)", "0-7: 0.00; 8-30: 11400.00, reports.members(1); 31-60: 20000.00, reports.members(1); 61-90: 0.00; >90: 0.00")]
    [TestCase(Reports.MatchQuality, "reports.match-quality.none(2020-09-01)", "")]
    [TestCase(Reports.LateSheets, "reports.late-sheets.none(2021-02-16)", "")]
    public async Task The_sentence_and_the_drawing_say_what_the_table_says(string name, string finding, string drawn)
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3, 4);
        var figure = (await Asked(harvest, name, "2021-02-16")).Draw(Plain);
        var desc = System.Xml.Linq.XDocument.Parse(figure.Svg).Descendants().Single(one => one.Name.LocalName == "desc").Value;
        Assert.That((figure.Title, figure.Finding, System.Text.RegularExpressions.Regex.Replace(desc, @"REM-\d+", "REM")), Is.EqualTo(($"reports.{name}.title()", finding, drawn)));
    }

    [Test]
    public async Task Another_organisation_sees_nothing_of_it()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Rejected, 4);
        foreach (var name in Reports.Names)
        {
            var all = (await Reports.Run(harvest.Desk.Database, Stranger, (name, new ReportQuestion()), CancellationToken.None)).Value;
            var one = await Reports.Run(harvest.Desk.Database, Stranger, (name, new ReportQuestion(Harvest.Number)), CancellationToken.None);
            Assert.That((all.Table.Rows.Count, one.Refusal?.Code), Is.EqualTo((0, "agreement_unknown")), name);
        }
    }

    [TestCase("profit", 95, "report_unknown")]
    [TestCase(Reports.CollectionRate, 0, "target_out_of_range")]
    [TestCase(Reports.CollectionRate, 101, "target_out_of_range")]
    public async Task What_is_no_report_or_no_target_is_refused(string name, int target, string code)
    {
        await using var desk = await Desk.Open();
        Assert.That((await Reports.Run(desk.Database, Desk.Treasurer, (name, new ReportQuestion { TargetPercent = target }), CancellationToken.None)).Refusal?.Code, Is.EqualTo(code));
    }

    [TestCase(0, null)]
    [TestCase(1, "1 1")]
    [TestCase(2, "1 2")]
    [TestCase(3, "2 3")]
    [TestCase(10, "5 9")]
    [TestCase(11, "6 10")]
    public void Half_are_no_later_than_the_median_and_nine_of_ten_no_later_than_the_other(int remittances, string? days)
    {
        var crc = Currency.Of("CRC").Value;
        var timeline = new RemittanceTimeline(default, [.. Enumerable.Range(1, remittances).Reverse().Select(day => new TimedRemittance("", "", default, default, Money.Zero(crc), day, null, null, null))]);
        Assert.That(timeline.Lags[0] is { MedianDays: { } median, MostDays: { } most } ? $"{median} {most}" : null, Is.EqualTo(days));
    }

    // Every text as its key and what is put in.
    private static readonly Phrases Plain = new((key, arguments) => $"{key}({string.Join(',', arguments.Select(Cell))})") { Amount = amount => amount.ToMajor(), Word = (_, word) => word, Month = period => period };

    private static async Task<string> Rows(Harvest harvest, string name, string? asOf) => Text((await Asked(harvest, name, asOf)).Table);

    private static async Task<Report> Asked(Harvest harvest, string name, string? asOf) =>
        (await Reports.Run(harvest.Desk.Database, Desk.Treasurer, (name, new ReportQuestion(Harvest.Number, asOf)), CancellationToken.None)).Value;

    private static string Text(ReportTable table) => string.Join('\n', table.Rows.Select(row => string.Join(',', row.Select(Cell))));

    private static string Cell(object? cell) => cell switch { Money money => money.ToMajor(), DateOnly day => Values.Text(day), _ => $"{cell}" };
}

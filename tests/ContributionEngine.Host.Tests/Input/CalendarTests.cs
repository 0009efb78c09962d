using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Input;

/// <summary>The cut-offs of an agreement as a calendar lists them, and what a run says that sends nothing.</summary>
internal sealed class CalendarTests
{
    [Test]
    public async Task Each_cut_off_says_when_it_is_where_it_was_planned_and_why_it_was_moved()
    {
        using var place = await With("\"earliest\": \"08:30\", \"latest\": \"17:00\"");
        var listed = (await place.Json("agreement calendar CR-2021-014 --from 2021-03-22 --to 2021-04-05")).AsArray();
        Assert.That(listed.Select(one => one!.ToJsonString()), Is.EqualTo(new[]
        {
            """{"cutoff":"2021-03-22T14:30:00Z","day":"2021-03-22","moved_from":"2021-03-20T00:00:00Z","why":["after_latest"],"will_remit":null,"blocked":null}""",
            """{"cutoff":"2021-03-29T14:30:00Z","day":"2021-03-29","moved_from":"2021-03-27T00:00:00Z","why":["after_latest"],"will_remit":null,"blocked":null}""",
            """{"cutoff":"2021-04-05T14:30:00Z","day":"2021-04-05","moved_from":"2021-04-03T00:00:00Z","why":["not_a_banking_day","after_latest"],"will_remit":null,"blocked":null}""",
        }));
    }

    [Test]
    public async Task The_next_one_says_what_it_would_take()
    {
        using var place = await With("");
        place.Write("january.csv", Receipts.Csv(Prepared.January));
        await place.Ok(Prepared.Submit);
        var listed = (await place.Json("agreement calendar CR-2021-014")).AsArray();
        Assert.That((listed[0].At("will_remit.lines"), listed[0].At("will_remit.total"), listed[1].At("will_remit")), Is.EqualTo(("4", "77200.00", "")));
    }

    [Test]
    public async Task A_run_that_sends_nothing_says_what_it_carries_forward()
    {
        using var place = await With("\"min_amount\": \"100000.00\"");
        place.Write("january.csv", Receipts.Csv(Prepared.January));
        await place.Ok(Prepared.Submit);
        var run = await place.Run($"{Prepared.Settle} -o json");
        Assert.That((run.Exit, run.Json.At("nothing_due"), run.Json.At("carried_forward"), run.Error), Is.EqualTo((0, "true", "77200.00", run.Error)));
        Assert.That(run.Error, Does.Contain("CR-2021-014: 77200.00 CRC is less than a cut needs; it is carried forward to the next cut-off"));
    }

    [Test]
    public async Task A_dry_run_says_the_same_and_writes_nothing()
    {
        using var place = await With("\"min_amount\": \"100000.00\"");
        place.Write("january.csv", Receipts.Csv(Prepared.January));
        await place.Ok(Prepared.Submit);
        var run = await place.Json($"{Prepared.Settle} --dry-run");
        Assert.That((run.At("carried_forward"), (await place.Json("settlement list --agreement CR-2021-014")).AsArray().Count), Is.EqualTo(("77200.00", 0)));
    }

    private static async Task<Workplace> With(string terms)
    {
        var place = new Workplace();
        await place.Begin(Agreements.Coffee() with { Terms = terms }, Members.Pickers);
        return place;
    }
}

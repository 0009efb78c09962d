using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Month;

/// <summary>What stands at the end of <see cref="Month"/>.</summary>
internal sealed class MonthTests
{
    [Test]
    public async Task Every_remittance_of_it_is_settled_each_of_its_own_kind()
    {
        using var place = await Month.Ended();
        Assert.That((await place.Export("remittances")).Of("kind", "state", "lines", "total"), Is.EqualTo(new[]
        {
            "regular settled 6 115800.00", "supplementary settled 2 38600.00", "revised settled 2 55480.00",
        }));
    }

    [Test]
    public async Task Only_what_came_back_went_again_and_with_the_corrected_id()
    {
        using var place = await Month.Ended();
        var lines = await place.Export("remittance-lines");
        Assert.That(lines.Where("member_no", "A003").Of("national_id", "component", "amount", "outcome"), Is.EqualTo(new[]
        {
            "1-1003-0003 sem 17320.00 rejected", "1-1003-0003 ivm 21280.00 rejected", "1-1003-9999 sem 17320.00 accepted", "1-1003-9999 ivm 21280.00 accepted",
        }));
    }

    [Test]
    public async Task A_payment_that_the_bank_took_back_opened_the_remittance_again()
    {
        using var place = await Month.Ended();
        Assert.That(Table.Parse(place.Read("returned.csv")).Of("kind", "state"), Is.EqualTo(new[] { "regular returned", "supplementary settled", "revised settled" }));
    }

    [Test]
    public async Task What_is_proved_names_every_item_that_is_open()
    {
        using var place = await Month.Ended();
        var proof = await place.Json("verify");
        Assert.That(proof["open_items"]!.AsArray().Select(item => $"{item.At("kind")} {item.At("count")} {item.At("amount")}"), Is.EqualTo(new[]
        {
            "cases 1 21280.00", "claims 1 21280.00", "custody 2 38600.00", "state_share 4 66940.00", "unpaid 22 646520.00",
        }));
        Assert.That(proof.At("verify"), Is.EqualTo("ok"));
    }

    [Test]
    public async Task Schedule_receipts_fund_and_bank_tie_out_to_the_cent()
    {
        using var place = await Month.Ended();
        var tied = await place.Json($"report tie-out --agreement {Month.Number}");
        var whole = tied["rows"]!.AsArray()[0]!;
        Assert.That((tied.At("unexplained"), whole.At("schedule"), whole.At("receipts"), whole.At("fund"), whole.At("bank")), Is.EqualTo(("0.00", "856400.00", "188600.00", "171280.00", "171280.00")));
    }

    [Test]
    public async Task Late_money_was_booked_after_the_closed_month_and_a_closed_month_stays_as_it_was()
    {
        using var place = await Month.Ended();
        Assert.That((await place.Json($"period list --agreement {Month.Number}")).AsArray().Take(3).Select(month => $"{month.At("period")} {month.At("state")} {month.At("entries")}"), Is.EqualTo(new[]
        {
            "2021-01 closed 2", "2021-02 open 13", "2021-03 open 1",
        }));
    }

    [Test]
    public async Task The_shares_of_the_State_are_claimed_in_a_file_of_their_own()
    {
        using var place = await Month.Ended();
        await place.Ok($"claim export --agreement {Month.Number} --out claims.csv");
        Assert.That(place.Read("claims.csv").TrimEnd().Split('\n')[^1], Is.EqualTo("T,4,66940.00"));
    }
}

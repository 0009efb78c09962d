using ContributionEngine.Core;
using ContributionEngine.Messaging;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>A late rule that needs what somebody publishes by the month: no value, no charge, but a case; the value closes it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LateSeriesTests
{
    private static readonly AgreementDraft Coffee = Agreements.Coffee() with { Seasons = [new SeasonDraft("enero 2021", null, "2021-01", "2021-01")] };

    // «fine»: 2 % once. «interest»: the percent of March 2021, once.
    private static readonly LateRules Rules = new(["fine", "interest"], Late);

    [Test]
    public async Task A_kind_whose_value_is_missing_is_not_charged_and_the_others_are()
    {
        await using var desk = await Desk.With(Coffee, [Members.Pickers[0]]);
        await Charge(desk);
        Assert.That(await Charges(desk), Is.EqualTo(new[] { "surcharge sem 34640", "surcharge ivm 42560" }));
    }

    [Test]
    public async Task A_missing_value_opens_one_case_that_names_series_and_month_however_often_it_is_missed()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        await Charge(desk);
        await Charge(desk);
        Assert.That(await Cases(desk), Is.EqualTo(new[] { "series_missing selic 2021-03 open" }));
    }

    [Test]
    public async Task The_value_brings_the_charge_and_closes_the_case()
    {
        await using var desk = await Desk.With(Coffee, [Members.Pickers[0]]);
        await Charge(desk);
        await Enter(desk);
        await Charge(desk);
        Assert.That(await Charges(desk), Is.EqualTo(new[] { "surcharge sem 34640", "surcharge ivm 42560", "interest sem 17320", "interest ivm 21280" }));
        Assert.That(await Cases(desk), Is.EqualTo(new[] { "series_missing selic 2021-03 resolved" }));
        Assert.That(await desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task The_value_also_brings_the_charge_on_what_has_been_paid_since()
    {
        await using var desk = await Desk.With(Coffee, [Members.Pickers[0]]);
        await Charge(desk);
        _ = (await desk.Submit(Coffee.Number, Receipts.Csv(new Paid("R1", "A001", "2021-03-20", "38600.00")), "2021-03-31")).Value;
        Assert.That(await new DirectDispatcher(desk.Database, MessageMap.Of(NoFund.Channels)).Drain(Desk.Treasurer, CancellationToken.None), Is.Empty);
        await Charge(desk);
        Assert.That(await Cases(desk), Is.EqualTo(new[] { "series_missing selic 2021-03 open" }));
        await Enter(desk);
        await Charge(desk);
        Assert.That(await Charges(desk), Has.Some.EqualTo("interest ivm 21280"));
    }

    [Test]
    public async Task What_stands_is_left_while_a_value_is_missing()
    {
        await using var desk = await Desk.With(Coffee, [Members.Pickers[0]]);
        await Enter(desk);
        await Charge(desk);
        await Charge(desk, Rules with { Late = input => Late(input with { Series = (_, _) => null }) });
        Assert.That(await Charges(desk), Has.Exactly(4).Items);
    }

    private static Outcome<IReadOnlyList<LateCharge>> Late(LateInput input)
    {
        var charges = new List<LateCharge>();
        foreach (var kind in input.Kinds ?? ["fine", "interest"])
        {
            if ((kind == "fine" ? (Ratio)2 : input.Series("selic", Period.MonthOf(new DateOnly(2021, 3, 1)))) is not { } percent)
            {
                return Refusal.Input("missing_parameter", "series.selic.2021-03 is not given.") with { Field = "series.selic.2021-03" };
            }

            charges.AddRange(input.Principals.Select(principal => new LateCharge(
                principal.Id, kind, kind == "fine" ? ObligationClass.Surcharge : ObligationClass.Interest,
                new Money(Rounding.HalfUp.Apply(principal.Parts[0].Amount * percent), Currency.Of("CRC").Value), [new Step("rate", $"{percent} %", null)])));
        }

        return charges;
    }

    private static async Task Charge(Desk desk, LateRules? rules = null)
    {
        var agreement = await desk.Agreement(Coffee.Number);
        await desk.Database.Write(Desk.Treasurer, async work => await ChargeLate.By(rules ?? Rules, work, (await work.Agreements.GetToChange(agreement.Id), new AsOf(work.Now, new DateOnly(2021, 3, 31))), []), CancellationToken.None);
    }

    private static async Task Enter(Desk desk) => _ = (await new SetSeries(desk.Database).Run(Desk.Treasurer, new SeriesRequest("selic", "2021-03", "1", "bulletin", null), CancellationToken.None)).Value;

    private static async Task<IEnumerable<string>> Charges(Desk desk)
    {
        var agreement = await desk.Agreement(Coffee.Number);
        return (await desk.Read(work => work.Obligations.Of(agreement.Id))).Where(row => row.PrincipalId is not null).OrderBy(row => row.Id).Select(row => $"{row.Class} {row.Component} {row.Amount}").ToList();
    }

    private static Task<IReadOnlyList<string>> Cases(Desk desk) => desk.Read<IReadOnlyList<string>>(async work =>
    {
        var cases = new List<string>();
        await foreach (var row in work.Exports.Table("cases", null).Value.Rows) cases.Add($"{row[1]} {row[3]} {row[6]}");
        return cases;
    });
}

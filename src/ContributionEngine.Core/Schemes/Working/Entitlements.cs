namespace ContributionEngine.Core;

public abstract partial record EntitlementRule
{
    internal abstract Entitled Of(Cover cover);

    /// <summary>Figures and parameters that the rule names, by its member.</summary>
    internal virtual IEnumerable<(string Member, string? Figure, string? Parameter)> Names() => [];
}

public sealed partial record UnpaidAge
{
    internal override Entitled Of(Cover cover)
    {
        var asOf = cover.AsOf;
        var unpaid = cover.History.Select(row => (Due: row.NeededDay("due"), PaidOn: row.Day("paid_on"))).Where(row => row.Due < asOf && !(row.PaidOn <= asOf)).Select(row => row.Due).ToList();
        return new Entitled { Status = unpaid.Count > 0 && asOf > unpaid.Min().AddMonths(Months) ? Beyond : "covered" };
    }
}

public sealed partial record KOfN
{
    internal override IEnumerable<(string Member, string? Figure, string? Parameter)> Names() => [("parameter", null, Parameter)];

    internal override Entitled Of(Cover cover)
    {
        var chosen = cover.Facts.Word($"parameters.{Parameter}") ?? Immediate;
        if (chosen == Immediate) return new Entitled { Status = "covered" };
        if (chosen != Counted) throw cover.Facts.Fault($"parameters.{Parameter}");
        var day = cover.Facts.NeededDay("event_date");
        var last = Period.MonthOf(day);
        var first = last.First.AddMonths(1 - Window);
        var counted = cover.History.Select(row => (Month: row.NeededMonth("period"), PaidOn: row.Day("paid_on")))
            .Where(row => row.PaidOn < day && row.Month.First >= first && row.Month <= last).Select(row => row.Month).Distinct().Count();
        return new Entitled { Status = counted >= Needed ? "covered" : "not_covered", Counted = counted };
    }
}

public sealed partial record UnpaidRun
{
    internal override Entitled Of(Cover cover)
    {
        var asOf = cover.AsOf;
        var unpaid = cover.History.Select(row => (Month: row.NeededMonth("period"), PaidOn: row.Day("paid_on"))).GroupBy(row => row.Month)
            .Where(month => month.All(row => !(row.PaidOn <= asOf))).Select(month => month.Key).Order();
        var (longest, run, before) = (0, 0, default(Period));
        foreach (var month in unpaid)
        {
            run = run > 0 && before.Next() == month ? run + 1 : 1;
            (longest, before) = (Math.Max(longest, run), month);
        }

        return new Entitled { Counted = longest, Status = longest >= Months ? Beyond : "active" };
    }
}

public sealed partial record BoughtMonths
{
    internal override IEnumerable<(string Member, string? Figure, string? Parameter)> Names() => [("tolerance_per_payment", TolerancePerPayment, null), ("quota", null, Quota), ("quota_at_payment", null, QuotaAtPayment)];

    private const int Year = 12;

    internal override Entitled Of(Cover cover)
    {
        var quota = cover.MoneyParameter(Quota);
        if (quota.IsZero) throw cover.Facts.Fault($"parameters.{Quota}");
        var rows = cover.History.Select(row => (Month: row.NeededMonth("period"), Amount: cover.Amount(row))).ToList();
        if (rows.Select(row => row.Month.First.Year).Distinct().Count() > 1) throw cover.Facts.Fault("history");
        var sum = rows.Aggregate(Ratio.Zero, (paid, row) => paid + row.Amount) + (cover.Figure(TolerancePerPayment) * rows.Count);
        var covered = (int)Math.Min(Year, new Rounding(RoundingMode.Down, 1).Apply(sum / quota));
        var entitled = new Entitled { Credit = $"{covered}", CreditUnit = "month", Missing = Year - covered };
        if (!cover.Facts.Has("as_of")) return entitled;
        entitled = entitled with { AnswersBuyBack = true };
        if (rows.Count > 0 && cover.AsOf > new DateOnly(rows[0].Month.First.Year + 1, UntilMonth, UntilDay)) return entitled;
        return entitled with { BuyBack = cover.Minor(cover.MoneyParameter(QuotaAtPayment) * (Year - covered)) };
    }
}

public sealed partial record MinimumMonths
{
    internal override IEnumerable<(string Member, string? Figure, string? Parameter)> Names() => [("least", Least, null), ("ceiling", Ceiling, null)];

    internal override Entitled Of(Cover cover)
    {
        var (least, ceiling) = (cover.Figure(Least), cover.Figure(Ceiling));
        var rows = cover.History.Select(row => (Month: row.NeededMonth("period"), Base: cover.Amount(row, "base"))).ToList();
        if (rows.Select(row => row.Month.First.Year).Distinct().Count() > 1) throw cover.Facts.Fault("history");
        var full = rows.Where(row => row.Base >= least).ToList();
        var (shortRows, pool) = (rows.Where(row => row.Base < least).ToList(), Ratio.Zero);
        if (cover.Has(GroupFlag))
        {
            foreach (var row in shortRows) pool += row.Base;
            foreach (var row in cover.Has(ExcessFlag) ? full : []) pool += Ratio.Min(row.Base, ceiling) - least;
        }

        var extra = Math.Min(shortRows.Count, new Rounding(RoundingMode.Down, 1).Apply(pool / least));
        return new Entitled { Credit = $"{full.Count + extra}", CreditUnit = "month", Carry = cover.Minor(pool - (least * extra)) };
    }
}

public sealed partial record SeasonRoll
{
    internal override Entitled Of(Cover cover)
    {
        var month = Period.MonthOf(cover.AsOf);
        var zone = cover.Facts.NeededWord("member.zone");
        if (cover.Pack.File.Seasons.All(season => season.Zone != zone)) throw cover.Facts.Fault("member.zone");
        if (!cover.Pack.File.Seasons.Any(season => season.Zone == zone && season.Months.Contains(month.First.Month))) return new Entitled { Status = "out_of_season" };
        return new Entitled { Status = cover.History.Any(row => row.NeededMonth("period") == month) ? "covered" : "not_covered" };
    }
}

public sealed partial record SummedCredit
{
    internal override IEnumerable<(string Member, string? Figure, string? Parameter)> Names() => [("most_per_month", MostPerMonth, null)];

    internal override Entitled Of(Cover cover)
    {
        var most = cover.Figure(MostPerMonth);
        var months = cover.History.Select(row => (Month: row.NeededMonth("period"), Credit: row.NeededAmount("credit", Decimals))).GroupBy(row => row.Month);
        var sum = months.Aggregate(Ratio.Zero, (total, month) => total + Ratio.Min(most, month.Aggregate(Ratio.Zero, (credit, row) => credit + row.Credit)));
        return new Entitled { CreditUnit = Unit, Credit = Core.Decimals.Print(sum, Decimals) };
    }
}

public sealed partial record ActivityTest
{
    internal override IEnumerable<(string Member, string? Figure, string? Parameter)> Names() => [("none_from", NoneFrom, null), ("parameter", null, Parameter)];

    internal override Entitled Of(Cover cover) => cover.Parameter(Parameter) switch
    {
        "entry" => Entry(cover),
        "stay" => Stay(cover),
        _ => throw cover.Facts.Fault($"parameters.{Parameter}"),
    };

    private Entitled Entry(Cover cover)
    {
        var asOf = cover.AsOf;
        var days = (cover.Facts.Items("events") ?? []).Select(item => item.NeededWord("kind") == Event ? item.NeededDay("date") : throw item.Fault("kind"));
        var counted = days.Count(date => date >= asOf.AddDays(-Window) && date < asOf);
        return new Entitled { Counted = counted, Status = counted >= DaysNeeded ? "can_enter" : "cannot_enter" };
    }

    private Entitled Stay(Cover cover)
    {
        var rows = cover.History.Select(row => (Month: row.NeededMonth("period"), Days: row.NeededCount("real_days"), PaidOn: row.Day("paid_on"), Row: row)).OrderBy(row => row.Month).ToList();
        foreach (var row in rows.Where(row => row.Days > row.Month.Last.Day)) throw row.Row.Fault("real_days");
        if (rows.Count >= IdleMonths && rows.TakeLast(IdleMonths).All(row => row.Days == 0)) return new Entitled { Status = "excluded", Reason = "no_days" };
        var asOf = cover.AsOf;
        var none = cover.Figure(NoneFrom);
        var unpaid = rows.Count(row => Core.Decimals.HalfUp(Ratio.Of(row.Days * 100, row.Month.Last.Day), 2) < none && !(row.PaidOn <= asOf));
        return unpaid >= UnpaidMonths ? new Entitled { Status = "excluded", Reason = "unpaid_inactivity" } : new Entitled { Status = "included" };
    }
}

public sealed partial record EarliestAge
{
    internal override Entitled Of(Cover cover)
    {
        var (enrolled, born) = (cover.Facts.NeededDay("member.first_registered").AddMonths(MonthsEnrolled), cover.Facts.NeededDay("member.birth_date").AddMonths(MonthsOfAge));
        var from = enrolled < born ? enrolled : born;
        return new Entitled { EligibleFrom = from, Status = cover.AsOf >= from ? Status : "active" };
    }
}

public sealed partial record ShareOfYear
{
    internal override IEnumerable<(string Member, string? Figure, string? Parameter)> Names() => [("share", Share, null)];

    internal override Entitled Of(Cover cover)
    {
        var (asOf, period) = (cover.AsOf, cover.Facts.NeededMonth("period") with { Months = 12 });
        var need = Ratio.Of(cover.OwnTotal(period), cover.Pack.Currency.MinorPerMajor);
        var paid = cover.PaidBy(asOf);
        DateOnly? to = paid >= need ? period.Last : paid >= need * cover.Figure(Share) / 100 ? (period with { Months = MonthsOfShare }).Last : null;
        if (asOf < period.First || asOf > to) to = null;
        return new Entitled { Status = to is null ? "not_covered" : "covered", CoveredTo = to, AnswersCoveredTo = true };
    }
}

public sealed partial record HouseholdPaid
{
    internal override IEnumerable<(string Member, string? Figure, string? Parameter)> Names() => [("observation", null, Observation)];

    internal override Entitled Of(Cover cover)
    {
        var asOf = cover.AsOf;
        var months = Ratio.TryParse(cover.Parameter(Observation), 0, out var number) && number.Sign >= 0 && number.TryToLong(out var whole) && whole <= 1200 ? (int)whole : throw cover.Facts.Fault($"parameters.{Observation}");
        var registered = cover.Facts.NeededDay("member.first_registered");
        var need = Ratio.Of(cover.OwnTotal(new Period(Period.MonthOf(asOf).First, 12)), cover.Pack.Currency.MinorPerMajor);
        var status = cover.PaidBy(asOf) < need ? "suspended" : asOf < registered.AddMonths(months) ? "waiting" : "covered";
        return new Entitled { Status = status, CoveredBeneficiaries = status == "covered" ? cover.Facts.NeededCount("member.beneficiaries") : 0 };
    }
}

public sealed partial record CreditedDays
{
    internal override IEnumerable<(string Member, string? Figure, string? Parameter)> Names() => [("days", Days, null), ("credited", Credited, null)];

    internal override Entitled Of(Cover cover)
    {
        var sum = 0L;
        foreach (var row in cover.History)
        {
            var month = row.NeededMonth("period");
            cover.Figure(Days, month.First).TryToLong(out var whole);
            cover.Figure(Credited, month.First).TryToLong(out var credited);
            var paid = row.NeededCount("days_paid");
            if (paid > whole) throw row.Fault("days_paid");
            sum += paid == whole ? credited : paid;
        }

        return new Entitled { CreditUnit = "day", Credit = $"{sum}" };
    }
}

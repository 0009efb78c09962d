namespace ContributionEngine.Core;

/// <content>From the facts of a case to the base of an amount.</content>
internal sealed partial class Working
{
    private Ratio? income;
    private Ratio? fraction;
    private DateOnly? declaredFor;

    /// <summary>The income that counts: presumptive, declared for the month, or declared.</summary>
    public Ratio Income() => income ??= Presumptive() ?? (pack.File.Declarations is { } rule ? Declared(rule) : null) ?? Facts.NeededAmount("member.declared_income", pack.File.InputDecimals);

    private Ratio Base(PreparedSource of)
    {
        if (of.Rule.CeilingWhen is { } flag && Facts.Words("member.flags").Contains(flag))
        {
            if (steps is not null) TellLimit($"{flag}: the base is the ceiling", of.Ceiling!, Ceiling(of));
            return Ceiling(of);
        }

        var found = Source(of);
        if (of.IsShaped) found = Shaped(of, found);
        if (of.Floor is { } floor && !HasAny(of.Rule.FloorWaivedBy)) found = Floor(floor, found);
        if (of.Ceiling is not null) found = Capped(of, found);
        return of.IsFinished ? Finished(of, found) : found;
    }

    private Ratio Shaped(PreparedSource of, Ratio found)
    {
        if (of.Factor is { } factor) found *= Named(factor, "times");
        if (of.Rule.NotBelowZero && found.Sign < 0) found = Ratio.Zero;
        return of.Rule.Nearest is { } nearest ? Nearest(nearest, found) : found;
    }

    private Ratio Capped(PreparedSource of, Ratio found)
    {
        var ceiling = Ceiling(of);
        if (found <= ceiling) return found;
        if (steps is not null) TellLimit("ceiling of the base", of.Ceiling!, ceiling);
        return ceiling;
    }

    private Ratio Finished(PreparedSource of, Ratio found)
    {
        if (of.Rule.Days is { } days) found *= UnworkedShare(days);
        return of.Rounding is { } rounding ? Major(Rounded(found, rounding)) : found;
    }

    private Ratio Source(PreparedSource of)
    {
        var found = of.Rule.Source switch
        {
            IncomeSource.Income => Income(),
            IncomeSource.Events => current ?? Events.Sum,
            IncomeSource.Value => of.Value!.In(this),
            IncomeSource.Amount => Major(done[of.Of].Minor),
            IncomeSource.BaseOf => done[of.Of].Base,
            _ => ShortOf(of),
        };
        if (steps is not null) TellSource(of, found);
        return found;
    }

    private Ratio ShortOf(PreparedSource of)
    {
        var elsewhere = Elsewhere();
        if (pack.Prepared[of.Of].Base?.Ceiling is { } ceiling) elsewhere = Ratio.Min(elsewhere, ceiling.In(this));
        return Ratio.Max(of.Value!.In(this) - done[of.Of].Base - elsewhere, Ratio.Zero);
    }

    private Ratio Floor(Named named, Ratio found)
    {
        var floor = named.In(this);
        if (found >= floor) return found;
        if (steps is not null) TellLimit("floor of the base", named, floor);
        return floor;
    }

    private Ratio Ceiling(PreparedSource of)
    {
        var ceiling = of.Ceiling!.In(this);
        if (of.CeilingTimes is { } times) ceiling *= times.In(this);
        return of.Rule.AcrossCollectors ? Ratio.Max(ceiling - Elsewhere(), Ratio.Zero) : ceiling;
    }

    private Ratio Elsewhere()
    {
        var sum = Ratio.Zero;
        foreach (var row in Facts.Items("paid_elsewhere") ?? []) sum += row.NeededAmount("base", pack.File.InputDecimals);
        return sum;
    }

    private Ratio Nearest(NearestFraction rule, Ratio found)
    {
        var whole = pack.Name(rule.Whole).In(this);
        fraction = found.IsZero ? null : Ratio.One;
        if (found >= whole || found.IsZero) return found;
        var chosen = rule.Percents.MinBy(percent => Distance(percent / 100 * whole, found));
        fraction = chosen / 100;
        if (steps is not null) Tell($"nearest fraction: {chosen} % of {whole}", $"{chosen / 100 * whole}", pack.Name(rule.Whole).Source(this));
        return chosen / 100 * whole;
    }

    private static Ratio Distance(Ratio left, Ratio right) => left > right ? left - right : right - left;

    private Ratio UnworkedShare(UnworkedDays rule)
    {
        var all = DateTime.DaysInMonth(input.Period.First.Year, input.Period.First.Month);
        var enrolled = Facts.Count("member.enrolled_days") ?? all;
        if (enrolled > all) throw Facts.Fault("member.enrolled_days");
        var real = Facts.NeededCount("member.real_days");
        if (real > enrolled) throw Facts.Fault("member.real_days");
        if (enrolled == 0 || Decimals.HalfUp(Ratio.Of(real * 100, enrolled), 2) >= pack.Name(rule.NoneFrom).In(this)) return Ratio.Zero;
        var share = Ratio.Max((enrolled - (real * pack.Name(rule.Weight).In(this))) / all, Ratio.Zero);
        if (steps is not null) Tell($"{enrolled} days in the system, {real} worked, of {all}", $"{share}", pack.Name(rule.Weight).Source(this));
        return share;
    }

    private Ratio? Presumptive()
    {
        if (!pack.File.Agreement.UsesPresumptiveIncome) return null;
        Ratio? agreed = null;
        foreach (var change in Facts.Items("agreement.presumptive_changes") ?? [])
        {
            if (change.NeededDay("from") <= Day) agreed = change.NeededAmount("income", pack.File.InputDecimals);
        }

        agreed ??= Facts.Amount("agreement.presumptive_income", pack.File.InputDecimals);
        if (agreed is not null && steps is not null) Tell("presumptive income of the agreement", $"{agreed}");
        return agreed;
    }

    // The last declaration on or before the month counts; more changes in a calendar year than are allowed are refused.
    private Ratio? Declared(DeclarationRule rule)
    {
        if (Facts.Items("member.declarations") is not { Count: > 0 } rows) return null;
        var from = rows.Select(row => row.NeededDay("from")).ToList();
        var rising = from.Zip(from.Skip(1)).All(pair => pair.First < pair.Second);
        if (!rising || from.Skip(1).GroupBy(date => date.Year).Any(year => year.Count() > rule.ChangesPerYear)) throw Facts.Fault("member.declarations");
        var last = from.FindLastIndex(date => date <= (declaredFor ?? input.Period.First));
        return last < 0 ? throw Facts.Fault("member.declarations") : rows[last].NeededAmount("income", pack.File.InputDecimals);
    }
}

namespace ContributionEngine.Core;

/// <summary>
/// The arithmetic of one span: every fee, subtotal and component in order, each on what stands before it. One span after another
/// may be worked on the same bench.
/// </summary>
internal sealed partial class Working(Pack pack)
{
    private readonly Worked[] done = new Worked[pack.Items.Count];
    private CalculateInput input;
    private (DateOnly Day, int Stretch) figures;
    private List<Step>? steps;
    private CaseEvents? events;
    private Ratio? current;

    public Pack Pack => pack;

    public CaseFacts Facts => input.Facts;

    /// <summary>The day whose figures apply.</summary>
    public DateOnly Day => figures.Day;

    /// <summary>The stretch of unchanging figures that holds the day.</summary>
    public int Stretch => figures.Stretch;

    /// <summary>Field to blame when a figure does not hold on the day.</summary>
    public string MissingFigure { get; private set; } = "";

    private CaseEvents Events => events ??= CaseEvents.Of(pack, Facts, input.Period);

    /// <summary>Forgets the last span and takes up another.</summary>
    public void Take(CalculateInput next, (DateOnly Day, int Stretch) on)
    {
        Array.Clear(done);
        (input, figures, steps, events, current, MissingFigure) = (next, on, null, null, null, "period");
        (income, fraction, declaredFor, tenureMonth, lastRow) = (null, null, null, null, null);
    }

    /// <summary>False in a month out of season and in a paused one: nothing is due, nothing is missed.</summary>
    public bool IsDue()
    {
        if (pack.File.Events is not null) _ = Events;
        if (pack.File.Tenure is { } tenure)
        {
            _ = TenureMonth();
            if (tenure.Pauses && Paused().Contains(input.Period)) return false;
        }

        return pack.File.Seasons.Count == 0 || IsInSeason(Word("zone"));
    }

    private bool IsInSeason(string zone) => pack.File.Seasons.Any(season => season.Zone == zone && season.Months.Contains(input.Period.First.Month));

    public Calculation Run()
    {
        var (lines, fees) = (new Lines(pack.Components.Count), new Lines(pack.File.Fees.Count));
        for (var i = 0; i < done.Length; i++)
        {
            var (item, payer) = (pack.Prepared[i].Rule, pack.Prepared[i].Payer);
            if (pack.File.Separable && !IsAsked(item)) continue;
            steps = input.Explain ? [] : null;
            done[i] = Over(i, item);
            if (done[i].Minor == 0) continue;
            var line = new CalculatedLine(item, payer, new Money(done[i].Minor, pack.Currency), steps ?? Untold) { Place = i };
            if (item is FeeRule) fees.Add(line);
            else if (item is ComponentRule && IsAsked(item)) lines.Add(line);
        }

        return new Calculation(lines.All, fees.All) { Credit = Credit(), Solved = Solved(), Left = Left() };
    }

    /// <summary>One item on one month, span or event, from what was worked before it.</summary>
    private Worked Item(int at)
    {
        var item = pack.Prepared[at];
        MissingFigure = item.MissingFigure;
        foreach (var parameter in item.Parameters) _ = parameter.In(this);
        var times = Times(item);
        if (times == 0 || (item.Rule.When is { } when && !Holds(when)) || (item.Rule.Unless is { } unless && Holds(unless))) return default;
        var worked = Amount(item);
        if (times == 1) return worked;
        worked = worked with { Minor = checked(worked.Minor * times) };
        if (steps is not null) TellTimes(times, item.Rule.Times, worked.Minor);
        return worked;
    }

    private Worked Over(int i, ItemRule item)
    {
        if (item.Per == Per.Event) return EachEvent(i);
        if (item.Per == Per.Span || input.Period.Months == 1) return Item(i);
        if (pack.File.Declarations is not null && Facts.Has("member.declarations")) return EachMonth(i);
        var month = Item(i);
        if (month.Minor == 0) return month;
        month = month with { Minor = checked(month.Minor * input.Period.Months) };
        if (steps is not null) TellTimes(input.Period.Months, "months", month.Minor);
        return month;
    }

    // Items per event build on each other within the event, so all before this one are worked again for each.
    private Worked EachEvent(int upTo)
    {
        var (kept, trace, sum, count) = ((Worked[])done.Clone(), steps, default(Worked), 0);
        foreach (var one in Events.All)
        {
            if (one.IsTooSmall) continue;
            current = one.Signed;
            steps = null;
            for (var i = 0; i < upTo; i++) done[i] = pack.Items[i].Per == Per.Event ? Item(i) : kept[i];
            steps = trace;
            var worked = Item(upTo);
            sum = new Worked(checked(sum.Minor + worked.Minor), sum.Base + worked.Base);
            count++;
        }

        if (count > 1 && steps is not null) Tell($"sum of {count} events", pack.Print(sum.Minor));
        current = null;
        kept.CopyTo(done, 0);
        return sum;
    }

    private Worked EachMonth(int at)
    {
        var sum = default(Worked);
        for (var month = Period.MonthOf(input.Period.First); month.First <= input.Period.Last; month = month.Next())
        {
            (declaredFor, income, lastRow) = (month.First, null, null);
            if (steps is not null) Tell($"month {month}", "");
            var worked = Item(at);
            sum = new Worked(checked(sum.Minor + worked.Minor), sum.Base + worked.Base);
        }

        if (steps is not null) Tell($"sum of {input.Period.Months} months", pack.Print(sum.Minor));
        return sum;
    }

    private bool IsAsked(ItemRule item) => item is not ComponentRule || input.Components?.Contains(item.Id) != false;

    private long? Solved() => pack.SolveAt >= 0 ? done[pack.SolveAt].Minor : null;

    private long? Left()
    {
        if (pack.File.Events?.Prints is not { } prints) return null;
        var left = Events.SumMinor;
        for (var i = 0; i < done.Length; i++)
        {
            if (prints == "net_to_member" ? pack.Items[i] is ComponentRule : pack.Items[i] is FeeRule) left -= done[i].Minor;
        }

        return prints != "net_to_member" && pack.SolveAt is var at and >= 0 ? left - done[at].Minor - OnTop(pack.Prepared[at]) : left;
    }

    private string? Credit()
    {
        if (pack.File.Credits is not { } rule) return null;
        var value = rule.Kind == "fraction" ? fraction : pack.Name(rule.Figure!).In(this);
        return value is { } credited ? Decimals.Print(credited, rule.Decimals) : null;
    }

    // Lines are never more than there are items of their sort.
    private struct Lines(int most)
    {
        private readonly CalculatedLine[] all = most == 0 ? [] : new CalculatedLine[most];
        private int count;

        public readonly CalculatedLine[] All => count == all.Length ? all : all[..count];

        public void Add(CalculatedLine line) => all[count++] = line;
    }

    /// <summary>What was worked out for an item: the rounded amount and the base it came from.</summary>
    private readonly record struct Worked(long Minor, Ratio Base);
}

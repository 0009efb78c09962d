namespace ContributionEngine.Core;

/// <summary>The arithmetic of one span: every fee, subtotal and component in order, each on what stands before it.</summary>
internal sealed partial class Working(Pack pack, CalculateInput input, DateOnly day)
{
    private readonly Worked[] done = new Worked[pack.Items.Count];
    private List<Step>? steps;
    private CaseEvents? events;
    private Ratio? current;

    public Pack Pack => pack;

    public CaseFacts Facts => input.Facts;

    /// <summary>The day whose figures apply.</summary>
    public DateOnly Day => day;

    /// <summary>Field to blame when a figure does not hold on the day.</summary>
    public string MissingFigure { get; private set; } = "period";

    private CaseEvents Events => events ??= CaseEvents.Of(pack, Facts, input.Period);

    /// <summary>False in a month out of season and in a paused one: nothing is due, nothing is missed.</summary>
    public bool IsDue()
    {
        if (pack.File.Events is not null) _ = Events;
        if (pack.File.Tenure is { } tenure)
        {
            _ = TenureMonth();
            if (tenure.Pauses && Paused().Contains(input.Period)) return false;
        }

        if (pack.File.Seasons.Count == 0) return true;
        var zone = Word("zone");
        return pack.File.Seasons.Any(season => season.Zone == zone && season.Months.Contains(input.Period.First.Month));
    }

    public Calculation Run()
    {
        var (lines, fees) = (new List<CalculatedLine>(), new List<CalculatedLine>());
        for (var i = 0; i < done.Length; i++)
        {
            var item = pack.Items[i];
            if (pack.File.Separable && !IsAsked(item)) continue;
            steps = input.Explain ? [] : null;
            done[i] = Over(i, item);
            if (done[i].Minor == 0) continue;
            var line = new CalculatedLine(item, (Payer)Pack.PayerOf(item), new Money(done[i].Minor, pack.Currency), steps ?? []);
            if (item is FeeRule) fees.Add(line);
            else if (item is ComponentRule && IsAsked(item)) lines.Add(line);
        }

        return new Calculation(lines, fees) { Credit = Credit(), Solved = Solved(), Left = Left() };
    }

    /// <summary>One item on one month, span or event, from what was worked before it.</summary>
    private Worked Item(int at)
    {
        var item = pack.Items[at];
        MissingFigure = item.Times is { } counted && pack.Input(CountName(counted)) is { } counts ? counts.Path : "period";
        foreach (var name in pack.ParametersOf(at)) _ = pack.Name(name).In(this);
        var times = item.Times is null ? 1 : Times(item.Times);
        if (times == 0 || (item.When is { } when && !Holds(when)) || (item.Unless is { } unless && Holds(unless))) return default;
        var worked = Amount(item);
        if (times == 1) return worked;
        steps?.Add(new Step($"times {times} {item.Times?.Replace('_', ' ')}", pack.Print(checked(worked.Minor * times)), null));
        return worked with { Minor = checked(worked.Minor * times) };
    }

    private Worked Over(int i, ItemRule item)
    {
        if (item.Per == Per.Event) return EachEvent(i);
        if (item.Per == Per.Span || input.Period.Months == 1) return Item(i);
        if (pack.File.Declarations is not null && Facts.Has("member.declarations")) return EachMonth(i);
        var month = Item(i);
        if (month.Minor == 0) return month;
        steps?.Add(new Step($"times {input.Period.Months} months", pack.Print(checked(month.Minor * input.Period.Months)), null));
        return month with { Minor = checked(month.Minor * input.Period.Months) };
    }

    // Items per event build on each other within the event, so all before this one are worked again for each.
    private Worked EachEvent(int upTo)
    {
        var (kept, trace, sum) = ((Worked[])done.Clone(), steps, default(Worked));
        foreach (var one in Events.All)
        {
            if (one.IsTooSmall) continue;
            current = one.Signed;
            steps = null;
            for (var i = 0; i < upTo; i++) done[i] = pack.Items[i].Per == Per.Event ? Item(i) : kept[i];
            steps = trace;
            var worked = Item(upTo);
            sum = new Worked(checked(sum.Minor + worked.Minor), sum.Base + worked.Base);
        }

        current = null;
        kept.CopyTo(done, 0);
        return sum;
    }

    private Worked EachMonth(int at)
    {
        var sum = default(Worked);
        for (var month = Period.MonthOf(input.Period.First); month.First <= input.Period.Last; month = month.Next())
        {
            (declaredFor, income) = (month.First, null);
            steps?.Add(new Step($"month {month}", "", null));
            var worked = Item(at);
            sum = new Worked(checked(sum.Minor + worked.Minor), sum.Base + worked.Base);
        }

        return sum;
    }

    private bool IsAsked(ItemRule item) => item is not ComponentRule || input.Components?.Contains(item.Id) != false;

    private long? Solved() => SolveAt() is var at and >= 0 ? done[at].Minor : null;

    private int SolveAt()
    {
        for (var i = 0; i < done.Length; i++)
        {
            if (pack.Items[i].Amount is SolveAmount) return i;
        }

        return -1;
    }

    private long? Left()
    {
        if (pack.File.Events?.Prints is not { } prints) return null;
        var left = Events.SumMinor;
        for (var i = 0; i < done.Length; i++)
        {
            if (prints == "net_to_member" ? pack.Items[i] is ComponentRule : pack.Items[i] is FeeRule) left -= done[i].Minor;
        }

        return prints != "net_to_member" && SolveAt() is var at and >= 0 ? left - done[at].Minor - OnTop((SolveAmount)pack.Items[at].Amount) : left;
    }

    private string? Credit()
    {
        if (pack.File.Credits is not { } rule) return null;
        var value = rule.Kind == "fraction" ? fraction : pack.Name(rule.Figure!).In(this);
        return value is { } credited ? Decimals.Print(credited, rule.Decimals) : null;
    }

    /// <summary>What was worked out for an item: the rounded amount and the base it came from.</summary>
    private readonly record struct Worked(long Minor, Ratio Base);
}

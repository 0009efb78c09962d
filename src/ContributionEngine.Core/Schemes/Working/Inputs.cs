namespace ContributionEngine.Core;

/// <content>What a case says of the pack's inputs, its conditions and its tenure.</content>
internal sealed partial class Working
{
    private int? tenureMonth;
    private (ValueTable Table, int At)? lastRow;

    /// <summary>Path to blame for a table's key.</summary>
    public string PathOf(string key) => pack.Input(key)?.Path ?? (key == Keys.TenureMonth ? "member.first_registered" : "member.declared_income");

    /// <summary>Place of the row that the member falls in; -1: none. Columns of one table are mostly asked for one after another.</summary>
    public int RowOf(ValueTable table)
    {
        if (lastRow is { } known && ReferenceEquals(known.Table, table)) return known.At;
        var at = table.HasEdges ? table.RowAt(table.Key == Keys.Income ? Income() : TenureMonth()) : table.RowOf(Word(table.Key));
        lastRow = (table, at);
        return at;
    }

    /// <summary>A word of an input's closed list, given or found.</summary>
    public string Word(string name)
    {
        var rule = pack.Input(name)!;
        if (rule.MainByWorkers is { } column && Facts.Items("agreement.workers_by_activity") is { Count: > 0 } workers) return Main(rule, column, workers);
        if (Facts.Word(rule.Path) is { } word) return rule.Words.Contains(word) ? word : throw Facts.Fault(rule.Path);
        return ByAnnualIncome(rule) ?? rule.Default ?? throw Facts.Fault(rule.Path);
    }

    /// <summary>A count or percent within its limits, or its default.</summary>
    public Ratio Number(InputRule rule)
    {
        var given = rule.Kind == "percent" ? Facts.Percent(rule.Path) : Facts.Count(rule.Path) is { } count ? (Ratio)count : null;
        Ratio? fallback = rule.Default is { } text && Ratio.TryParse(text, 9, out var value) ? value : null;
        if ((given ?? fallback ?? throw Facts.Fault(rule.Path)) is var number && number == fallback) return number;
        return (rule.Least is { } least && number < least) || (rule.Most is { } most && number > most) ? throw Facts.Fault(rule.Path) : number;
    }

    /// <summary>Months since first registration, month 1 being its calendar month, without paused ones.</summary>
    public int TenureMonth()
    {
        if (tenureMonth is { } known) return known;
        var registered = Period.MonthOf(Facts.NeededDay("member.first_registered"));
        if (registered > Period.MonthOf(input.Period.First)) throw Facts.Fault("member.first_registered");
        var months = 1 + ((input.Period.First.Year - registered.First.Year) * 12) + input.Period.First.Month - registered.First.Month;
        if (pack.File.Tenure!.Pauses) months -= Paused().Count(month => month >= registered && month.First < input.Period.First);
        tenureMonth = months;
        return months;
    }

    private bool HasAny(IReadOnlyList<string> flags) => Facts.Words("member.flags") is { Count: > 0 } carried && flags.Any(carried.Contains);

    private HashSet<Period> Paused()
    {
        var texts = Facts.Words("member.paused_periods");
        return [.. texts.Select((text, i) => Period.TryParse(text, out var month) ? month : throw Facts.Fault($"member.paused_periods[{i}]"))];
    }

    private string? ByAnnualIncome(InputRule rule)
    {
        if (rule.ByAnnualIncome is not { } name || ((NamedColumn)pack.Name(name)).On(Day) is not { } table) return null;
        if (Facts.Amount("member.annual_income", pack.File.InputDecimals) is not { } income) return null;
        var column = name[(table.Id.Length + 1)..];
        return table.Rows.FirstOrDefault(row => income <= row.Values[column])?.Class ?? throw Facts.Fault("member.annual_income", "not_eligible");
    }

    private string Main(InputRule rule, string column, IReadOnlyList<CaseFacts> workers)
    {
        var table = ((NamedColumn)pack.Name(column)).On(Day) ?? throw new CaseFault("not_in_force", "period");
        var counted = workers.Select(row => (
            Word: row.NeededWord("activity") is var word && rule.Words.Contains(word) ? word : throw row.Fault("activity"),
            Workers: row.NeededCount("workers"))).ToList();
        return counted.GroupBy(row => row.Word)
            .OrderByDescending(group => group.Sum(row => (long)row.Workers))
            .ThenByDescending(group => table.Rows.First(row => row.Class == group.Key).Values[column[(table.Id.Length + 1)..]])
            .First().Key;
    }

    private int Times(PreparedItem item)
    {
        if (item.Counts is not { } counts) return 1;
        Number(counts).TryToLong(out var count);
        return checked((int)count + (item.IsPersons ? 1 : 0));
    }

    private bool Holds(ConditionRule rule) =>
        (rule.Flags.Count == 0 || HasAny(rule.Flags))
        && (rule.Input is null || rule.Is.Contains(Word(rule.Input)))
        && (rule.IncomeUpTo is not { } name || Income() <= pack.Name(name).In(this))
        && (rule.RegisteredBefore is not { } before || Facts.NeededDay("member.first_registered") < before);
}

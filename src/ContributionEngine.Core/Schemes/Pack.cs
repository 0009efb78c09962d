using System.Collections.Frozen;
using System.Globalization;

namespace ContributionEngine.Core;

/// <summary>A checked pack and what can be asked of it.</summary>
public sealed partial class Pack
{
    private static readonly FrozenDictionary<Enum, string> Words = new[] { typeof(Payer), typeof(SpanMode), typeof(Operation), typeof(RoundingMode), typeof(Liability), typeof(Shortfall), typeof(GoverningClock), typeof(ObligationClass), typeof(OpenKind) }
        .SelectMany(type => Enum.GetValues(type).Cast<Enum>()).ToFrozenDictionary(value => value, Spelled);

    /// <summary>No stretch of unchanging figures.</summary>
    internal const int NoStretch = -1;

    private readonly FrozenDictionary<string, Named> names;
    private readonly FrozenDictionary<string, int> places;
    private readonly DateOnly[] stretches;
    private readonly bool[] isInForce;
    private readonly Rounding rounding;

    internal Pack(PackFile file)
    {
        File = file;
        Currency = Currency.Of(file.Currency).Value;
        MinorPerMajor = Currency.MinorPerMajor;
        Calendar = new BankingCalendar(file.Pack, [.. file.Holidays.Dates.Order().Select(date => new Holiday(date, ""))], file.Holidays.SaturdayWorks);
        rounding = RoundingBy(file.Rounding);
        names = Naming.Of(file).ToFrozenDictionary();
        Items = [.. file.Fees, .. file.Subtotals, .. file.Components];
        places = Enumerable.Range(0, Items.Count).SelectMany(at => new[] { (Name: Items[at].Id, Place: at), (Name: $"{Items[at].Id}:{Word(PayerOf(Items[at]))}", Place: at) })
            .DistinctBy(item => item.Name).ToFrozenDictionary(item => item.Name, item => item.Place);
        Prepared = [.. Items.Select(item => new PreparedItem(this, item))];
        stretches = [DateOnly.MinValue, .. Changes(file).Distinct().Order()];
        isInForce = [.. stretches.Select(day => file.InForce.Count == 0 || file.InForce.Any(stretch => stretch.HoldsOn(day)))];
        SolveAt = Items.ToList().FindIndex(item => item.Amount is SolveAmount);
        ReadsCategory = Input("category") is null ? file.Inputs.FirstOrDefault(rule => rule is { Kind: "word", Name: not "zone", OfAgreement: false })?.Name : null;
        Deposits = [.. (file.Events?.Deposits ?? new Dictionary<string, string>()).Values.Distinct().Select(id => new ComponentRule(id, Payer.Member, Payer.Member, Payer.Organisation, new FlatAmount(id)))];
        EventKinds = file.Withholding is { } withholding ? [withholding.Event] : file.Events is { } events ? [.. events.Plus, .. events.Minus] : [];
        Flags = file.MemberFlags.ToFrozenSet();
        AsksFor = Asked().ToFrozenSet();
        CapsByYear = Items.Any(item => item.Amount.MostPerYear is not null);
        VariesByMonth = CapsByYear || file.Tenure is not null || file.Events is not null || file.Seasons.Count > 0 || file.Declarations is not null || Items.Any(item => item.Base?.Days is not null);
    }

    public string Id => File.Pack;

    public PackFile File { get; }

    public Currency Currency { get; }

    /// <summary>How many minor units make one major unit.</summary>
    internal long MinorPerMajor { get; }

    /// <summary>The pack's own dated holidays.</summary>
    public BankingCalendar Calendar { get; }

    /// <summary>In the pack's order, which is also the order of payment inside one period and class.</summary>
    public IReadOnlyList<ComponentRule> Components => File.Components;

    public IReadOnlySet<string> Flags { get; }

    /// <summary>Two months of one member can differ though income, facts and figures are the same.</summary>
    public bool VariesByMonth { get; }

    /// <summary>A fee depends on the fees of the calendar year before it.</summary>
    public bool CapsByYear { get; }

    /// <summary>Fees, subtotals, components: the order in which they are worked out.</summary>
    internal IReadOnlyList<ItemRule> Items { get; }

    /// <summary>The same, with what they name looked up.</summary>
    internal PreparedItem[] Prepared { get; }

    /// <summary>An enum value as packs and files spell it: <c>half_up</c>.</summary>
    public static string Word(Enum value) => Words.TryGetValue(value, out var word) ? word : Spelled(value);

    /// <summary>The mode that an agreement's parameters choose.</summary>
    public SpanMode ModeOf(IReadOnlyDictionary<string, string> parameters) =>
        parameters.TryGetValue("mode", out var word) ? File.Modes.First(mode => Word(mode) == word) : File.Modes[0];

    /// <summary>An amount printed with the pack's output decimals.</summary>
    public string Print(long minor)
    {
        for (var digits = Currency.Digits; digits > File.OutputDecimals; digits--) minor /= 10;
        return Money.ToMajor(minor, File.OutputDecimals);
    }

    /// <summary>What is missing, unknown or absurd among an agreement's parameters; empty when all is well.</summary>
    public IReadOnlyList<Refusal> CheckParameters(IReadOnlyDictionary<string, string> parameters)
    {
        var faults = new List<Refusal>();
        foreach (var rule in File.Parameters)
        {
            var field = $"parameters.{rule.Name}";
            if (!parameters.TryGetValue(rule.Name, out var value))
            {
                if (rule.Required) faults.Add(Refusal.Input("missing_parameter", $"{field}: pack {Id} needs it: {rule.Meaning}.") with { Field = field, Help = "Add it to the agreement's parameters." });
            }
            else if (!IsSane(rule, value))
            {
                faults.Add(Refusal.Input("invalid_input", $"{field}: «{value}» cannot be used: {rule.Meaning}.") with { Field = field, Value = value });
            }
        }

        foreach (var name in parameters.Keys.Where(name => !Knows(name)))
        {
            faults.Add(Refusal.Input("invalid_input", $"parameters.{name}: pack {Id} has no such parameter.") with { Field = $"parameters.{name}", Help = $"It has {string.Join(", ", File.Parameters.Select(rule => rule.Name))}." });
        }

        return [.. faults, .. Defaults(parameters).Where(item => !item.Rule.Words.Contains(item.Word)).Select(item => Refusal.Input("invalid_input", $"parameters.{item.Rule.Name}: «{item.Word}» is none of {string.Join(", ", item.Rule.Words)}.") with { Field = $"parameters.{item.Rule.Name}", Value = item.Word })];
    }

    /// <summary>Kinds of events that contributions are worked out on; empty for most packs.</summary>
    public IReadOnlyList<string> EventKinds { get; }

    /// <summary>Components whose amount is the event's own money.</summary>
    public IReadOnlyList<ComponentRule> Deposits { get; }

    /// <summary>How many places lines may have: those of the items, then those of the deposits.</summary>
    public int Places => Items.Count + Deposits.Count;

    /// <summary>What the pack asks about a member beyond income, beneficiaries, dependants, dates and flags.</summary>
    public IReadOnlySet<string> AsksFor { get; }

    /// <summary>What is wrong with a member's words, or null: a word that is none of an input's closed list.</summary>
    public Refusal? CheckWords(MemberFacts member)
    {
        foreach (var rule in File.Inputs.Where(rule => rule is { Kind: "word", OfAgreement: false }))
        {
            var word = rule.Name switch { "category" => member.Category, "zone" => member.Zone, _ => member.Others.GetValueOrDefault(rule.Name) ?? (rule.Name == ReadsCategory ? member.Category : null) };
            if (word is null || rule.Words.Contains(word)) continue;
            return Refusal.Input("invalid_input", $"“{word}” is no {rule.Name} of pack {Id}.") with { Field = rule.Name, Value = word, Help = $"Write one of {string.Join(", ", rule.Words)}." };
        }

        return null;
    }

    /// <summary>The lines of events whose own money is owed to the fund: savings, an instalment that the fund has asked for.</summary>
    internal IEnumerable<CalculatedLine> Deposited(IReadOnlyList<MemberEvent> events)
    {
        for (var i = 0; i < Deposits.Count; i++)
        {
            var own = events.Where(one => File.Events!.Deposits.GetValueOrDefault(one.Kind) == Deposits[i].Id).ToList();
            var sum = own.Aggregate(Ratio.Zero, (total, one) => total + one.Amount);
            if (sum.IsZero || !(sum * MinorPerMajor).TryToLong(out var minor)) continue;
            var step = new Step($"{own.Count.ToString(CultureInfo.InvariantCulture)} events", Print(minor), $"{File.Events!.Source} [{File.Events.Confidence}]");
            yield return new CalculatedLine(Deposits[i], Payer.Member, new Money(minor, Currency), [step]) { Place = Items.Count + i };
        }
    }

    internal InputRule? Input(string name) => File.Inputs.FirstOrDefault(rule => rule.Name == name);

    internal Named Name(string name) => names[name];

    internal Named? NameOrNone(string? name) => name is null ? null : names[name];

    internal Rounding RoundingOf(RoundingRule? rule) => rule is null ? rounding : RoundingBy(rule);

    /// <summary>Index of an item by id, or by <c>id:payer</c> where several share the id; -1 when there is none.</summary>
    internal int IndexOf(string name) => places.TryGetValue(name, out var at) ? at : -1;

    /// <summary>Index of the item that is solved for, or -1.</summary>
    internal int SolveAt { get; }

    /// <summary>First days of the stretches in which no figure changes; the first reaches back for ever.</summary>
    internal IReadOnlyList<DateOnly> Stretches => stretches;

    /// <summary>The stretch of unchanging figures that holds a day.</summary>
    internal int StretchOn(DateOnly day)
    {
        var at = stretches.Length - 1;
        while (at > 0 && stretches[at] > day) at--;
        return at;
    }

    /// <summary>The input that a member's category answers in a pack that knows no category; null: none.</summary>
    internal string? ReadsCategory { get; }

    /// <summary>Place of a component in the order of payment.</summary>
    public int OrderOf(ItemRule rule)
    {
        for (var i = 0; i < Components.Count; i++)
        {
            if (ReferenceEquals(Components[i], rule)) return i;
        }

        return Components.Count + Math.Max(Deposits.ToList().FindIndex(deposit => ReferenceEquals(deposit, rule)), 0);
    }

    internal static Payer PayerOf(ItemRule item) => item switch { ComponentRule component => component.Payer, FeeRule fee => fee.Payer, _ => Payer.Member };

    private static string Spelled(Enum value) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private IEnumerable<string> Asked()
    {
        var asked = File.Inputs.Where(rule => !rule.OfAgreement).Select(rule => rule.Name);
        if (File.Inputs.Any(rule => rule.ByAnnualIncome is not null)) asked = asked.Append("annual_income");
        if (File.Withholding is not null) asked = asked.Append("proven_periods");
        if (File.Tenure is { Pauses: true }) asked = asked.Append("paused_periods");
        return Items.Any(item => item.Base?.Days is not null) ? [.. asked, "real_days", "enrolled_days"] : asked;
    }

    // Days on which some figure begins or has ended.
    private static IEnumerable<DateOnly> Changes(PackFile file) =>
        file.Figures.Select(figure => (figure.From, figure.To)).Concat(file.Tables.Select(table => (table.From, table.To))).Concat(file.InForce.Select(stretch => ((Period?)stretch.From, stretch.To)))
            .SelectMany(piece => new[] { piece.Item1?.First, piece.Item2?.Next().First }).OfType<DateOnly>();

    private Rounding RoundingBy(RoundingRule rule)
    {
        (rule.Unit * Currency.MinorPerMajor).TryToLong(out var unit);
        return new Rounding(rule.Mode, unit);
    }

    // A word that all members of an agreement share may stand among its parameters.
    private IEnumerable<(InputRule Rule, string Word)> Defaults(IReadOnlyDictionary<string, string> parameters) =>
        File.Inputs.Where(rule => rule.Kind == "word" && parameters.ContainsKey(rule.Name) && File.Parameters.All(item => item.Name != rule.Name)).Select(rule => (rule, parameters[rule.Name]));

    private bool Knows(string name) => File.Parameters.Any(rule => rule.Name == name) || Input(name)?.Kind == "word";

    private bool IsSane(ParameterRule rule, string value) => rule.Kind switch
    {
        "day" => Whole(value, 1, 28),
        "count" => Whole(value, 0, int.MaxValue),
        "money" => Ratio.TryParse(value, File.InputDecimals, out var money) && money.Sign >= 0,
        "percent" => Ratio.TryParse(value, 6, out var percent) && percent.Sign >= 0 && percent <= 100,
        "mode" => File.Modes.Any(mode => Word(mode) == value),
        "choice" => rule.Choices.Contains(value),
        "identifier" => value.Length > 0 && char.IsAsciiDigit(value[^1]),
        _ => false,
    };

    private static bool Whole(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;
}

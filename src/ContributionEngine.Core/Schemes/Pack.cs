namespace ContributionEngine.Core;

/// <summary>A checked pack and what can be asked of it.</summary>
public sealed partial class Pack
{
    private readonly Dictionary<string, Figure[]> figures;

    internal Pack(PackFile file)
    {
        File = file;
        Currency = Currency.Of(file.Currency).Value;
        Calendar = new BankingCalendar(file.Pack, [.. file.Holidays.Dates.Order().Select(date => new Holiday(date, ""))]);
        figures = file.Figures.GroupBy(figure => figure.Id).ToDictionary(group => group.Key, group => group.ToArray());
        (file.Rounding.Unit * Currency.MinorPerMajor).TryToLong(out var unit);
        rounding = new Rounding(file.Rounding.Mode, unit);
    }

    public string Id => File.Pack;

    public PackFile File { get; }

    public Currency Currency { get; }

    /// <summary>The pack's own dated holidays.</summary>
    public BankingCalendar Calendar { get; }

    /// <summary>In the pack's order, which is also the order of payment inside one period and class.</summary>
    public IReadOnlyList<ComponentRule> Components => File.Components;

    public IReadOnlyList<string> Flags => File.MemberFlags;

    /// <summary>An enum value as packs and files spell it: <c>half_up</c>.</summary>
    public static string Word(Enum value) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

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

        foreach (var name in parameters.Keys.Where(name => File.Parameters.All(rule => rule.Name != name)))
        {
            faults.Add(Refusal.Input("invalid_input", $"parameters.{name}: pack {Id} has no such parameter.") with { Field = $"parameters.{name}", Help = $"It has {string.Join(", ", File.Parameters.Select(rule => rule.Name))}." });
        }

        return faults;
    }

    internal Figure? FigureOn(string id, DateOnly day) => figures[id].FirstOrDefault(figure => figure.HoldsOn(day));

    private bool IsSane(ParameterRule rule, string value) => rule.Kind switch
    {
        "day" => int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 28,
        "money" => Ratio.TryParse(value, File.InputDecimals, out var money) && money.Sign >= 0,
        "percent" => Ratio.TryParse(value, 6, out var percent) && percent.Sign >= 0 && percent <= 100,
        "mode" => File.Modes.Any(mode => Word(mode) == value),
        "choice" => rule.Choices.Contains(value),
        _ => false,
    };
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContributionEngine.Core;

namespace ContributionEngine.Core.Tests;

/// <summary>Invented members of any pack, within the limits that the pack itself declares; one seed always gives the same one.</summary>
internal sealed class RandomCase(Pack pack, int seed)
{
    private const int FirstYear = 2014;
    private const int LastYear = 2030;

    private readonly Random random = new(seed);

    private PackFile File => pack.File;

    /// <summary>A span that begins on a day for which the pack has figures.</summary>
    public Period Span()
    {
        var mode = File.Modes[random.Next(File.Modes.Count)];
        var (from, to) = (new DateOnly(FirstYear, 1, 1), new DateOnly(LastYear, 12, 1));
        if (File.InForce.Count > 0)
        {
            var stretch = File.InForce[random.Next(File.InForce.Count)];
            (from, to) = (stretch.From.First, stretch.To?.First ?? to);
            if (File.Withholding is not null) from = new DateOnly(to.Year, 2, 1); // What is withheld is owed since January.
        }

        var month = from.AddMonths(random.Next(Between(from, to) + 1));
        return new Period(month.AddMonths(-((month.Month - (File.YearBegins ?? month.Month) + 12) % (int)mode)), (int)mode);
    }

    /// <summary>The input of calculate, with everything that any rule of the pack may ask.</summary>
    public JsonObject Calculation()
    {
        var span = Span();
        var input = new JsonObject
        {
            ["period"] = $"{span}", ["mode"] = Pack.Word((SpanMode)span.Months), ["member"] = Member(span), ["agreement"] = Agreement(span), ["parameters"] = Parameters(),
        };
        if (File.Events is not null) input["events"] = Events(span, File.Withholding is null ? random.Next(1, 5) : 1);
        if (Items.Any(item => item.Base is { AcrossCollectors: true } or { Source: IncomeSource.ShortOf }) && random.Next(2) == 0) input["paid_elsewhere"] = new JsonArray(new JsonObject { ["base"] = Money(8_000) });
        if (Items.Any(item => item.Amount.MostPerYear is not null) && random.Next(2) == 0) input["already_charged"] = new JsonArray(new JsonObject { ["amount"] = Money(3_000) });
        return input;
    }

    /// <summary>Money of any size up to a most, small amounts as often as large ones.</summary>
    public string Money(double most = 10_000_000)
    {
        var major = (decimal)Math.Pow(most, random.NextDouble());
        return decimal.Round(major, File.InputDecimals).ToString(CultureInfo.InvariantCulture);
    }

    public JsonArray Events(Period span, int count)
    {
        var kinds = File.Events!.Plus.Concat(File.Events.Minus).ToList();
        return new JsonArray([.. Enumerable.Range(1, count).Select(i => Event($"e{i}", kinds[random.Next(kinds.Count)], span))]);
    }

    private IEnumerable<ItemRule> Items => [.. File.Fees, .. File.Subtotals, .. File.Components];

    private JsonObject Event(string id, string kind, Period span)
    {
        var happened = new JsonObject { ["id"] = id, ["date"] = Text(span.First.AddDays(random.Next(28))), ["kind"] = kind, ["amount"] = Money(500_000) };
        if (File.Events!.QuantityDecimals is not null) happened["quantity"] = $"{random.Next(10, 80)}.{random.Next(1000):000}";
        return happened;
    }

    private JsonObject Member(Period span)
    {
        var member = new JsonObject
        {
            ["declared_income"] = Money(),
            ["first_registered"] = Text(span.First.AddMonths(-random.Next(0, 72)).AddDays(random.Next(28))),
            ["real_days"] = random.Next(0, 28),
            ["flags"] = new JsonArray([.. File.MemberFlags.Where(_ => random.Next(3) == 0).Select(flag => JsonValue.Create(flag))]),
        };
        if (File.Seasons.Count > 0) member["zone"] = File.Seasons[random.Next(File.Seasons.Count)].Zone;
        foreach (var rule in File.Inputs.Where(rule => !rule.OfAgreement)) member[rule.Name] = Answer(rule);
        if (File.Declarations is not null && random.Next(2) == 0)
        {
            member["declarations"] = new JsonArray(Declaration(span.First.AddMonths(-1)), Declaration(span.First.AddMonths(random.Next(1, 12))));
        }

        return member;
    }

    private JsonObject Declaration(DateOnly from) => new() { ["from"] = Text(from), ["income"] = Money() };

    private JsonObject Agreement(Period span)
    {
        var agreement = new JsonObject { ["start"] = Text(File.InForce.Count > 0 ? File.InForce[^1].From.First : span.First) };
        if (File.Agreement.UsesPresumptiveIncome && random.Next(4) == 0) agreement["presumptive_income"] = Money();
        foreach (var rule in File.Inputs.Where(rule => rule.OfAgreement)) agreement[rule.Name] = Answer(rule);
        if (File.Eligibility.FirstOrDefault(rule => rule.LeastMembers is not null) is { } least) agreement["members"] = least.LeastMembers + random.Next(20);
        return agreement;
    }

    public JsonObject Parameters()
    {
        var parameters = new JsonObject();
        foreach (var rule in File.Parameters.Where(rule => rule.Kind != "mode" && (rule.Required || random.Next(2) == 0)))
        {
            parameters[rule.Name] = rule.Kind switch
            {
                "money" => Money(100_000),
                "percent" => $"{random.Next(0, 20)}.{random.Next(100):00}",
                "choice" => rule.Choices[random.Next(rule.Choices.Count)],
                "day" => $"{random.Next(1, 29)}",
                _ => $"{random.Next(1, 60)}",
            };
        }

        return parameters;
    }

    private JsonNode Answer(InputRule rule)
    {
        if (rule.Kind == "word") return rule.Words[random.Next(rule.Words.Count)];
        var least = rule.Least is { } number && number.TryToLong(out var whole) ? (int)whole : 0;
        return rule.Kind == "count" ? least + random.Next(5) : rule.Least is { } percent && rule.Most is { } most ? $"{Ratio.Min(most, percent + random.Next(5))}" : "1";
    }

    private static int Between(DateOnly from, DateOnly to) => Math.Max(0, ((to.Year - from.Year) * 12) + to.Month - from.Month);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A case put to a pack, by the same way as the files of cases.</summary>
internal static class Asked
{
    public static JsonElement Element(this JsonNode node) => JsonSerializer.SerializeToElement(node);

    /// <summary>The printed result, or null when the case is refused.</summary>
    public static JsonElement? Printed(this Pack pack, Operation operation, JsonNode input)
    {
        try
        {
            return JsonSerializer.SerializeToElement(new CaseOperations(pack).Run(operation, input.Element()));
        }
        catch (CaseFault)
        {
            return null;
        }
    }

    /// <summary>The lines with their arithmetic, or a refusal.</summary>
    public static Outcome<Calculation> Lines(this Pack pack, JsonObject input)
    {
        Period.TryParse((string?)input["period"], out var month);
        var months = (int)pack.File.Modes.First(mode => Pack.Word(mode) == (string?)input["mode"]);
        return pack.Calculate(new CalculateInput { Period = month with { Months = months }, Facts = new JsonCase(input.Element(), ""), Explain = true });
    }

    /// <summary>Lines and fees of one payer, or of all.</summary>
    public static long Total(this Calculation calculation, Payer? payer = null) =>
        calculation.Lines.Concat(calculation.Fees).Where(line => payer is null || line.Payer == payer).Sum(line => line.Amount.Minor);

    /// <summary>Lines as text, each component and payer once.</summary>
    public static string Told(this Calculation calculation) =>
        string.Join("; ", calculation.Lines.Concat(calculation.Fees).Select(line => $"{line.Rule.Id} {line.Payer} {line.Withheld} {line.Amount.Minor}").Append($"left {calculation.Left}, solved {calculation.Solved}"));
}

using System.Globalization;
using System.Text.Json;

namespace ContributionEngine.Core;

/// <summary>The five operations of a case: input read strictly, the pack asked, the answer in the result's form.</summary>
internal sealed class CaseOperations(Pack pack)
{
    private const int InstalmentsMax = 10_000;

    private readonly int decimals = pack.File.InputDecimals;

    public object Run(Operation operation, JsonElement input)
    {
        if (!pack.File.Operations.Contains(operation)) throw new CaseFault("unsupported", Pack.Word(operation));
        if (input.ValueKind != JsonValueKind.Object) throw new CaseFault("invalid_input", Pack.Word(operation));
        var facts = new JsonCase(input, "");
        return operation switch
        {
            Operation.Calculate => Calculate(facts),
            Operation.Due => Due(facts),
            Operation.Late => Late(facts),
            Operation.Allocate => Allocate(facts),
            _ => Entitlement(facts),
        };
    }

    private Dictionary<string, object?> Calculate(JsonCase facts)
    {
        var result = Value(pack.Calculate(new CalculateInput
        {
            Period = pack.File.Withholding is null ? Span(facts, pack.File.Modes) : default,
            Facts = facts,
            Components = facts.Has("components") ? facts.Words("components") : null,
        }));
        var lines = Summed(result.Lines);
        var printed = new Dictionary<string, object?>
        {
            ["lines"] = lines.Select(line => new { component = line.Id, payer = line.Payer, amount = pack.Print(line.Minor) }),
            ["totals"] = lines.GroupBy(line => line.Payer).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => pack.Print(group.Sum(line => line.Minor))),
        };
        if (pack.File.Fees.Count > 0) printed["fees"] = Summed(result.Fees).Select(fee => new { fee = fee.Id, payer = fee.Payer, amount = pack.Print(fee.Minor) });
        if (pack.File.Credits is { } credits) printed["credits"] = result.Credit is { } credit ? new[] { new { unit = credits.Unit, value = credit } } : [];
        if (result.Solved is { } solved) printed[pack.Items.First(item => item.Amount is SolveAmount).Id] = pack.Print(solved);
        if (result.Left is { } left) printed[pack.File.Events?.Prints ?? "net_to_member"] = pack.Print(left);
        if (pack.File.Instalments && facts.Has("instalments")) printed["instalments"] = Instalments(facts, result.Lines.Where(line => line.Payer == Payer.Member).Sum(line => line.Amount.Minor));
        return printed;
    }

    private static List<(string Id, string Payer, long Minor)> Summed(IReadOnlyList<CalculatedLine> lines) =>
    [
        .. lines.GroupBy(line => (line.Rule.Id, Payer: Pack.Word(line.Payer)))
            .Select(group => (group.Key.Id, group.Key.Payer, Minor: group.Sum(line => line.Amount.Minor))).Where(line => line.Minor != 0)
            .OrderBy(line => line.Id, StringComparer.Ordinal).ThenBy(line => line.Payer, StringComparer.Ordinal),
    ];

    private IEnumerable<string> Instalments(JsonCase facts, long total)
    {
        var count = facts.NeededCount("instalments");
        if (count is < 1 or > InstalmentsMax) throw facts.Fault("instalments");
        var unit = pack.RoundingOf(null).Unit;
        return Split.Evenly(total / unit, count).Select(part => pack.Print(part * unit));
    }

    private object Due(JsonCase facts)
    {
        var period = pack.IsDueByEvent ? default : Span(facts, pack.DueModes);
        return new
        {
            due = Value(pack.Due(period, facts)).Select(item =>
            {
                var printed = new Dictionary<string, object> { ["item"] = item.Item, ["date"] = Text(item.Date) };
                if (item.Amount is { } amount) printed["amount"] = pack.Print(amount.Minor);
                return printed;
            }),
        };
    }

    private object Late(JsonCase facts)
    {
        var paidOn = facts.NeededDay("paid_on");
        var charges = Value(pack.Late(new LateInput
        {
            Principals = [.. facts.NeededItems("principals").Select(item => new LatePrincipal(item.NeededWord("id"), item.Word("component") ?? "", item.NeededDay("due"), [new LatePart(paidOn, item.NeededAmount("amount", decimals))]))],
            Flags = facts.Words("flags"),
            Kinds = facts.Has("kinds") ? facts.Words("kinds") : null,
            Parameters = pack.File.Late.Where(rule => rule.RateParameter is not null && facts.Has($"parameters.{rule.RateParameter}")).ToDictionary(rule => rule.RateParameter!, rule => facts.NeededWord($"parameters.{rule.RateParameter}")),
            Series = (series, month) => facts.Percent($"series.{series}.{month}"),
        }));
        return new
        {
            charges = charges.Select(charge => new { principal = charge.Principal, kind = charge.Kind, amount = pack.Print(charge.Amount.Minor) }),
            total = pack.Print(charges.Sum(charge => charge.Amount.Minor)),
        };
    }

    private object Allocate(JsonCase facts)
    {
        var rule = pack.File.Allocation!;
        Period? named = rule.Steps.Any(step => step.NamedPeriod) ? facts.NeededMonth("payment.period") : null;
        var payment = Minor(facts, "payment.amount");
        var open = facts.NeededItems("open").Select(item => Open(item, rule)).ToList();
        var spread = Value(pack.Allocate(payment, named, open));
        var paid = spread.Parts.ToDictionary(part => part.Id, part => part.Minor);
        return new
        {
            allocations = spread.Parts.Select(part => new { id = part.Id, amount = pack.Print(part.Minor) }),
            left_over = pack.Print(spread.LeftOver),
            remaining = open.Where(item => item.Minor > paid.GetValueOrDefault(item.Id)).OrderBy(item => item.Id, StringComparer.Ordinal)
                .Select(item => new { id = item.Id, amount = pack.Print(item.Minor - paid.GetValueOrDefault(item.Id)) }),
        };
    }

    // Only what the pack's steps sort and sift by is read.
    private OpenItem Open(CaseFacts item, AllocationRule rule)
    {
        var steps = rule.Steps;
        var sorts = steps.SelectMany(step => step.Order).ToHashSet();
        return new OpenItem(item.NeededWord("id"), Minor(item, "amount"))
        {
            Member = steps.Any(step => step.Spread == Spread.WholeMemberFirst) ? item.NeededWord("member") : null,
            Kind = Listed(item, "kind", OpenKind.Principal),
            Component = rule.Components.Count == 0 ? null : Component(item, rule),
            Payer = steps.Any(step => step.Payer is not null) && item.Has("payer") ? Listed(item, "payer", Payer.Employer) : null,
            Due = sorts.Contains(SpreadKey.Due) ? item.NeededDay("due") : default,
            Period = steps.Any(step => step.NamedPeriod) ? item.NeededMonth("period") : null,
        };
    }

    private static string? Component(CaseFacts item, AllocationRule rule) =>
        item.Word("component") is not { } word || rule.Components.Contains(word) ? item.Word("component") : throw item.Fault("component");

    private static T Listed<T>(CaseFacts item, string path, T fallback)
        where T : struct, Enum
    {
        if (item.Word(path) is not { } word) return fallback;
        foreach (var value in Enum.GetValues<T>())
        {
            if (Pack.Word(value) == word) return value;
        }

        throw item.Fault(path);
    }

    private Dictionary<string, object?> Entitlement(JsonCase facts)
    {
        if (facts.Has("mode")) Span(facts, pack.File.Modes);
        var found = Value(pack.Entitlement(facts));
        var printed = new Dictionary<string, object?>();
        Add(printed, "status", found.Status);
        Add(printed, "reason", found.Reason);
        Add(printed, "counted", found.Counted);
        if (found.Credit is { } credit) printed["credit"] = new { unit = found.CreditUnit, value = credit };
        Add(printed, "carry", found.Carry is { } carry ? pack.Print(carry) : null);
        Add(printed, "missing", found.Missing);
        if (found.AnswersBuyBack) printed["buy_back"] = found.BuyBack is { } price ? pack.Print(price) : null;
        if (found.AnswersCoveredTo) printed["covered_to"] = found.CoveredTo is { } to ? Text(to) : null;
        Add(printed, "covered_beneficiaries", found.CoveredBeneficiaries);
        Add(printed, "eligible_from", found.EligibleFrom is { } from ? Text(from) : null);
        return printed;
    }

    private static void Add(Dictionary<string, object?> printed, string name, object? value)
    {
        if (value is not null) printed[name] = value;
    }

    private static Period Span(JsonCase facts, IReadOnlyList<SpanMode> modes)
    {
        var mode = modes[0];
        if (facts.Word("mode") is { } word)
        {
            if (!modes.Any(offered => Pack.Word(offered) == word)) throw facts.Fault("mode");
            mode = modes.First(offered => Pack.Word(offered) == word);
        }

        return facts.NeededMonth("period") with { Months = (int)mode };
    }

    private long Minor(CaseFacts facts, string path) => (facts.NeededAmount(path, decimals) * pack.Currency.MinorPerMajor).TryToLong(out var minor) ? minor : throw facts.Fault(path);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static T Value<T>(Outcome<T> outcome) => outcome.Ok(out var value, out var refusal) ? value : throw new CaseFault(refusal.Code, refusal.Field ?? "");
}

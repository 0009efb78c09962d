namespace ContributionEngine.Core;

/// <summary>The five operations of a case: input read strictly, the pack asked, the answer in the result's form.</summary>
internal sealed class CaseOperations(Pack pack)
{
    private static readonly string[] ModeWords = ["month", "quarter", "semester", "year"];

    private readonly int decimals = pack.File.InputDecimals;

    public object Run(string operation, CaseNode input) => operation switch
    {
        "calculate" => Calculate(input),
        "due" => Due(input),
        "late" => Late(input),
        "allocate" => Allocate(input),
        _ => Entitlement(input),
    };

    private object Calculate(CaseNode input)
    {
        var (period, mode) = Span(input);
        var components = input["components"];
        var terms = Terms(input["agreement"]);
        var needsIncome = terms.Presumptive is null && terms.Changes.All(change => change.From > period.Last) && !CeilingFlag(input["member"]["flags"]);
        var result = Value(pack.Calculate(new CalculateInput
        {
            Period = period,
            Mode = mode,
            AgreementStart = terms.Start,
            PresumptiveIncome = terms.Presumptive,
            PresumptiveChanges = terms.Changes,
            Components = components.IsAbsent ? null : components.Texts(),
            Member = new MemberFacts { DeclaredIncome = !needsIncome || input["member"]["declared_income"].IsAbsent ? Lenient(input["member"]["declared_income"]) : input["member"]["declared_income"].Amount(decimals), Flags = input["member"]["flags"].Texts() },
        }));
        var lines = result.Lines.GroupBy(line => (line.Component.Id, Payer: Pack.Word(line.Component.Payer)))
            .OrderBy(group => group.Key.Id, StringComparer.Ordinal).ThenBy(group => group.Key.Payer, StringComparer.Ordinal)
            .Select(group => (group.Key.Id, group.Key.Payer, Minor: group.Sum(line => line.Amount.Minor))).ToList();
        return new
        {
            lines = lines.Select(line => new { component = line.Id, payer = line.Payer, amount = pack.Print(line.Minor) }),
            totals = lines.GroupBy(line => line.Payer).ToDictionary(group => group.Key, group => pack.Print(group.Sum(line => line.Minor))),
        };
    }

    private object Due(CaseNode input)
    {
        if (pack.File.Due.Count == 0) throw new CaseFault("unsupported", "due");
        var (period, mode) = Span(input);
        return new { due = Value(pack.Due(period, mode)).Select(item => new { item = item.Item, date = item.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }) };
    }

    private object Late(CaseNode input)
    {
        if (pack.File.Late.Count == 0) throw new CaseFault("unsupported", "late");
        var paidOn = input["paid_on"].Day();
        if (input["principals"].IsAbsent) throw input["principals"].Fault();
        var principals = input["principals"].Items().Select(item => new LatePrincipal(
            item["id"].Text(), item["component"].TextOrNull() ?? "", item["due"].Day(), [new LatePart(paidOn, item["amount"].Amount(decimals))])).ToList();
        var charges = Value(pack.Late(new LateInput
        {
            Principals = principals,
            Flags = input["flags"].Texts(),
            Kinds = input["kinds"].IsAbsent ? null : input["kinds"].Texts(),
            Parameters = Parameters(input["parameters"]),
        }));
        return new
        {
            charges = charges.Select(charge => new { principal = charge.Principal, kind = charge.Kind, amount = pack.Print(charge.Amount.Minor) }),
            total = pack.Print(charges.Sum(charge => charge.Amount.Minor)),
        };
    }

    private object Allocate(CaseNode input)
    {
        if (pack.File.Allocation is null) throw new CaseFault("unsupported", "allocate");
        var payment = Minor(input["payment"]["amount"]);
        if (input["open"].IsAbsent) throw input["open"].Fault();
        var open = input["open"].Items().Select(item => new OpenItem(item["id"].Text(), item["member"].Text(), Minor(item["amount"]))).ToList();
        var spread = Value(pack.Allocate(payment, open));
        var paid = spread.Parts.ToDictionary(part => part.Id, part => part.Minor);
        return new
        {
            allocations = spread.Parts.Select(part => new { id = part.Id, amount = pack.Print(part.Minor) }),
            left_over = pack.Print(spread.LeftOver),
            remaining = open.Where(item => item.Minor > paid.GetValueOrDefault(item.Id)).OrderBy(item => item.Id, StringComparer.Ordinal)
                .Select(item => new { id = item.Id, amount = pack.Print(item.Minor - paid.GetValueOrDefault(item.Id)) }),
        };
    }

    private object Entitlement(CaseNode input)
    {
        if (pack.File.Entitlement is null) throw new CaseFault("unsupported", "entitlement");
        var parameters = Parameters(input["parameters"]);
        var needsHistory = pack.EntitlementNeedsDay(parameters);
        var day = needsHistory ? input[pack.EntitlementDay] : default;
        var history = needsHistory ? input["history"].Items().Select(History).ToList() : [];
        var found = Value(pack.Entitlement(new EntitlementInput(needsHistory && !UnknownRule(parameters) ? day.Day() : default, history, parameters)));
        return found.Counted is { } counted ? new { status = found.Status, counted } : new { status = found.Status };
    }

    private HistoryRow History(CaseNode row) => pack.File.Entitlement!.Kind == "k_of_n"
        ? new HistoryRow(row["period"].Month(), null, row["paid_on"].IsAbsent ? null : row["paid_on"].Day())
        : new HistoryRow(null, row["due"].Day(), row["paid_on"].IsAbsent ? null : row["paid_on"].Day());

    private bool UnknownRule(IReadOnlyDictionary<string, string> parameters) =>
        pack.File.Entitlement is { RuleParameter: { } name } rule && parameters.TryGetValue(name, out var chosen) && chosen != rule.CountedValue && chosen != rule.ImmediateValue;

    private (Period Period, SpanMode Mode) Span(CaseNode input)
    {
        var word = input["mode"].TextOrNull();
        if (word is not null && !ModeWords.Contains(word)) throw new CaseFault("invalid_input", "mode");
        var mode = word is null ? pack.File.Modes[0] : Enum.Parse<SpanMode>(word, ignoreCase: true);
        if (!pack.File.Modes.Contains(mode)) throw new CaseFault("invalid_input", "mode");
        return (input["period"].Month() with { Months = (int)mode }, mode);
    }

    private (DateOnly? Start, Ratio? Presumptive, IReadOnlyList<(DateOnly From, Ratio Income)> Changes) Terms(CaseNode agreement)
    {
        if (agreement.IsAbsent || !pack.File.Agreement.UsesPresumptiveIncome) return (null, null, []);
        var presumptive = agreement["presumptive_income"];
        return (
            agreement["start"].Day(),
            presumptive.IsAbsent ? null : presumptive.Amount(decimals),
            [.. agreement["presumptive_changes"].Items().Select(change => (change["from"].Day(), change["income"].Amount(decimals)))]);
    }

    // Malformed input that a case does not need is not looked at.
    private Ratio? Lenient(CaseNode income) =>
        income.Element is { ValueKind: System.Text.Json.JsonValueKind.String } text && Ratio.TryParse(text.GetString(), decimals, out var value) && value.Sign >= 0 ? value : null;

    private bool CeilingFlag(CaseNode flags) => flags.Texts().Any(flag => pack.Components.All(component => component.Base?.CeilingWhen == flag));

    private long Minor(CaseNode amount) => (amount.Amount(decimals) * pack.Currency.MinorPerMajor).TryToLong(out var minor) ? minor : throw amount.Fault();

    private static Dictionary<string, string> Parameters(CaseNode parameters)
    {
        if (parameters.Element is not { } element) return [];
        if (element.ValueKind != System.Text.Json.JsonValueKind.Object) throw parameters.Fault();
        return element.EnumerateObject().Where(item => item.Value.ValueKind != System.Text.Json.JsonValueKind.Null).ToDictionary(item => item.Name, item => parameters[item.Name].Text());
    }

    private static T Value<T>(Outcome<T> outcome) => outcome.Ok(out var value, out var refusal) ? value : throw new CaseFault(refusal.Code, refusal.Field ?? "");
}

namespace ContributionEngine.Core;

/// <summary>What a member's payments give her; only what the pack's rule works out is set.</summary>
public sealed record Entitled
{
    public string? Status { get; init; }

    public string? Reason { get; init; }

    public int? Counted { get; init; }

    /// <summary>Credit as a decimal, in <see cref="CreditUnit"/>.</summary>
    public string? Credit { get; init; }

    public string? CreditUnit { get; init; }

    /// <summary>Minor units that are carried on.</summary>
    public long? Carry { get; init; }

    public int? Missing { get; init; }

    /// <summary>What buying the missing months back costs, in minor units; null when it is too late.</summary>
    public long? BuyBack { get; init; }

    /// <summary>Buying back was asked about.</summary>
    public bool AnswersBuyBack { get; init; }

    public DateOnly? CoveredTo { get; init; }

    /// <summary>The rule says until when a member is covered, also when she is not.</summary>
    public bool AnswersCoveredTo { get; init; }

    public int? CoveredBeneficiaries { get; init; }

    public DateOnly? EligibleFrom { get; init; }
}

public sealed partial class Pack
{
    /// <summary>Whether a member is covered, and what her payments count for; refusals carry the codes of the test vectors.</summary>
    public Outcome<Entitled> Entitlement(CaseFacts facts)
    {
        if (File.Entitlement is not { } rule || !File.Operations.Contains(Operation.Entitlement)) return new CaseFault("unsupported", "entitlement").Refusal;
        try
        {
            if (facts.Words("member.flags").Any(flag => !Flags.Contains(flag))) throw facts.Fault("member.flags");
            return rule.Of(new Cover(this, facts));
        }
        catch (CaseFault fault)
        {
            return fault.Refusal;
        }
    }
}

/// <summary>What a rule of entitlement works with.</summary>
internal sealed record Cover(Pack Pack, CaseFacts Facts)
{
    public DateOnly AsOf => Facts.NeededDay("as_of");

    public IReadOnlyList<CaseFacts> History => Facts.Items("history") ?? [];

    public Ratio Figure(string name) => Pack.FigureOn(name, DateOnly.MaxValue)?.Value ?? Pack.File.Figures.Last(figure => figure.Id == name).Value;

    public Ratio Figure(string name, DateOnly day) => Pack.FigureOn(name, day)?.Value ?? throw new CaseFault("not_in_force", "period");

    /// <summary>An amount of a row, in major units.</summary>
    public Ratio Amount(CaseFacts row, string name = "amount") => row.NeededAmount(name, Pack.File.InputDecimals);

    /// <summary>What a parameter says; it must be there.</summary>
    public string Parameter(string name) => Facts.Word($"parameters.{name}") ?? throw Facts.Fault($"parameters.{name}", "missing_parameter");

    /// <summary>A parameter that is money; it must be there.</summary>
    public Ratio MoneyParameter(string name) => Facts.Amount($"parameters.{name}", Pack.File.InputDecimals) ?? throw Facts.Fault($"parameters.{name}", "missing_parameter");

    public bool Has(string flag) => Facts.Words("member.flags").Contains(flag);

    public long Minor(Ratio major) => Rounding.HalfUp.Apply(major * Pack.Currency.MinorPerMajor);

    /// <summary>What the member herself owes for a span, in minor units.</summary>
    public long OwnTotal(Period period)
    {
        var lines = Pack.Span(new CalculateInput { Period = period, Facts = Facts }).Lines;
        return lines.Where(line => line.Payer == Payer.Member).Sum(line => line.Amount.Minor);
    }

    /// <summary>What the history's rows have paid by a day, in major units.</summary>
    public Ratio PaidBy(DateOnly day) => History.Where(row => row.Day("paid_on") <= day).Aggregate(Ratio.Zero, (sum, row) => sum + Amount(row));
}

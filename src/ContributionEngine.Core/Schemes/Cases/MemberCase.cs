using System.Globalization;

namespace ContributionEngine.Core;

/// <summary>An event of a member as it was collected.</summary>
/// <param name="Amount">Major units.</param>
/// <param name="Quantity">In the pack's unit, such as kilograms.</param>
public sealed record MemberEvent(DateOnly Date, string Kind, Ratio Amount, Ratio? Quantity);

/// <summary>
/// A member under a term of an agreement, as rules ask about her. Words that the pack asks for and the member does not have are
/// the agreement's; a pack without a category reads the category as its first word.
/// </summary>
public sealed class MemberCase(Pack pack, MemberFacts member, Term term) : CaseFacts
{
    private const string Presumptive = "agreement.presumptive_income";
    private const string Member = "member.";
    private const string Parameters = "parameters.";

    private IReadOnlyList<MemberEvent>? events;
    private IReadOnlyDictionary<(Period Month, string Component), Ratio> withheld = new Dictionary<(Period, string), Ratio>();
    private Ratio charged = Ratio.Zero;

    /// <summary>Incomes that the member has declared and from when, by day; the first holds also before.</summary>
    public IReadOnlyList<(DateOnly From, Ratio Income)> Declarations { get; init; } = [];

    /// <summary>The same member with what happened in a span.</summary>
    /// <param name="before">What was withheld for months before, in major units.</param>
    public MemberCase With(IReadOnlyList<MemberEvent> happened, IReadOnlyDictionary<(Period Month, string Component), Ratio>? before = null)
    {
        var same = (MemberCase)MemberwiseClone();
        (same.events, same.withheld) = (happened, before ?? withheld);
        return same;
    }

    /// <summary>The same member with the fees, in major units, that she was charged earlier in the calendar year.</summary>
    public MemberCase Charged(Ratio fees)
    {
        var same = (MemberCase)MemberwiseClone();
        same.charged = fees;
        return same;
    }

    public override bool Has(string path) => path switch
    {
        "member.declared_income" => member.DeclaredIncome is not null,
        "member.declarations" => Declarations.Count > 0,
        _ => Text(path) is not null,
    };

    public override Ratio? Amount(string path, int decimals) => path == "member.declared_income" ? member.DeclaredIncome : Decimal(path, decimals);

    public override Ratio? Percent(string path) => Decimal(path, 9);

    public override int? Count(string path) => path switch
    {
        "member.beneficiaries" => member.Beneficiaries,
        "member.additional_dependants" => member.AdditionalDependants,
        _ => Text(path) is { } text ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw Fault(path) : null,
    };

    public override string? Word(string path) => Text(path);

    public override DateOnly? Day(string path) => path switch
    {
        "agreement.start" => term.Start,
        "event_date" => events is [var one, ..] ? one.Date : null,
        "member.first_registered" => member.FirstRegistered,
        _ => Text(path) is { } text ? DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Fault(path) : null,
    };

    public override Period? Month(string path) => Text(path) is { } text ? Period.TryParse(text, out var month) ? month : throw Fault(path) : null;

    public override IReadOnlyList<string> Words(string path) =>
        path == "member.flags" ? member.Flags : Text(path)?.Split([' ', ';', '|', ','], StringSplitOptions.RemoveEmptyEntries) ?? [];

    public override IReadOnlyList<CaseFacts>? Items(string path) => path switch
    {
        "events" => events is null ? null : [.. events.Select(one => new EventCase(one))],
        "history" => [.. Words("member.proven_periods").Select(text => new ProofCase(Period.TryParse(text, out var month) ? month : throw Fault("member.proven_periods")))],
        "withheld" => [.. withheld.Select(part => new WithheldCase(part.Key.Month, part.Key.Component, part.Value))],
        "member.declarations" => [.. Declarations.Select((one, i) => new DeclarationCase(i == 0 ? DateOnly.MinValue : one.From, one.Income))],
        "already_charged" => [new ChargedCase(charged)],
        _ => null,
    };

    internal override CaseFault Fault(string path, string code = "invalid_input") => new(code, path);

    private Ratio? Decimal(string path, int decimals) =>
        Text(path) is { } text ? Ratio.TryParse(text, decimals, out var value) && value.Sign >= 0 ? value : throw Fault(path) : null;

    private string? Text(string path)
    {
        if (path == Presumptive) return term.Parameters.GetValueOrDefault("presumptive_income");
        if (path.StartsWith(Member, StringComparison.Ordinal)) return OfMember(path[Member.Length..]);
        if (path.StartsWith(Parameters, StringComparison.Ordinal)) return term.Parameters.GetValueOrDefault(path[Parameters.Length..]);
        return path switch
        {
            "agreement.staff" => term.Parameters.GetValueOrDefault(path["agreement.".Length..]),
            _ when path.StartsWith("identifiers.", StringComparison.Ordinal) => term.Parameters.GetValueOrDefault(path["identifiers.".Length..]),
            _ => null,
        };
    }

    private string? OfMember(string name) => name switch
    {
        "category" => member.Category ?? term.Parameters.GetValueOrDefault(name),
        "zone" => member.Zone ?? term.Parameters.GetValueOrDefault(name),
        _ => member.Others.GetValueOrDefault(name) ?? (name == pack.ReadsCategory ? member.Category : null) ?? (pack.Input(name) is null ? null : term.Parameters.GetValueOrDefault(name)),
    };

    /// <summary>A case in the case, of which only few things are asked.</summary>
    private abstract class Part : CaseFacts
    {
        public override bool Has(string path) => Word(path) is not null;

        public override Ratio? Amount(string path, int decimals) => null;

        public override Ratio? Percent(string path) => null;

        public override int? Count(string path) => null;

        public override string? Word(string path) => null;

        public override DateOnly? Day(string path) => null;

        public override Period? Month(string path) => null;

        public override IReadOnlyList<string> Words(string path) => [];

        public override IReadOnlyList<CaseFacts>? Items(string path) => null;

        internal override CaseFault Fault(string path, string code = "invalid_input") => new(code, path);
    }

    private sealed class EventCase(MemberEvent one) : Part
    {
        public override Ratio? Amount(string path, int decimals) => path == "amount" ? one.Amount : one.Quantity;

        public override string? Word(string path) => path == "kind" ? one.Kind : null;

        public override DateOnly? Day(string path) => one.Date;
    }

    private sealed class WithheldCase(Period month, string component, Ratio amount) : Part
    {
        public override Ratio? Amount(string path, int decimals) => amount;

        public override string? Word(string path) => component;

        public override Period? Month(string path) => month;
    }

    private sealed class DeclarationCase(DateOnly from, Ratio income) : Part
    {
        public override Ratio? Amount(string path, int decimals) => income;

        public override DateOnly? Day(string path) => from;
    }

    private sealed class ChargedCase(Ratio fees) : Part
    {
        public override Ratio? Amount(string path, int decimals) => fees;
    }

    private sealed class ProofCase(Period month) : Part
    {
        public override DateOnly? Day(string path) => month.First;

        public override Period? Month(string path) => month;
    }
}

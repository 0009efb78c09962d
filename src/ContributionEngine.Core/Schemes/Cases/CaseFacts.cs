namespace ContributionEngine.Core;

/// <summary>A case could not be worked: the code and the path of the field that is to blame.</summary>
internal sealed class CaseFault(string code, string field) : Exception($"{field}: {code.Replace('_', ' ')}.")
{
    /// <summary>invalid_input, missing_parameter, not_in_force, not_eligible, not_accepted or unsupported.</summary>
    public string Code { get; } = code;

    public string Field { get; } = field;

    /// <summary>The same as a refusal.</summary>
    public Refusal Refusal => Refusal.Input(Code, Message) with { Field = Field };
}

/// <summary>
/// What rules may ask about a case, by path: <c>member.declared_income</c>, <c>agreement.start</c>, <c>parameters.rate</c>. Only
/// what a rule asks for is looked at; malformed answers are a <see cref="CaseFault"/> that names the path.
/// </summary>
public abstract class CaseFacts
{
    /// <summary>True when something stands at the path.</summary>
    public abstract bool Has(string path);

    /// <summary>Money in major units, zero or more, with at most so many decimals; null when absent.</summary>
    public abstract Ratio? Amount(string path, int decimals);

    /// <summary>A percent, zero or more; null when absent.</summary>
    public abstract Ratio? Percent(string path);

    /// <summary>A whole number, zero or more; null when absent.</summary>
    public abstract int? Count(string path);

    public abstract string? Word(string path);

    public abstract DateOnly? Day(string path);

    public abstract Period? Month(string path);

    /// <summary>A list of words; empty when absent.</summary>
    public abstract IReadOnlyList<string> Words(string path);

    /// <summary>A list of cases in the case, each with paths of its own; null when absent.</summary>
    public abstract IReadOnlyList<CaseFacts>? Items(string path);

    /// <summary>The fault that blames a path.</summary>
    internal abstract CaseFault Fault(string path, string code = "invalid_input");

    /// <summary>An amount that must be there.</summary>
    public Ratio NeededAmount(string path, int decimals) => Amount(path, decimals) ?? throw Fault(path);

    public int NeededCount(string path) => Count(path) ?? throw Fault(path);

    public string NeededWord(string path) => Word(path) ?? throw Fault(path);

    public DateOnly NeededDay(string path) => Day(path) ?? throw Fault(path);

    public Period NeededMonth(string path) => Month(path) ?? throw Fault(path);

    public IReadOnlyList<CaseFacts> NeededItems(string path) => Items(path) ?? throw Fault(path);
}

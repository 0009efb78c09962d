namespace ContributionEngine.Benchmarks;

/// <summary>What one claim turned out to be.</summary>
/// <param name="Claim">What is claimed, in a few words.</param>
/// <param name="Figures">The absolute figures behind the value.</param>
/// <param name="Value">What the bound is held against.</param>
internal sealed record Measured(string Claim, string Figures, double Value, Bound Bound)
{
    public bool Holds => Bound.IsFloor ? Value >= Bound.Value : Value <= Bound.Value;

    /// <summary>ok, or BELOW for whatever is worse than its bound.</summary>
    public string Verdict => Holds ? "ok" : "BELOW";

    public string Shown => Bound.Text(Value);

    public override string ToString() => $"{Claim}: {Figures}; {Shown}, {Bound}: {Verdict}";
}

/// <summary>How good a value must be: at least so much (a floor), or at most.</summary>
internal sealed record Bound(double Value, string Unit, bool IsFloor)
{
    public static Bound AtLeast(double value, string unit) => new(value, unit, true);

    public static Bound AtMost(double value, string unit) => new(value, unit, false);

    public string Text(double value) => value >= 100 ? $"{value:0} {Unit}" : $"{value:0.00} {Unit}";

    public override string ToString() => $"{(IsFloor ? "floor" : "at most")} {Text(Value)}";
}

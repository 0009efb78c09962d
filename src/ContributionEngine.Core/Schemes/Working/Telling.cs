namespace ContributionEngine.Core;

/// <content>The arithmetic in words, for whoever asks. Kept apart, so that those who do not ask pay nothing for it.</content>
internal sealed partial class Working
{
    private static readonly IReadOnlyList<Step> Untold = [];

    private void Tell(string what, string value, string? source = null) => steps?.Add(new Step(what, value, source));

    private void TellNumber(string what, Named named, Ratio value) => Tell(what, named.Unit == "percent" ? $"{value} %" : $"{value}", named.Source(this));

    private void TellLimit(string what, Named named, Ratio value) => Tell(what, $"{value}", named.Source(this));

    private void TellSource(PreparedSource of, Ratio found) => Tell(
        of.Rule.Source switch
        {
            IncomeSource.Income => "income",
            IncomeSource.Events => "events",
            IncomeSource.Value => of.Rule.Value!,
            IncomeSource.Amount => of.Rule.Of!,
            IncomeSource.BaseOf => $"base of {of.Rule.Of}",
            _ => $"what the base of {of.Rule.Of} lacks to {of.Rule.Value}",
        },
        $"{found}",
        of.Rule.Source == IncomeSource.Value ? of.Value!.Source(this) : null);

    private void TellTimes(int count, string? what, long minor) => Tell($"times {count} {what?.Replace('_', ' ')}", pack.Print(minor));

    private void TellRounding(Ratio major, long minor, RoundingRule by) =>
        Tell($"{major} rounded {Pack.Word(by.Mode)} to {by.Unit}", pack.Print(minor), $"{by.Source} [{by.Confidence}]");
}

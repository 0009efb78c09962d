using System.Text.Json;
using System.Text.RegularExpressions;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A value of a published series.</summary>
/// <param name="Month">As <c>yyyy-MM</c>.</param>
/// <param name="Percent">A plain decimal, 0 to 500.</param>
/// <param name="Source">Where it was published.</param>
/// <param name="Correction">Why it takes the place of another value; null: it may not.</param>
public sealed record SeriesRequest(string Series, string Month, string Percent, string Source, string? Correction);

/// <summary>A value as it stands.</summary>
public sealed record SeriesValue(string Series, string Month, string Percent, string Source, string EnteredBy, DateTimeOffset EnteredAt);

/// <summary>
/// Enters what somebody publishes by the month and a pack asks for, such as an interest rate. A value once entered stays; a
/// wrong one is corrected with a reason, and the audit keeps both.
/// </summary>
public sealed partial class SetSeries(Database database)
{
    /// <summary>Decimals that a percent may have.</summary>
    public const int Decimals = 9;

    private const int PercentMax = 500;

    /// <summary>Refusals: <c>series_malformed</c>, <c>period_malformed</c>, <c>percent_malformed</c>, <c>series_entered</c>.</summary>
    public Task<Outcome<SeriesValue>> Run(Actor actor, SeriesRequest request, CancellationToken stop) => database.Attempt<SeriesValue>(actor, async work =>
    {
        if (Fault(request) is { } fault) return fault;
        var before = await work.PublishedRates.Find(request.Series, request.Month);
        if (before is not null && Same(before.RatePercent, request.Percent)) return Shown(before);
        if (before is not null && request.Correction is null)
        {
            return Refusal.Conflict("series_entered", $"{request.Series} of {request.Month} is {before.RatePercent} % already ({before.Source}).") with { Help = "If that is wrong, add --correct and --reason." };
        }

        var rate = new PublishedRate { Series = request.Series, Month = request.Month, RatePercent = request.Percent, Source = request.Source, EnteredBy = work.Actor.Name, EnteredAt = work.Now };
        await (before is null ? work.PublishedRates.Add(rate) : work.PublishedRates.Correct(rate));
        await work.Audit.Record(Audit.Administration, before is null ? "series-set" : "series-corrected", $"{rate.Series} {rate.Month}", JsonSerializer.Serialize(new
        {
            percent = rate.RatePercent, source = rate.Source, before = before?.RatePercent, before_source = before?.Source, reason = request.Correction,
        }));
        return Shown(rate);
    }, stop);

    /// <summary>The values of a series, or of all, by series and month.</summary>
    public Task<IReadOnlyList<SeriesValue>> List(Actor actor, string? series, CancellationToken stop) => database.Read<IReadOnlyList<SeriesValue>>(actor, async work =>
        [.. (await work.PublishedRates.All(series)).Select(Shown)], stop);

    private static SeriesValue Shown(PublishedRate rate) => new(rate.Series, rate.Month, rate.RatePercent, rate.Source, rate.EnteredBy, rate.EnteredAt);

    private static Refusal? Fault(SeriesRequest request)
    {
        if (!Name().IsMatch(request.Series)) return Refusal.Usage("series_malformed", $"«{request.Series}» is not the name of a series: small letters, digits, - and _.");
        if (!Period.TryParse(request.Month, out _)) return Refusal.Usage("period_malformed", $"«{request.Month}» is not a month such as 2021-03.");
        if (string.IsNullOrWhiteSpace(request.Source)) return Refusal.Usage("source_missing", "A published value needs its source.");
        return Ratio.TryParse(request.Percent, Decimals, out var percent) && percent.Sign >= 0 && percent <= PercentMax
            ? null
            : Refusal.Usage("percent_malformed", $"«{request.Percent}» is not a percent from 0 to {PercentMax} with at most {Decimals} decimals.");
    }

    private static bool Same(string left, string right) => Ratio.TryParse(left, Decimals, out var one) && Ratio.TryParse(right, Decimals, out var other) && one == other;

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,63}$")]
    private static partial Regex Name();
}

namespace ContributionEngine.Storage;

/// <summary>The published percent of a series for a month.</summary>
public sealed record PublishedRate
{
    public string Series { get; init; } = "";

    /// <summary>As <c>yyyy-MM</c>.</summary>
    public string Month { get; init; } = "";

    /// <summary>A decimal, as it was entered.</summary>
    public string RatePercent { get; init; } = "";

    /// <summary>Where it was published.</summary>
    public string Source { get; init; } = "";

    public string EnteredBy { get; init; } = "";

    public DateTimeOffset EnteredAt { get; init; }
}

/// <summary>Series that somebody publishes by the month, such as an interest rate: each value once.</summary>
public sealed class PublishedRates(Work work)
{
    private static readonly Sql OfSeries = """
        select series, month, rate_percent, source, entered_by, entered_at
          from published_rate where (@series is null or series = @series) order by series, month
        """;

    private static readonly Sql OfMonth = "select series, month, rate_percent, source, entered_by, entered_at from published_rate where series = @series and month = @month";

    private static readonly Sql AddValue = """
        insert into published_rate (id, series, month, rate_percent, source, entered_by, entered_at) values (@id, @Series, @Month, @RatePercent, @Source, @EnteredBy, @EnteredAt)
        """;

    private static readonly Sql ChangeValue = """
        update published_rate set rate_percent = @RatePercent, source = @Source, entered_by = @EnteredBy, entered_at = @EnteredAt where series = @Series and month = @Month
        """;

    /// <summary>All values by series and month; null: of every series.</summary>
    public Task<IReadOnlyList<PublishedRate>> All(string? series) => work.Rows<PublishedRate>(OfSeries, new { series });

    public Task<PublishedRate?> Find(string series, string month) => work.One<PublishedRate>(OfMonth, new { series, month });

    public Task Add(PublishedRate rate) => work.Do(AddValue, new { id = work.NextId(), rate.Series, rate.Month, rate.RatePercent, rate.Source, rate.EnteredBy, rate.EnteredAt });

    /// <summary>Puts another value in the place of a wrong one; the audit keeps what stood there.</summary>
    public Task Correct(PublishedRate rate) => work.Do(ChangeValue, new { rate.Series, rate.Month, rate.RatePercent, rate.Source, rate.EnteredBy, rate.EnteredAt });
}

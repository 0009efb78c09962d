using System.Globalization;

namespace ContributionEngine.Core;

/// <summary>The <c>settlement</c> of an agreement file, as it is written.</summary>
internal sealed record SettlementShape(string Cron, string TimeZone, string Calendar)
{
    public string? Earliest { get; init; }

    public string? Latest { get; init; }

    public int? MaxLines { get; init; }

    public string? MaxAmount { get; init; }

    public string? MinAmount { get; init; }

    public Outcome<SettlementPlan> Checked()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _)) return AgreementFile.Invalid("settlement.time_zone", $"«{TimeZone}» is not a time zone, such as America/Costa_Rica");
        if (!Time("earliest", Earliest).Ok(out var earliest, out var refusal) || !Time("latest", Latest).Ok(out var latest, out refusal)) return refusal;
        if (earliest is not null && latest is not null && latest <= earliest) return AgreementFile.Invalid("settlement.latest", "must be after settlement.earliest");
        if (MaxLines is < 1) return AgreementFile.Invalid("settlement.max_lines", "must be 1 or more");
        if (!Amount("max_amount", MaxAmount).Ok(out var most, out refusal) || !Amount("min_amount", MinAmount).Ok(out var least, out refusal)) return refusal;
        if (most is { } above && least is { } below && below > above) return AgreementFile.Invalid("settlement.min_amount", "must not be above settlement.max_amount");
        return new SettlementPlan(Cron, TimeZone, Calendar) { Earliest = earliest, Latest = latest, MaxLines = MaxLines, MaxAmount = most, MinAmount = least };
    }

    private static Outcome<TimeOnly?> Time(string field, string? text)
    {
        if (text is null) return (TimeOnly?)null;
        return TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : AgreementFile.Invalid($"settlement.{field}", $"«{text}» is not a time of day such as 08:30");
    }

    private static Outcome<Ratio?> Amount(string field, string? text)
    {
        if (text is null) return (Ratio?)null;
        return Ratio.TryParse(text, 3, out var amount) && amount.Sign > 0
            ? amount
            : AgreementFile.Invalid($"settlement.{field}", $"«{text}» is not an amount above zero, such as 1500.00");
    }
}

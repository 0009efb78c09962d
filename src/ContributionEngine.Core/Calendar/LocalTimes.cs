namespace ContributionEngine.Core;

/// <summary>Instants of what a clock on the wall shows.</summary>
public static class LocalTimes
{
    /// <summary>
    /// The instant of a local time, in UTC. A time that a change of clocks leaves out is the first minute after the gap; of a time
    /// that comes twice it is the first.
    /// </summary>
    public static DateTimeOffset InstantOf(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}

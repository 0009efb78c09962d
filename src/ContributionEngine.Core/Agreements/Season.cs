namespace ContributionEngine.Core;

/// <summary>
/// A dated window in which an agreement collects. Months outside every window and every <see cref="AlsoCovers"/> have no
/// obligation and are not missed.
/// </summary>
/// <param name="Name">What people call it, such as <c>cosecha 2021</c>.</param>
/// <param name="Zone">Only for members of that zone; null for all.</param>
/// <param name="From">First month, inside.</param>
/// <param name="To">Last month, inside.</param>
/// <param name="AlsoCovers">Months outside the window that fall due with its last month.</param>
public sealed record Season(string Name, string? Zone, Period From, Period To, IReadOnlyList<Period> AlsoCovers)
{
    public bool IsFor(string? zone) => Zone is null || Zone == zone;

    /// <summary>The month by which a month is collected: itself inside the window, the window's last one if also covered, else null.</summary>
    public Period? CollectedWith(Period month) =>
        month >= From && month <= To ? month
        : AlsoCovers.Contains(month) ? To
        : null;
}

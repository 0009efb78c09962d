namespace ContributionEngine.House.Tests;

/// <summary>Something that breaks a rule.</summary>
/// <param name="Where">File and line.</param>
/// <param name="Subject">What an exception would name.</param>
/// <param name="Why">What the rule says against it.</param>
internal sealed record Offence(string Where, string Subject, string Why);

/// <summary>How every rule is held: by an empty list of offenders, and of exceptions that nobody needs any more.</summary>
internal static class Rule
{
    public static void Holds(IEnumerable<Offence> offences, params (string Subject, string Reason)[] exceptions)
    {
        var found = offences.ToList();
        var excused = exceptions.Select(exception => exception.Subject).ToHashSet();
        var lines = found.Where(offence => !excused.Contains(offence.Subject)).Select(offence => $"{offence.Where}: {offence.Why}")
            .Concat(exceptions.Where(exception => found.All(offence => offence.Subject != exception.Subject)).Select(exception => $"{exception.Subject}: no longer needs its exception, strike it"))
            .ToList();
        if (lines.Count > 0) Assert.Fail(string.Join('\n', lines));
    }
}

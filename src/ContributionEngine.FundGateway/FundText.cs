namespace ContributionEngine.FundGateway;

/// <summary>A fund's own words, fit to be stored and shown: bounded, without control characters, and without our secrets should it echo them.</summary>
internal static class FundText
{
    private const string Masked = "***";

    public static string Of(string said, params IEnumerable<string> secrets)
    {
        var text = secrets.Where(secret => secret.Length > 0).Aggregate(said, (left, secret) => left.Replace(secret, Masked, StringComparison.Ordinal));
        var plain = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return plain.Length <= FundPipeline.TextMax ? plain : $"{plain[..FundPipeline.TextMax]}...";
    }
}

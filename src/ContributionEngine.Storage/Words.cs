using System.Globalization;
using System.Text.Json;

namespace ContributionEngine.Storage;

/// <summary>Closed states as the words that tables, files and screens show: <c>partly_accepted</c>.</summary>
public static class Words
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static T Of<T>(string word) where T : struct, Enum =>
        Enum.Parse<T>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}

/// <summary>The names under which people and files speak of rows; padded, so that text order is number order.</summary>
public static class Numbers
{
    public static string Upload(long id) => Of("UPL", id);

    public static string Receipt(long id) => Of("RCP", id);

    public static string Obligation(long id) => Of("OBL", id);

    public static string Remittance(long id) => Of("REM", id);

    public static string Line(long id) => Of("LIN", id);

    public static string Run(long id) => Of("RUN", id);

    public static string Case(long id) => Of("CAS", id);

    public static string Claim(long id) => Of("CLM", id);

    public static string Notice(long id) => Of("NTC", id);

    public static string Statement(long id) => Of("STM", id);

    public static string BankEntry(long id) => Of("BNK", id);

    public static string Entry(long id) => Of("JRN", id);

    public static string Match(long id) => Of("MAT", id);

    public static string MatchRun(long id) => Of("MRN", id);

    public static string Question(long id) => Of("QST", id);

    public static string Key(long id) => Of("KEY", id);

    public static string Endpoint(long id) => Of("WHE", id);

    /// <summary>As Standard Webhooks would have it, with small letters and an underscore.</summary>
    public static string Event(long id) => $"evt_{id.ToString("D12", CultureInfo.InvariantCulture)}";

    /// <summary>The id inside such a name, or null when it is none of that kind.</summary>
    public static long? Id(string prefix, string number) =>
        number.StartsWith(prefix + "-", StringComparison.OrdinalIgnoreCase) && long.TryParse(number.AsSpan(prefix.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    private static string Of(string prefix, long id) => $"{prefix}-{id.ToString("D12", CultureInfo.InvariantCulture)}";
}

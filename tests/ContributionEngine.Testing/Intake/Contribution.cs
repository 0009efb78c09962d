using System.Globalization;

namespace ContributionEngine.Testing;

/// <summary>A payment, free of how anybody writes it.</summary>
/// <param name="MemberNo">With its leading zeros.</param>
/// <param name="Minor">Hundredths.</param>
public sealed record Contribution(string MemberNo, string Name, DateOnly Day, long Minor, string Period, string ReceiptNo, string Method)
{
    private static readonly string[] Names = ["Ana Núñez", "Luis Peña", "José Ibáñez", "María Muñoz", "Zoë Corrêa", "Noël Français"];
    private static readonly string[] Methods = ["cash", "bank", "mobile_money"];

    /// <summary>The first hundred or thousand payments of one January, all of them different; every second one without a receipt number.</summary>
    public static IReadOnlyList<Contribution> Of(int count) => [.. Enumerable.Range(1, count).Select(Nth)];

    /// <summary>Who pays them.</summary>
    public static IReadOnlyList<Person> People(int count) => [.. Of(count).Select(one => new Person(one.MemberNo, $"N-{one.MemberNo}", one.Name))];

    public string Written(char mark, string group) => Grouped(group) + mark + (Minor % 100).ToString("D2", CultureInfo.InvariantCulture);

    /// <summary>Major units with a point, as machines write them.</summary>
    public string Plain => Written('.', "");

    public string On(string format) => Day.ToString(format, CultureInfo.InvariantCulture);

    private static Contribution Nth(int n) => new(
        n.ToString("D5", CultureInfo.InvariantCulture), Names[n % Names.Length], new DateOnly(2021, 1, 1 + (n % 28)), 100_000 + (n * 1_237L), n % 3 == 0 ? "2021-01" : "", n % 2 == 0 ? $"R-{n:D5}" : "", Methods[n % Methods.Length]);

    private string Grouped(string group)
    {
        var whole = (Minor / 100).ToString(CultureInfo.InvariantCulture);
        return whole.Length <= 3 ? whole : $"{whole[..^3]}{group}{whole[^3..]}";
    }
}

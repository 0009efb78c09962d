using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files.Tests;

/// <summary>Declarations that tests write, and what they are checked by.</summary>
internal static class Declared
{
    public static readonly Period April = new(new DateOnly(2025, 4, 1), 1);

    /// <summary>India: 12 and 8.33 percent, the pension on at most 15,000.</summary>
    public static readonly DeclarationHeader India = Header("INR") with
    {
        Figures = new Dictionary<string, Ratio> { ["epf_rate"] = 12, ["eps_rate"] = Ratio.Of(833, 100), ["eps_wage_ceiling"] = 15000 },
    };

    public static readonly DeclarationHeader Dominican = Header("DOP") with { Figures = new Dictionary<string, Ratio> { ["floor_wage"] = Ratio.Of(1586032, 100) } };

    public static readonly DeclarationHeader Australia = Header("AUD") with { Period = null };

    public static DeclarationHeader Header(string currency) =>
        new("RF18000000001001", "A-1", "65000000002001", "COOP", new DateTimeOffset(2025, 5, 9, 12, 0, 0, TimeSpan.Zero), Currency.Of(currency).Value)
        {
            Period = April,
            CutoffOn = new DateOnly(2025, 5, 9),
            Parties = new DeclaringParties(
                new Party("65000000002001", "Example Super Fund") { TaxId = "65 000 000 002" },
                new Party("COOP", "Example Producers, Cooperative") { TaxId = currency == "AUD" ? "51 000 000 001" : "1-01-23456-7" },
                new BankAccounts("082-001 87654321", "062-000 12345678")),
        };

    /// <summary>A line of April 2025.</summary>
    public static DeclarationLine Line(string memberNo, string nationalId, string component, long minor) => new(0, memberNo, nationalId, "2025-04", component, "principal", minor);

    public static DeclarationLine Of(this DeclarationLine line, string fullName, string? income = null, params (string Column, string Text)[] others) => line with
    {
        Member = new DeclaredMember(fullName, new MemberFacts
        {
            DeclaredIncome = income is null ? null : Ratio.TryParse(income, 2, out var known) ? known : throw new ArgumentException(income, nameof(income)),
            Others = others.ToDictionary(other => other.Column, other => other.Text),
        }),
    };

    /// <summary>The three EPF lines of a member, numbered by whoever writes them.</summary>
    public static IEnumerable<DeclarationLine> Epf(string memberNo, string uan, (string Name, string Wages) who, (long Worker, long Pension, long Employer) rupees)
    {
        foreach (var (component, amount) in new[] { ("epf-worker", rupees.Worker), ("eps", rupees.Pension), ("epf-employer", rupees.Employer) })
        {
            if (amount > 0) yield return Line(memberNo, uan, component, amount * 100).Of(who.Name, who.Wages);
        }
    }

    public static async Task<Outcome<(WrittenDeclaration Written, string Text)>> Write(string format, DeclarationHeader header, IEnumerable<DeclarationLine> lines)
    {
        using var target = new MemoryStream();
        var numbered = lines.Select((line, i) => line with { Line = i + 1 }).ToList();
        header = header with { Announced = new DeclarationTotals(numbered.Count, numbered.Sum(line => line.AmountMinor), numbered.Select(line => line.AmountMinor).DefaultIfEmpty().Min()) };
        return (await DeclarationFormats.Find(format)!.Write(target, header, numbered.ToAsyncEnumerable(), CancellationToken.None)).Ok(out var written, out var refusal)
            ? (written, Encoding.UTF8.GetString(target.ToArray()))
            : refusal;
    }

    /// <summary>Member, field and detail of each error.</summary>
    public static async Task<string[]> Faults(string format, DeclarationHeader header, params DeclarationLine[] lines) =>
        [.. ((await Write(format, header, lines)).Refusal?.Errors ?? []).Select(error => $"{error.Member} {error.Field}: {error.Detail}")];

    /// <summary>The text of a golden file of this folder.</summary>
    public static string Golden(string name)
    {
        using var stream = typeof(Declared).Assembly.GetManifestResourceStream($"golden/{name}") ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream, new UTF8Encoding(false));
        return reader.ReadToEnd();
    }
}

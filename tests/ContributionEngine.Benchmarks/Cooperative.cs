using System.Globalization;

namespace ContributionEngine.Benchmarks;

/// <summary>
/// An invented cooperative of any size whose members owe twelve months, and the files that it sends. Made from a fixed seed,
/// so that the same sizes always give the same bytes.
/// </summary>
/// <param name="members">How many.</param>
internal sealed class Cooperative(int members)
{
    public const string Number = "CR-2021-BENCH";
    public const string AsOf = "2021-12-31";

    private const int Seed = 20_211_231;
    private const int Months = 12;
    private const int Days = 28;

    /// <summary>No seasons: every month of the year is collected.</summary>
    public const string Agreement = $$"""
        { "number": "{{Number}}", "fund": {"code": "CCSS", "name": "Caja Costarricense de Seguro Social"},
          "organisation": {"code": "COOPEBENCH", "name": "Coope Medida R.L.", "kind": "cooperative", "tax_id": "3-004-000001"},
          "pack": "cr-convenio-2021", "term": {"start": "2021-01-01", "end": "2021-12-31", "notice_months": 3},
          "seasons": [], "parameters": {"presumptive_income": "400000", "payment_day": "15"},
          "liability": "agency", "shortfall": "drop_unpaid", "clock": "member_paid",
          "settlement": {"cron": "0 18 * * FRI", "time_zone": "America/Costa_Rica", "calendar": "CR"},
          "bank": {"fund_account": null, "organisation_account": null},
          "channel": {"kind": "folder", "format": "csv", "path": "fund"} }
        """;

    /// <summary>The same, but what members declare counts.</summary>
    public static readonly string Declared = Agreement.Replace("\"presumptive_income\": \"400000\", ", "", StringComparison.Ordinal);

    /// <summary>Whole colones of a month, another for each of the first half million members.</summary>
    public static int IncomeOf(int member) => 150_000 + (int)((member * 7_919L) % 500_009);

    public async Task WriteMembers(string path, bool withIncome = false)
    {
        await using var file = Writer(path);
        await file.WriteLineAsync($"member_no,national_id,full_name,enrolled_from{(withIncome ? ",declared_income" : "")}");
        for (var i = 0; i < members; i++) await file.WriteLineAsync($"{MemberNo(i)},{1 + (i % 7)}-{i / 10_000:D4}-{i % 10_000:D4},Ana {i} Mora,2021-01-01{(withIncome ? $",{IncomeOf(i)}" : "")}");
    }

    /// <summary>Receipts month by month, each member in turn, until there are so many rows.</summary>
    public async Task WriteReceipts(string path, int rows, string amount)
    {
        var random = new Random(Seed);
        await using var file = Writer(path);
        await file.WriteLineAsync("receipt_no,member_no,received_on,amount");
        for (var i = 0; i < rows; i++)
        {
            var month = (i / members % Months) + 1;
            await file.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"R{1_000_000 + i},{MemberNo(i % members)},2021-{month:D2}-{1 + random.Next(Days):D2},{amount}"));
        }
    }

    private static string MemberNo(int i) => $"A{100_000 + i}";

    private static StreamWriter Writer(string path) => new(path) { NewLine = "\n" };
}

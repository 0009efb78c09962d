using System.Globalization;
using System.Text;

namespace ContributionEngine.Host;

/// <summary>
/// A believable sample: a coffee cooperative of 1,200 members with two harvest windows in 2021, and the files that its
/// treasurer sends. Made from a fixed seed, so every run makes the same bytes; all names are invented.
/// </summary>
internal sealed class HarvestSample
{
    public const string Number = "CR-2021-DEMO";
    public const string FundAccount = "CR00DEMOFUND0001";
    public const int Members = 1_200;

    private const int Seed = 20_210_101;
    private const string Monthly = "38600.00";

    private static readonly string[] First = ["Ana", "Luis", "María", "José", "Rosa", "Carlos", "Elena", "Marcos", "Sofía", "Diego", "Lucía", "Andrés", "Flor", "Iván", "Nuria", "Óscar"];
    private static readonly string[] Last = ["Mora", "Vega", "Solano", "Quirós", "Brenes", "Ureña", "Calvo", "Picado", "Zúñiga", "Fallas", "Arce", "Navarro", "Monge", "Chaves", "Barrantes", "Umaña"];

    private readonly Random random = new(Seed);
    private int receipt = 10_000;

    /// <summary>The treasurer's files in the order in which they are sent: name, as-of day, text.</summary>
    public IReadOnlyList<(string Name, string AsOf, string Text)> Uploads { get; }

    public HarvestSample() => Uploads =
    [
        ("cosecha-1-enero.csv", "2021-01-31", Sheet(',', [(2021, 1)], trouble: 6)),
        ("cosecha-1-febrero.csv", "2021-02-28", Sheet(';', [(2021, 2)], trouble: 4)),
        ("cosecha-1-marzo.csv", "2021-03-31", Sheet(',', [(2021, 3), (2021, 4), (2021, 5)], trouble: 8)),
        ("cosecha-2.csv", "2021-12-31", Sheet(',', [(2021, 11), (2021, 12)], trouble: 6)),
    ];

    public static string MembersFile()
    {
        var file = new StringBuilder("member_no,national_id,full_name,enrolled_from,enrolled_to\n");
        for (var i = 0; i < Members; i++) file.Append(CultureInfo.InvariantCulture, $"{MemberNo(i)},{NationalId(i)},{Name(i)},2021-01-01,{(i % 300 == 7 ? "2021-03-31" : "")}\n");
        return file.ToString();
    }

    public static string AgreementFile(string settingsPath) => $$"""
        { "number": "{{Number}}", "fund": {"code": "CCSS", "name": "Caja Costarricense de Seguro Social"},
          "organisation": {"code": "COOPEDEMO", "name": "Coopecafé Demo R.L.", "kind": "cooperative", "tax_id": "3-004-000000"},
          "pack": "cr-convenio-2021", "term": {"start": "2021-01-01", "end": "2021-12-31", "notice_months": 3},
          "seasons": [{"name": "primera cosecha", "zone": null, "from": "2021-01", "to": "2021-03", "also_covers": ["2021-04", "2021-05"]},
                      {"name": "segunda cosecha", "zone": null, "from": "2021-11", "to": "2021-12", "also_covers": []}],
          "parameters": {"presumptive_income": "400000", "payment_day": "15"},
          "liability": "agency", "shortfall": "drop_unpaid", "clock": "member_paid",
          "settlement": {"cron": "0 18 * * FRI", "time_zone": "America/Costa_Rica", "calendar": "CR"},
          "bank": {"fund_account": "{{FundAccount}}", "organisation_account": null},
          "channel": {"kind": "simulator", "format": "csv", "path": {{System.Text.Json.JsonSerializer.Serialize(settingsPath)}}} }
        """;

    /// <summary>The fund takes the first file and then does not answer; it does not know three of the members.</summary>
    public static string FundSettings() =>
        $$"""{"reject_national_ids": ["{{NationalId(11)}}", "{{NationalId(222)}}", "{{NationalId(333)}}"], "time_out_after_accepting": 1}""";

    private static string MemberNo(int i) => $"C{i + 1:D4}";

    private static string NationalId(int i) => $"{1 + (i % 7)}-{(1000 + (i * 7)) % 10_000:D4}-{(2000 + (i * 13)) % 10_000:D4}";

    private static string Name(int i) => $"{First[i % First.Length]} {Last[i * 7 % Last.Length]} {Last[(i * 11 + 3) % Last.Length]}";

    private string Sheet(char mark, (int Year, int Month)[] months, int trouble)
    {
        var rows = new List<string>();
        foreach (var (year, month) in months)
        {
            for (var i = 0; i < Members; i++) Pay(rows, mark, (i, year, Math.Min(month, months[0].Month == 3 ? 3 : month)));
        }

        for (var i = 0; i < trouble; i++) rows.Insert(random.Next(rows.Count), Trouble(i, mark, months[0]));
        var header = string.Join(mark, "recibo", "afiliado", "nombre", "fecha", "monto");
        return header + "\n" + string.Join('\n', rows) + "\n";
    }

    // Most pay a month in full; some in two parts, some half, some two months at once, some nothing.
    private void Pay(List<string> rows, char mark, (int Member, int Year, int Month) who)
    {
        var luck = random.Next(100);
        if (luck < 4) return;
        var amount = luck < 10 ? "19300.00" : luck < 13 ? "77200.00" : Monthly;
        var inTwoParts = luck is >= 13 and < 25;
        Add(rows, mark, who, inTwoParts ? "20000.00" : amount);
        if (inTwoParts) Add(rows, mark, who, "18600.00");
    }

    private void Add(List<string> rows, char mark, (int Member, int Year, int Month) who, string amount) =>
        rows.Add(Row(mark, $"R{++receipt}", MemberNo(who.Member), (Name(who.Member), $"{who.Year}-{who.Month:D2}-{1 + random.Next(27):D2}", amount)));

    private string Trouble(int kind, char mark, (int Year, int Month) when)
    {
        var day = $"{when.Year}-{when.Month:D2}-15";
        return (kind % 4) switch
        {
            0 => Row(mark, $"R{++receipt}", $"X{900 + kind}", ("Persona Desconocida", day, Monthly)),
            1 => Row(mark, $"R{receipt - 1}", MemberNo(kind), (Name(kind), day, Monthly)),
            2 => Row(mark, $"R{++receipt}", MemberNo(kind), (Name(kind), day, "pagó")),
            _ => Row(mark, $"R{++receipt}", MemberNo(kind), (Name(kind), $"{when.Year}-02-31", Monthly)),
        };
    }

    private static string Row(char mark, string receiptNo, string memberNo, (string Name, string Day, string Amount) paid) =>
        string.Join(mark, receiptNo, memberNo, paid.Name, paid.Day, mark == ';' ? paid.Amount.Replace('.', ',') : paid.Amount);
}

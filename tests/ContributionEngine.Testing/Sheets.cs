namespace ContributionEngine.Testing;

/// <summary>A row of a members file.</summary>
public sealed record Person(string MemberNo, string NationalId, string FullName, string EnrolledFrom = "2021-01-01", string EnrolledTo = "")
{
    public string DeclaredIncome { get; init; } = "";

    public string Zone { get; init; } = "";

    public string Flags { get; init; } = "";

    public string ValidFrom { get; init; } = "";
}

/// <summary>Members files.</summary>
public static class Members
{
    /// <summary>Three coffee pickers who are there all year.</summary>
    public static IReadOnlyList<Person> Pickers { get; } =
    [
        new("A001", "1-1001-0001", "Ana Mora"),
        new("A002", "1-1002-0002", "Luis Vega"),
        new("A003", "1-1003-0003", "Rosa Solano"),
    ];

    public static string Csv(IEnumerable<Person> people) =>
        "member_no,national_id,full_name,enrolled_from,enrolled_to,declared_income,zone,flags,valid_from\n" + string.Concat(people.Select(person =>
            $"{person.MemberNo},{person.NationalId},{person.FullName},{person.EnrolledFrom},{person.EnrolledTo},{person.DeclaredIncome},{person.Zone},{person.Flags},{person.ValidFrom}\n"));
}

/// <summary>A row of a receipts file.</summary>
public sealed record Paid(string ReceiptNo, string MemberNo, string ReceivedOn, string Amount, string Period = "", string Component = "");

/// <summary>Receipts files.</summary>
public static class Receipts
{
    /// <summary>The plain form: comma, decimal point, ISO dates.</summary>
    public static string Csv(params IEnumerable<Paid> rows) => Written(',', rows);

    /// <summary>As a spreadsheet in Spanish saves it: semicolon, decimal comma, day before month, and headers of its own.</summary>
    public static string Spanish(params IEnumerable<Paid> rows) =>
        "recibo;afiliado;fecha;monto;mes;componente\n" + string.Concat(rows.Select(row =>
            $"{row.ReceiptNo};{row.MemberNo};{row.ReceivedOn[8..]}/{row.ReceivedOn[5..7]}/{row.ReceivedOn[..4]};{row.Amount.Replace('.', ',')};{row.Period};{row.Component}\n"));

    /// <summary>The plain form with another delimiter.</summary>
    public static string Written(char mark, IEnumerable<Paid> rows) =>
        string.Join(mark, "receipt_no", "member_no", "received_on", "amount", "period", "component") + "\n" + string.Concat(rows.Select(row =>
            string.Join(mark, row.ReceiptNo, row.MemberNo, row.ReceivedOn, row.Amount, row.Period, row.Component) + "\n"));
}

using System.Text;

namespace ContributionEngine.Testing;

/// <summary>One way of writing a receipts file.</summary>
public sealed record Way(string Name, string FileName, byte[] Bytes)
{
    public override string ToString() => Name;
}

/// <summary>The same contributions as treasurers send them: encodings, delimiters, styles, workbooks of all ages.</summary>
public static class ThirtyWays
{
    private static readonly string[] English = ["member_no", "member_name", "received_on", "amount", "period", "receipt_no", "method"];
    private static readonly string[] Spanish = ["N.º afiliado", "Nombres y apellidos", "Fecha de pago", "Monto", "Mes", "Recibo", "Forma de pago"];
    private static readonly string[] French = ["Matricule", "Nom et prénom", "Date de paiement", "Montant", "Mois", "Reçu", "Mode de paiement"];
    private static readonly string[] Portuguese = ["N.º beneficiário", "Nome completo", "Data", "Contribuição", "Mês", "Talão", "Meio de pagamento"];

    public static IReadOnlyList<Way> Of(IReadOnlyList<Contribution> rows) => [.. Encodings(rows), .. Styles(rows), .. Layouts(rows), .. Workbooks(rows)];

    /// <summary>Cells of a row in the usual order.</summary>
    public static string[] Cells(Contribution one, string amount, string dates) => [one.MemberNo, one.Name, one.On(dates), amount, one.Period, one.ReceiptNo, one.Method];

    private static string[] Plain(Contribution one) => Cells(one, one.Plain, "yyyy-MM-dd");

    private static IEnumerable<Way> Encodings(IReadOnlyList<Contribution> rows)
    {
        var text = Lines(',', [English, .. rows.Select(Plain)]);
        yield return new("UTF-8", "a.csv", Encoding.UTF8.GetBytes(text));
        yield return new("UTF-8 with a mark", "a.csv", Marked(Encoding.UTF8, text));
        yield return new("UTF-16, little end first", "a.csv", Marked(Encoding.Unicode, text));
        yield return new("UTF-16, big end first", "a.csv", Marked(Encoding.BigEndianUnicode, text));
        yield return new("UTF-16 without a mark", "a.txt", Encoding.Unicode.GetBytes(text));
        yield return new("Windows-1252", "a.csv", Encoding.Latin1.GetBytes(text));
        yield return new("lines that end as on Windows", "a.csv", Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)));
        yield return new("lines that end as on an old Mac", "a.csv", Encoding.UTF8.GetBytes(text.Replace('\n', '\r')));
    }

    private static IEnumerable<Way> Styles(IReadOnlyList<Contribution> rows)
    {
        yield return Csv("Spanish: semicolon, decimal comma, day first", (';', Spanish), rows, one => Cells(one, one.Written(',', ""), "dd/MM/yyyy"));
        yield return Csv("Spanish: points between thousands", (';', Spanish), rows, one => Cells(one, one.Written(',', "."), "d/M/yyyy"));
        yield return Csv("French: narrow blanks between thousands", (';', French), rows, one => Cells(one, one.Written(',', "\u202F"), "dd.MM.yyyy"));
        yield return Csv("Portuguese: blanks that do not break", (';', Portuguese), rows, one => Cells(one, one.Written(',', "\u00A0"), "dd-MM-yyyy"));
        yield return Csv("English: commas between thousands, month first", (',', English), rows, one => Cells(one, one.Written('.', ","), "M/d/yyyy"));
        yield return Csv("Swiss: apostrophes between thousands", (';', English), rows, one => Cells(one, one.Written('.', "'"), "dd.MM.yyyy"));
        yield return Csv("the sign of the currency", (';', Spanish), rows, one => Cells(one, "₡ " + one.Written(',', "."), "dd/MM/yyyy"));
        yield return Csv("the code of the currency", ('\t', English), rows, one => Cells(one, one.Written('.', ",") + " CRC", "yyyy-MM-dd"));
        yield return Csv("tabs", ('\t', English), rows, Plain);
        yield return Csv("bars", ('|', English), rows, Plain);
        yield return Csv("apostrophes before numbers, blanks around", (',', English), rows, one => [" '" + one.MemberNo + " ", $"  {one.Name}", one.On("yyyy-MM-dd") + " ", " " + one.Plain, one.Period, one.ReceiptNo, one.Method]);
        yield return Csv("months by their names", (';', Spanish), rows, one => Cells(one with { Period = one.Period.Length == 0 ? "" : "enero de 2021" }, one.Written(',', "."), "dd/MM/yyyy"));
    }

    private static IEnumerable<Way> Layouts(IReadOnlyList<Contribution> rows)
    {
        var lines = rows.Select(one => Lines(',', [Plain(one)])).ToList();
        var header = Lines(',', [English]);
        yield return Text("every cell in quotes", string.Concat(rows.Select(Plain).Prepend(English).Select(cells => string.Join(',', cells.Select(cell => $"\"{cell}\"")) + "\n")));
        yield return Text("a line that names the delimiter", "sep=;\n" + Lines(';', [English, .. rows.Select(Plain)]));
        yield return Text("blank rows", header + string.Concat(lines.Select((line, i) => i % 7 == 0 ? "\n,,,,,,\n" + line : line)));
        yield return Text("a title above", "Cooperativa de prueba\nContribuciones de enero,,,\n\n" + header + string.Concat(lines));
        yield return Text("a total below", header + string.Concat(lines) + $",TOTAL,,{rows.Sum(one => one.Minor) / 100m:0.00},,,\n");
        yield return Text("columns in another order, others between", Lines(',', [["nota", "amount", "method", "member_no", "received_on", "village", "receipt_no", "period"], .. rows.Select(one => new[] { "x", one.Plain, one.Method, one.MemberNo, one.On("yyyy-MM-dd"), "Tarrazú", one.ReceiptNo, one.Period })]));
        yield return new("in a zip", "a.zip", Books.ZipOf(("enero.csv", Encoding.UTF8.GetBytes(header + string.Concat(lines)))));
    }

    private static IEnumerable<Way> Workbooks(IReadOnlyList<Contribution> rows)
    {
        yield return new("XLSX, everything as text", "a.xlsx", Xlsx.Of(English, rows.Select(Plain).Select(Xlsx.Texts)));
        yield return new("XLSX, numbers and days as such", "a.xlsx", Xlsx.Of(Spanish, rows.Select(Xlsx.Typed)));
        yield return new("XLSX, shared texts, days counted from 1904", "a.xlsx", Xlsx.Of(English, rows.Select(Xlsx.Typed), new XlsxShape { From1904 = true, SharesTexts = true }));
        yield return new("XLSX, a title above, other sheets, hidden rows", "a.xlsx", Xlsx.Of(French, rows.Select(Xlsx.Typed), new XlsxShape { TitleRows = 3, OtherSheets = true, HidesEvery = 10 }));
        yield return new("XLSX, amounts by formulas", "a.xlsx", Xlsx.Of(English, rows.Select(Xlsx.Typed), new XlsxShape { AmountsByFormula = true }));
        yield return new("XLS of an old office program", "a.xls", OldWorkbook.Of(Spanish, rows));
        yield return new("XLSX in a zip", "a.zip", Books.ZipOf(("enero.xlsx", Xlsx.Of(English, rows.Select(Xlsx.Typed)))));
    }

    private static Way Csv(string name, (char Mark, string[] Header) style, IReadOnlyList<Contribution> rows, Func<Contribution, string[]> cells) => Text(name, Lines(style.Mark, [style.Header, .. rows.Select(cells)]));

    private static Way Text(string name, string text) => new(name, "a.csv", Encoding.UTF8.GetBytes(text));

    private static string Lines(char mark, IEnumerable<string[]> rows) =>
        string.Concat(rows.Select(cells => string.Join(mark, cells.Select(cell => cell.Contains(mark, StringComparison.Ordinal) ? $"\"{cell}\"" : cell)) + "\n"));

    private static byte[] Marked(Encoding encoding, string text) => [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
}

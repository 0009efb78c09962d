using System.Globalization;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// Australia: SuperStream Alternative File Format 1.0, <c>saff1</c>. CSV, CRLF: a row with the version, a row of sections, a row of 133 column
/// names, then one row per member and pay period, read by position. Amounts stand in the column of their component.
/// </summary>
internal sealed class SaffFormat : DeclarationFormat
{
    /// <summary>Components by the column of their amounts, from the 60th on.</summary>
    internal static readonly string[] Contributions = ["sg", "award", "personal", "salary-sacrifice", "voluntary", "spouse", "child", "third-party"];

    private const int AbnLength = 11;

    public override string Name => "saff1";

    public override IReadOnlySet<string> Columns { get; } = new HashSet<string>
    {
        "title", "name_suffix", "family_name", "given_name", "other_given_name", "sex", "birth_date", "address_line_1", "address_line_2", "address_line_3", "address_line_4", "locality",
        "postcode", "state", "country", "email", "fund_member_no", "employment_end_date", "employment_end_reason",
    };

    public override Refusal? Unfit(Agreement agreement, Pack pack)
    {
        if (pack.Currency.Code != "AUD") return Lacks("channel.format", $"«{Name}» declares Australian dollars, and pack {pack.Id} is in {pack.Currency.Code}");
        if (NoPlace(pack, Contributions) is { } other) return other;
        if (Digits(agreement.Organisation.TaxId).Length != AbnLength) return Lacks("organisation.tax_id", $"«{Name}» needs the ABN of {AbnLength} digits");
        if (Digits(agreement.Fund.TaxId).Length != AbnLength) return Lacks("fund.tax_id", $"«{Name}» needs the fund's ABN of {AbnLength} digits");
        return Account(agreement.Bank.FundAccount) is null ? Lacks("bank.fund_account", $"«{Name}» needs the fund's account as BSB of 6 digits and number") : null;
    }

    public override string FileName(DeclarationHeader header) => $"{header.Reference}.csv";

    internal static string Digits(string? text) => string.Concat((text ?? "").Where(char.IsAsciiDigit));

    /// <summary>BSB and number of an Australian account; null where it is none.</summary>
    internal static (string Bsb, string Number)? Account(string? account) => Digits(account) is { Length: > 6 and <= 15 } digits ? (digits[..6], digits[6..]) : null;

    private protected override DeclarationRows Rows(DeclarationHeader header, DeclarationBytes target, IncompleteMembers incomplete) => new SaffRows(header, target, incomplete);
}

/// <summary>The rows of a SAFF file.</summary>
internal sealed class SaffRows(DeclarationHeader header, DeclarationBytes target, IncompleteMembers incomplete) : MemberRows
{
    private const int FirstContribution = 60;
    private const int TfnLength = 9;

    private static readonly string[] AddressColumns = ["address_line_1", "address_line_2", "address_line_3", "address_line_4", "locality", "postcode", "state", "country", "email"];

    private readonly byte[] parties = Parties(header);
    private readonly byte[] empty = [.. Enumerable.Repeat((byte)',', SaffColumns.Count - FirstContribution - SaffFormat.Contributions.Length + 1)];
    private readonly long[] amounts = new long[SaffFormat.Contributions.Length];
    private (string Text, Period Span) last = ("", default);
    private long rows;

    public override void Begin() =>
        target.Write($"VERSION,1.0,NEGATIVES SUPPORTED,{(header.Announced.LeastMinor < 0 ? "TRUE" : "FALSE")},FILE ID,{header.Reference}\r\n{SaffColumns.Captions}\r\n{SaffColumns.Names}\r\n");

    public override void End(long lines, long totalMinor)
    {
        base.End(lines, totalMinor);
        // Every row names what is paid, so the sum was said before the first line.
        if (totalMinor != header.Announced.TotalMinor && incomplete.Refusal is null) throw new InvalidOperationException($"{header.Reference}: {header.Announced.TotalMinor} were announced, and the lines come to {totalMinor}.");
    }

    protected override void Row(List<DeclarationLine> lines)
    {
        var cells = new MemberCells(lines[0], incomplete);
        target.Write(++rows);
        target.Write(parties);
        Person(cells);
        Address(cells);
        Text(cells.Text("fund_member_no"));
        Text(lines[0].MemberNo);
        Day(cells.Day("employment_end_date"));
        Text(cells.Text("employment_end_reason"));
        Pay(lines, cells);
    }

    private void Person(MemberCells cells)
    {
        var tfn = cells.NationalId;
        if (tfn.Length != TfnLength || tfn.AsSpan().ContainsAnyExceptInRange('0', '9')) cells.Fault("national_id", tfn, $"«{tfn}» is no tax file number of {TfnLength} digits; write 000000000 for a member without one");
        Text(tfn);
        Text(cells.Text("title"));
        Text(cells.Text("name_suffix"));
        Text(cells.Needed("family_name"));
        Text(cells.Needed("given_name"));
        Text(cells.Text("other_given_name"));
        Text(cells.Word("sex", null, "M", "F", "X") switch { "M" => "1", "F" => "2", _ => "3" });
        Day(cells.NeededDay("birth_date"));
    }

    // Four lines, locality, postcode, state, country, e-mail; telephone numbers stay empty.
    private void Address(MemberCells cells)
    {
        Text(cells.Text("address_line_1") is null ? null : "RES");
        foreach (var column in AddressColumns) Text(cells.Text(column));
        target.Write(",,"u8);
    }

    private void Pay(List<DeclarationLine> lines, MemberCells cells)
    {
        var span = Span(lines[0]);
        Day(span.First);
        Day(span.Last);
        Sort(lines, cells);
        foreach (var amount in amounts)
        {
            target.Write(","u8);
            if (amount != 0) target.Major(amount, header.Currency.Digits);
        }

        target.Write(empty);
        target.Write("\r\n"u8);
    }

    // Nearly always that of the row before.
    private Period Span(DeclarationLine line)
    {
        if (line.Period == last.Text && line.Months == last.Span.Months) return last.Span;
        if (!Period.TryParse(line.Period, out var first)) throw new InvalidOperationException($"«{line.Period}» is no period.");
        last = (line.Period, first with { Months = line.Months });
        return last.Span;
    }

    private void Sort(List<DeclarationLine> lines, MemberCells cells)
    {
        Array.Clear(amounts);
        foreach (var line in lines)
        {
            var at = line.Class == "principal" ? Array.IndexOf(SaffFormat.Contributions, line.Component) : -1;
            if (at < 0) cells.Fault("component", line.Component, $"«{line.Component}» of class {line.Class} has no column");
            else amounts[at] = checked(amounts[at] + line.AmountMinor);
        }
    }

    private void Text(string? text)
    {
        target.Write(","u8);
        target.Cell(text);
    }

    private void Day(DateOnly? day)
    {
        target.Write(","u8);
        if (day is { } known) target.Day(known);
    }

    // Columns 2 to 33, the same in every row.
    private static byte[] Parties(DeclarationHeader header)
    {
        var (fund, organisation, bank) = header.Parties;
        var (abn, name) = (SaffFormat.Digits(organisation.TaxId), organisation.Name);
        var (payer, payee) = (SaffFormat.Account(bank.OrganisationAccount), SaffFormat.Account(bank.FundAccount));
        string?[] cells =
        [
            abn, "ABN", null, null,
            abn, name, null, null, null, null, null,
            abn, name, payer?.Bsb, payer?.Number, payer is null ? null : name,
            SaffFormat.Digits(fund.TaxId), fund.Code, fund.Name, null, "DirectCredit", header.CutoffOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), header.Reference, null,
            Money.ToMajor(header.Announced.TotalMinor, header.Currency.Digits), payee?.Bsb, payee?.Number, fund.Name,
            abn, null, name, null,
        ];
        return Encoding.UTF8.GetBytes("," + string.Join(',', cells.Select(CsvCells.Plain)));
    }
}

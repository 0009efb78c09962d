using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// Dominican Republic, TSS (SUIR): monthly self-determination of wages, <c>tss-am</c>. Fixed width, CRLF, capitals without accents: a record
/// E, a record D of 312 characters per member with up to three blocks of exempt income of 18, a record S that counts all records. The fund
/// works the contributions out itself.
/// </summary>
internal sealed class TssFormat : DeclarationFormat
{
    public override string Name => "tss-am";

    public override bool HasOnePeriod => true;

    public override IReadOnlySet<string> Columns { get; } = new HashSet<string>
    {
        "payroll_key", "document_type", "given_name", "family_name", "second_family_name", "sex", "birth_date", "voluntary_contribution", "isr_salary", "other_pay",
        "other_agent_rnc", "other_agent_pay", "exempt_income", "balance_in_favour", "infotep_salary", "income_type", "exempt_income_1", "exempt_income_2", "exempt_income_3",
    };

    public override Refusal? Unfit(Agreement agreement, Pack pack)
    {
        if (pack.Currency.Code != "DOP") return Lacks("channel.format", $"«{Name}» declares Dominican pesos, and pack {pack.Id} is in {pack.Currency.Code}");
        if (Rnc(agreement.Organisation) is not { Length: 9 or 11 }) return Lacks("organisation.tax_id", $"«{Name}» needs the RNC of 9 digits, or the cédula of 11");
        return agreement.Shortfall == Shortfall.ProRata ? Lacks("shortfall", $"«{Name}» declares the wage of a whole month, so pro_rata cannot be declared") : null;
    }

    // The first three parts are the fund's own; the reference keeps two declarations of one month apart.
    public override string FileName(DeclarationHeader header) => $"AM_{Rnc(header.Parties.Organisation)}_{header.Period!.Value.First:MMyyyy}_{header.Reference}.txt";

    public override string? EnteredWith(string kind, string? period) => $"Process AM, period {period}.";

    internal static string Rnc(Party organisation) => string.Concat((organisation.TaxId ?? "").Where(char.IsAsciiDigit));

    private protected override Refusal? NotCarried(DeclarationHeader header) => header.Revises is null ? null
        : Refusal.Input("declaration_not_carried", $"AM declares whole wages and carries no differences to {header.Revises}: report the change of wages to the fund (process AR).");

    private protected override DeclarationRows Rows(DeclarationHeader header, DeclarationBytes target, IncompleteMembers incomplete) => new TssRows(header, target, incomplete);
}

/// <summary>The records of an AM file.</summary>
internal sealed class TssRows(DeclarationHeader header, DeclarationBytes target, IncompleteMembers incomplete) : MemberRows
{
    private const int AmountWidth = 16;
    private const int RncWidth = 11;
    private const int CedulaLength = 11;
    private const int RecordsMax = 999_999;

    private static readonly string[] Blocks = ["exempt_income_1", "exempt_income_2", "exempt_income_3"];

    private readonly long floor = header.Figures.TryGetValue("floor_wage", out var wage) && (wage * 100).TryToLong(out var minor) ? minor : 0;
    private int records = 1;

    public override void Begin()
    {
        target.Write("EAM"u8);
        target.Right(TssFormat.Rnc(header.Parties.Organisation), RncWidth);
        target.Write($"{header.Period!.Value.First:MMyyyy}");
        target.Write("\r\n"u8);
    }

    public override void End(long lines, long totalMinor)
    {
        base.End(lines, totalMinor);
        target.Write("S"u8);
        target.Write($"{++records:D6}");
        target.Write("\r\n"u8);
    }

    protected override void Row(List<DeclarationLine> lines)
    {
        var cells = new MemberCells(lines[0], incomplete);
        if (!lines.Exists(line => line.Class == "principal")) cells.Fault("class", null, "has surcharges only, which AM does not carry: pay them on the fund's own notice");
        if (++records == RecordsMax) cells.Fault("line", null, $"is behind the last of {RecordsMax:N0} records that a file may have");
        Person(cells);
        Pay(cells);
        for (var block = 0; block < Blocks.Length; block++) Exempt(cells, block);
        target.Write("\r\n"u8);
    }

    private void Person(MemberCells cells)
    {
        var id = cells.NationalId;
        var isCedula = id.Length == CedulaLength && !id.AsSpan().ContainsAnyExceptInRange('0', '9');
        var type = cells.Word("document_type", isCedula ? "C" : null, "C", "N", "P");
        if (type == "C" && !isCedula) cells.Fault("national_id", id, $"«{id}» is no cédula of {CedulaLength} digits");
        target.Write("D"u8);
        target.Write(Digits(cells, "payroll_key", "001", 3));
        target.Left(type, 1);
        target.Left(Plain(id), 25);
        target.Left(Name(cells, "given_name", type), 50);
        target.Left(Name(cells, "family_name", type), 40);
        target.Left(Plain(cells.Text("second_family_name") ?? ""), 40);
        target.Left(cells.Word("sex", null, "M", "F"), 1);
        target.DayMonthYear(cells.NeededDay("birth_date"));
    }

    // What equals the social security wage is written as zero.
    private void Pay(MemberCells cells)
    {
        var wage = Math.Max(floor, cells.Income(100, "an amount in pesos and centavos") ?? 0);
        Amount(cells, wage, "declared_income");
        Amount(cells, "voluntary_contribution");
        Amount(cells, cells.Amount("isr_salary", 100) is var isr && isr == wage ? 0 : isr, "isr_salary");
        Amount(cells, "other_pay");
        target.Right(OtherAgent(cells), RncWidth);
        Amount(cells, "other_agent_pay");
        Amount(cells, "exempt_income");
        Amount(cells, "balance_in_favour");
        Amount(cells, cells.Amount("infotep_salary", 100) is var infotep && infotep == wage ? 0 : infotep, "infotep_salary");
        target.Write(Digits(cells, "income_type", "0001", 4));
    }

    private static string OtherAgent(MemberCells cells)
    {
        if (cells.Text("other_agent_rnc") is not { } rnc) return "";
        if (rnc.Length is 9 or RncWidth && !rnc.AsSpan().ContainsAnyExceptInRange('0', '9')) return rnc;
        cells.Fault("other_agent_rnc", rnc, $"«{rnc}» is no RNC of 9 digits and no cédula of {RncWidth}");
        return "";
    }

    private void Exempt(MemberCells cells, int block)
    {
        if (cells.Text(Blocks[block]) is null) return;
        target.Write("0"u8);
        target.Write(block + 1);
        Amount(cells, Blocks[block]);
    }

    private void Amount(MemberCells cells, string column) => Amount(cells, cells.Amount(column, 100), column);

    private void Amount(MemberCells cells, long minor, string column)
    {
        if (minor > 9_999_999_999_999_99) cells.Fault(column, Money.ToMajor(minor, 2), $"is wider than {AmountWidth} characters");
        else target.Hundredths(minor, AmountWidth);
    }

    // The registry fills in the names that belong to a cédula.
    private static string Name(MemberCells cells, string column, string type) => Plain(type == "C" ? cells.Text(column) ?? "" : cells.Needed(column));

    private static string Plain(string text)
    {
        var plain = PlainLetters.Capitals(text);
        return plain.AsSpan().ContainsAnyExceptInRange(' ', '~') ? string.Concat(plain.Select(letter => letter is >= ' ' and <= '~' ? letter : ' ')) : plain;
    }

    private static string Digits(MemberCells cells, string column, string otherwise, int width)
    {
        var text = cells.Text(column) ?? otherwise;
        if (text.Length > width || text.AsSpan().ContainsAnyExceptInRange('0', '9')) cells.Fault(column, text, $"«{text}» is not up to {width} digits");
        return text.PadLeft(width, '0');
    }
}

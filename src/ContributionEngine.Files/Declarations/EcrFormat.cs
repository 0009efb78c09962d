using System.Buffers;
using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// India, EPFO: electronic challan cum return 2.0, <c>ecr2</c>. One row per UAN and wage month, eleven fields parted by <c>#~#</c>, whole
/// rupees, ASCII, CRLF, no header and no trailer. Wage month and return type are entered on the portal. Source: EPFO user manual of the
/// revamped ECR, October 2025.
/// </summary>
internal sealed class EcrFormat : DeclarationFormat
{
    public const string Worker = "epf-worker";
    public const string Pension = "eps";
    public const string Employer = "epf-employer";

    public const string Rate = "epf_rate";
    public const string PensionRate = "eps_rate";
    public const string Ceiling = "eps_wage_ceiling";

    public override string Name => "ecr2";

    public override bool HasOnePeriod => true;

    public override IReadOnlySet<string> Columns { get; } = new HashSet<string> { "gross_wages", "ncp_days", "refund_of_advances", "birth_date" };

    public override Refusal? Unfit(Agreement agreement, Pack pack)
    {
        if (pack.Currency.Code != "INR") return Lacks("channel.format", $"«{Name}» declares rupees, and pack {pack.Id} is in {pack.Currency.Code}");
        if (NoPlace(pack, [Worker, Pension, Employer]) is { } other) return other;
        return new[] { Rate, PensionRate, Ceiling }.FirstOrDefault(id => pack.File.Figures.All(figure => figure.Id != id)) is { } missing
            ? Lacks("channel.format", $"«{Name}» checks its rows by figure {missing}, which pack {pack.Id} does not have")
            : null;
    }

    // The portal takes letters and digits only.
    public override string FileName(DeclarationHeader header) => $"{header.Reference}.txt";

    public override string? EnteredWith(string kind, string? period) =>
        $"Wage month {period}; return type {kind switch { "regular" => "Regular", "supplementary" => "Supplementary", _ => "Revised" }}.";

    private protected override Refusal? NotCarried(DeclarationHeader header) => header.Revises is null ? null
        : Refusal.Input("declaration_not_carried", $"A revised ECR restates the whole wage month of a member and carries no differences to {header.Revises}: file the revised return on the portal.");

    private protected override DeclarationRows Rows(DeclarationHeader header, DeclarationBytes target, IncompleteMembers incomplete) => new EcrRows(header, target, incomplete);
}

/// <summary>The rows of an ECR, each checked as the portal checks it.</summary>
internal sealed class EcrRows(DeclarationHeader header, DeclarationBytes target, IncompleteMembers incomplete) : MemberRows
{
    private const int UanLength = 12;
    private const int NameMax = 85;
    private const long AmountMax = 9_999_999_999;
    private const int PensionEndsAt = 58;

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ .-");

    private readonly Ratio share = header.Figures[EcrFormat.Rate] / 100;
    private readonly Ratio pensionShare = header.Figures[EcrFormat.PensionRate] / 100;
    private readonly long ceiling = Rounding.HalfUp.Apply(header.Figures[EcrFormat.Ceiling]);
    private readonly Period month = header.Period!.Value;

    public override void Begin()
    {
    }

    protected override void Row(List<DeclarationLine> lines)
    {
        var cells = new MemberCells(lines[0], incomplete);
        long worker = Sum(lines, EcrFormat.Worker), pension = Sum(lines, EcrFormat.Pension), employer = Sum(lines, EcrFormat.Employer);
        var (uan, name) = (Uan(cells), Name(cells));
        if (worker + pension + employer == 0) cells.Fault("class", null, "has late charges only, which the ECR does not carry: pay them by a challan of their own");
        else if (cells.Income(1, "whole rupees") is { } wages) Row(cells, (uan, name, wages), (worker, pension, employer));
    }

    private void Row(MemberCells cells, (string Uan, string Name, long Wages) of, (long Worker, long Pension, long Employer) amounts)
    {
        var (uan, name, wages) = of;
        var (worker, pension, employer) = amounts;
        var gross = cells.Text("gross_wages") is null ? wages : cells.Amount("gross_wages", 1);
        if (gross < wages) cells.Fault("gross_wages", $"{gross}", $"«{gross}» is below declared_income, {wages}");
        Check(cells, wages, amounts);
        target.Write(uan);
        Text(name);
        Number(gross);
        Number(wages);
        Number(pension > 0 ? Math.Min(wages, ceiling) : 0);
        Number(Math.Min(wages, ceiling));
        Number(worker);
        Number(pension);
        Number(employer);
        Number(Days(cells));
        Number(cells.Amount("refund_of_advances", 1));
        target.Write("\r\n"u8);
    }

    // 14,000: 1,680 and 1,166 (8.33 % is 1,166.2), so 514 are left; 3.67 % of the wage would be 513.8.
    private void Check(MemberCells cells, long wages, (long Worker, long Pension, long Employer) amounts)
    {
        if (wages >= AmountMax) cells.Fault("declared_income", $"{wages}", $"«{wages}» is above what a field holds");
        var statutory = Rounding.HalfUp.Apply(share * wages);
        var pension = amounts.Pension == 0 ? 0 : Rounding.HalfUp.Apply(pensionShare * Math.Min(wages, ceiling));
        if (amounts.Worker < statutory) Differs(cells, EcrFormat.Worker, amounts.Worker, $"{share * 100} % of {wages}, {statutory}");
        if (amounts.Pension != pension) Differs(cells, EcrFormat.Pension, amounts.Pension, $"{pensionShare * 100} % of {Math.Min(wages, ceiling)}, {pension}");
        if (amounts.Employer != statutory - amounts.Pension) Differs(cells, EcrFormat.Employer, amounts.Employer, $"{statutory} less {amounts.Pension}, {statutory - amounts.Pension}");
        if (amounts.Pension > 0 && cells.Day("birth_date") is { } born && born.AddYears(PensionEndsAt) <= month.First) cells.Fault("birth_date", $"{born:yyyy-MM-dd}", $"makes her {PensionEndsAt} before {month}, and there is no pension contribution from that age");
    }

    private static void Differs(MemberCells cells, string component, long amount, string rule) =>
        cells.Fault(component, $"{amount}", $"is {amount} and not {rule}: correct declared_income for the month and generate the schedule, or wait until all is paid");

    private long Sum(List<DeclarationLine> lines, string component)
    {
        var sum = 0L;
        foreach (var line in lines)
        {
            if (line.Class == "principal" && line.Component == component) sum = checked(sum + line.AmountMinor);
        }

        var rupees = Math.DivRem(sum, header.Currency.MinorPerMajor, out var paise);
        if (paise != 0) new MemberCells(lines[0], incomplete).Fault(component, Money.ToMajor(sum, header.Currency.Digits), $"is {Money.ToMajor(sum, header.Currency.Digits)}, and only whole rupees are declared");
        return rupees;
    }

    private static string Uan(MemberCells cells)
    {
        var uan = cells.NationalId;
        if (uan.Length != UanLength || uan.AsSpan().ContainsAnyExceptInRange('0', '9')) cells.Fault("national_id", uan, $"«{uan}» is no UAN of {UanLength} digits");
        return uan;
    }

    private static string Name(MemberCells cells)
    {
        var name = PlainLetters.Capitals(cells.FullName.Trim());
        if (name.Length is 0 or > NameMax || !char.IsAsciiLetterUpper(name[0]) || name.AsSpan().ContainsAnyExcept(NameLetters))
        {
            cells.Fault("full_name", cells.FullName, $"«{cells.FullName}» is not up to {NameMax} letters, blanks, points and dashes that begin with a letter: write it as it stands with the UAN");
        }

        return name;
    }

    private long Days(MemberCells cells)
    {
        if (cells.Text("ncp_days") is not { } text) return 0;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= month.Last.Day) return days;
        cells.Fault("ncp_days", text, $"«{text}» is not 0 to {month.Last.Day} days");
        return 0;
    }

    private void Text(string text)
    {
        target.Write("#~#"u8);
        target.Write(text);
    }

    private void Number(long number)
    {
        target.Write("#~#"u8);
        target.Write(number);
    }
}

using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>One row of a members file.</summary>
public sealed record MemberRow
{
    public required long Row { get; init; }

    public required string MemberNo { get; init; }

    public required string NationalId { get; init; }

    public required string FullName { get; init; }

    public required DateOnly EnrolledFrom { get; init; }

    public DateOnly? EnrolledTo { get; init; }

    /// <summary>From when the facts hold; null: from the start of the enrolment.</summary>
    public DateOnly? ValidFrom { get; init; }

    public string? Phone { get; init; }

    public string? Language { get; init; }

    public required MemberFacts Facts { get; init; }
}

/// <summary>Reads a members file, a CSV or a workbook: every row is right, or the whole file is refused with each faulty cell named.</summary>
public static class MemberSheet
{
    private const int ErrorsMax = 1_000;
    private const int IncomeDecimals = 2;

    // Columns that a scheme may ask for beyond the usual ones are kept by their own name.
    private const string Other = "other:";

    private static readonly string[] Required = ["member_no", "national_id", "full_name", "enrolled_from"];

    private static readonly string[] Fields =
    [
        "member_no", "national_id", "full_name", "enrolled_from", "enrolled_to", "category", "declared_income", "zone", "beneficiaries",
        "additional_dependants", "first_registered", "phone", "language", "flags", "valid_from",
    ];

    /// <summary>The rows in file order. Refusals: the F codes, or <c>members_invalid</c> with one error per faulty cell.</summary>
    public static Outcome<IReadOnlyList<MemberRow>> Read(Func<Stream> open, string fileName)
    {
        if (!SheetFile.Open(open, fileName).Ok(out var file, out var refusal)) return refusal;
        using (file)
        {
            var rows = new List<MemberRow>();
            refusal = SheetFile.Guarded(() => file.Find(null, Fit).Ok(out var found, out var no) ? Rows(found, rows) : no);
            return refusal is null ? rows : refusal;
        }
    }

    private static Refusal? Rows(FoundSheet<Dictionary<string, int>> found, List<MemberRow> rows)
    {
        var errors = new List<Refusal>();
        var seen = new Dictionary<(string, DateOnly?), long>();
        foreach (var record in found.Source.Records().SkipWhile(record => record.Row <= found.Header.Row))
        {
            var row = new MemberCells(record, found.Header.Columns, errors).Row(IncomeDecimals);
            if (!seen.TryAdd((row.MemberNo, row.ValidFrom), row.Row)) errors.Add(Error(row.Row, "member_no", row.MemberNo, $"Row {row.Row}: member “{row.MemberNo}” stands in the file twice, also in row {seen[(row.MemberNo, row.ValidFrom)]}."));
            rows.Add(row);
            if (errors.Count >= ErrorsMax) break;
        }

        if (rows.Count == 0) return FileProblem.Empty() with { Detail = "The file has no member rows." };
        return errors.Count == 0 ? null : errors[0] with { Code = "members_invalid", Errors = errors, Help = "Nothing was imported. Correct these cells and import the file again." };
    }

    internal static Refusal Error(long row, string field, string? value, string detail) =>
        Refusal.Input("member_cell", detail) with { Row = row, Field = field, Value = value };

    private static HeaderFit<Dictionary<string, int>> Fit(IReadOnlyList<string> names)
    {
        var folded = names.Select(PlainLetters.Folded).ToList();
        var columns = new Dictionary<string, int>();
        foreach (var field in Fields)
        {
            var at = folded.IndexOf(PlainLetters.Folded(field));
            if (at >= 0) columns[field] = at;
        }

        var named = columns.Count;
        for (var i = 0; i < folded.Count; i++)
        {
            if (folded[i].Length > 0 && !columns.ContainsValue(i)) columns.TryAdd(Other + folded[i].Replace(' ', '_'), i);
        }

        var missing = Required.FirstOrDefault(needed => !columns.ContainsKey(needed));
        return new HeaderFit<Dictionary<string, int>>(named, missing is null ? columns : null, missing is null ? null : FileProblem.Column(missing));
    }

    private sealed class MemberCells(SheetRecord record, Dictionary<string, int> columns, List<Refusal> errors)
    {
        public MemberRow Row(int decimals)
        {
            var (from, to) = (Day("enrolled_from", needed: true), Day("enrolled_to"));
            if (from is { } first && to < first) Fault("enrolled_to", "is before enrolled_from");
            return new MemberRow
            {
                Row = record.Row,
                MemberNo = Needed("member_no"),
                NationalId = Needed("national_id"),
                FullName = Needed("full_name"),
                EnrolledFrom = from ?? default,
                EnrolledTo = to,
                ValidFrom = Day("valid_from"),
                Phone = Text("phone"),
                Language = Text("language"),
                Facts = new MemberFacts
                {
                    DeclaredIncome = Income(decimals),
                    Category = Text("category"),
                    Zone = Text("zone"),
                    Beneficiaries = Count("beneficiaries"),
                    AdditionalDependants = Count("additional_dependants"),
                    FirstRegistered = Day("first_registered"),
                    Others = columns.Keys.Where(name => name.StartsWith(Other, StringComparison.Ordinal) && Text(name) is not null).ToDictionary(name => name[Other.Length..], name => Text(name)!),
                    Flags = Text("flags")?.Split([';', '|', ' ', ','], StringSplitOptions.RemoveEmptyEntries) ?? [],
                },
            };
        }

        private string? Text(string field) => columns.TryGetValue(field, out var column) && record[column] is { Length: > 0 } text ? text : null;

        private string Needed(string field)
        {
            if (Text(field) is { } text) return text;
            Fault(field, "is missing");
            return "";
        }

        private DateOnly? Day(string field, bool needed = false)
        {
            if (Text(field) is not { } text)
            {
                if (needed) Fault(field, "is missing");
                return null;
            }

            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            Fault(field, $"“{text}” is not a date such as 2021-01-31");
            return null;
        }

        private Ratio? Income(int decimals)
        {
            if (Text("declared_income") is not { } text) return null;
            if (Ratio.TryParse(text, decimals, out var income) && income.Sign >= 0) return income;
            Fault("declared_income", $"“{text}” is not an amount such as 400000.00");
            return null;
        }

        private int? Count(string field)
        {
            if (Text(field) is not { } text) return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return count;
            Fault(field, $"“{text}” is not a whole number");
            return null;
        }

        private void Fault(string field, string what) => errors.Add(Error(record.Row, field, Text(field), $"Row {record.Row}: {field} {what}."));
    }
}

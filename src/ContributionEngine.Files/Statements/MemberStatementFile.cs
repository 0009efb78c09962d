using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Writes a member's statement in the form that is asked for.</summary>
public static class MemberStatementFile
{
    public static readonly IReadOnlyList<string> Formats = ["html", "pdf", "csv", "json"];

    private static readonly JsonSerializerOptions Compact = new(DocumentJson.Options) { WriteIndented = false };

    /// <param name="format">One of <see cref="Formats"/>.</param>
    public static byte[] Write(MemberStatement statement, string format) => format switch
    {
        "html" => Encoding.UTF8.GetBytes(new MemberStatementHtml(statement).Page()),
        "pdf" => Pdf(statement),
        "csv" => Encoding.UTF8.GetBytes(Csv(statement)),
        _ => DocumentJson.Of(Document(statement)),
    };

    /// <summary>One proof as docs/member-proof.md has it, without a blank too many.</summary>
    internal static string Proof(LineProof proof) => JsonSerializer.Serialize(new { proof.Line, proof.Salt, path = Path(proof), proof.Root }, Compact);

    private static byte[] Pdf(MemberStatement statement)
    {
        using var bytes = new MemoryStream();
        PaperPdf.Write(MemberStatementPaper.Of(statement), bytes);
        return bytes.ToArray();
    }

    private static object Document(MemberStatement of)
    {
        string Major(long minor) => Money.ToMajor(minor, of.Currency.Digits);
        SumTexts Sums(StatedPeriod sum, string? period) => new(period, Major(sum.Owed), Major(sum.Paid), Major(sum.Open), Major(sum.Remitted), Major(sum.Accepted));
        return new
        {
            of.Agreement, of.Organisation, of.Fund, currency = of.Currency.Code, of.MemberNo, of.NationalId, of.FullName, of.On,
            total = Sums(of.Total, null),
            periods = of.Periods.Select(period => Sums(period, period.Period)),
            obligations = of.Obligations.Select(owed => new { owed.Period, owed.Component, owed.Class, owed.DueOn, owed = Major(owed.Owed), paid = Major(owed.Paid) }),
            receipts = of.Receipts.Select(got => new
            {
                got.Receipt, got.ReceiptNo, got.ReceivedOn, amount = Major(got.Amount), credit = Major(got.Credit), refunded = Major(got.Refunded),
                parts = got.Parts.Select(part => new { part.Period, part.Component, part.Class, amount = Major(part.Amount), remittance = part.Reference, part.Outcome }),
            }),
            lines = of.Lines.Select(line => new { remittance = line.Reference, line.LineNo, line.Period, line.Component, line.Class, amount = Major(line.Amount), line.Outcome, line.Code }),
            proofs = of.Proven.Select(line => new
            {
                remittance = line.Reference, line.LineNo, line.Proof!.Version, lines = line.Proof.LineCount, line.Proof.ConfirmedOn, line.Proof.Line.Line, line.Proof.Line.Salt, path = Path(line.Proof.Line),
                line.Proof.Line.Root, line.Proof.Line.Leaf, address = of.AddressOf(line.Proof),
            }),
        };
    }

    private static string Csv(MemberStatement of)
    {
        var text = new StringBuilder("record,date,period,component,class,amount,paid,receipt,remittance,line_no,outcome,version,confirmed_on,root,salt,line,path\n");
        string Major(long minor) => Money.ToMajor(minor, of.Currency.Digits);
        void Row(params IEnumerable<string?> cells) => text.AppendJoin(',', cells.Concat(Enumerable.Repeat("", 17)).Take(17)).Append('\n');
        foreach (var owed in of.Obligations) Row("obligation", Day(owed.DueOn), owed.Period, CsvCells.Text(owed.Component), owed.Class, Major(owed.Owed), Major(owed.Paid));
        foreach (var got in of.Receipts)
        {
            Row("receipt", Day(got.ReceivedOn), "", "", "", Major(got.Amount), "", CsvCells.Text(got.ReceiptNo ?? got.Receipt));
            foreach (var part in got.Parts) Row("part", "", part.Period, CsvCells.Text(part.Component), part.Class, Major(part.Amount), "", CsvCells.Text(got.ReceiptNo ?? got.Receipt), part.Reference, "", part.Outcome);
        }

        foreach (var line in of.Lines)
        {
            Row(["line", "", line.Period, CsvCells.Text(line.Component), line.Class, Major(line.Amount), "", "", line.Reference, $"{line.LineNo}", line.Outcome, .. Cells(line.Proof)]);
        }

        return text.ToString();
    }

    private static IEnumerable<string?> Cells(StatedProof? proof) => proof is null ? [] :
    [
        $"{proof.Version}", proof.ConfirmedOn is { } on ? Day(on) : "", proof.Line.Root, proof.Line.Salt, CsvCells.Text(proof.Line.Line), string.Join(' ', proof.Line.Path),
    ];

    private static IEnumerable<string> Path(LineProof proof) => proof.Path.Select(step => step.ToString());

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record SumTexts([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Period, string Owed, string Paid, string Open, string Remitted, string Accepted);
}

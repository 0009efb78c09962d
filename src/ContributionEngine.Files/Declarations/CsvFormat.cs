using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>The generic declaration, <c>csv</c>; <see cref="DeclarationCsv"/> says how it looks and reads it back.</summary>
internal sealed class CsvFormat : DeclarationFormat
{
    public override string Name => "csv";

    public override bool AsksOfMembers => false;

    public override bool TellsProofs => true;

    public override string FileName(DeclarationHeader header) => $"{header.Reference}.csv";

    private protected override DeclarationRows Rows(DeclarationHeader header, DeclarationBytes target, IncompleteMembers incomplete) => new Records(header, target);

    private sealed class Records(DeclarationHeader header, DeclarationBytes target) : DeclarationRows
    {
        public override void Begin()
        {
            var cutoff = InstantText.Of(header.Cutoff);
            target.Write($"H,{header.Reference},{CsvCells.Text(header.Agreement)},{CsvCells.Text(header.Fund)},{CsvCells.Text(header.Organisation)},{cutoff},{header.Currency.Code}{(header.Revises is { } earlier ? $",{earlier}" : "")}\n");
            if (header.FundReference is { } notice) target.Write($"N,{CsvCells.Text(notice)}\n");
            foreach (var proof in header.Proofs) target.Write($"P,{proof.Reference},{proof.Root},{proof.Lines}\n");
        }

        public override void Add(DeclarationLine line)
        {
            target.Write("D,"u8);
            target.Write(line.Line);
            Cell(line.MemberNo);
            Cell(line.NationalId);
            Cell(line.Period);
            Cell(line.Component);
            Cell(line.Class);
            target.Write(","u8);
            target.Major(line.AmountMinor, header.Currency.Digits);
            target.Write("\n"u8);
        }

        public override void End(long lines, long totalMinor)
        {
            target.Write("T,"u8);
            target.Write(lines);
            target.Write(","u8);
            target.Major(totalMinor, header.Currency.Digits);
            target.Write("\n"u8);
        }

        private void Cell(string text)
        {
            target.Write(","u8);
            target.Guarded(text);
        }
    }
}

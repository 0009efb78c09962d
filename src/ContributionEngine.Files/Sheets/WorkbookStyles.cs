using DocumentFormat.OpenXml.Spreadsheet;

namespace ContributionEngine.Files;

/// <summary>The few looks of cells in the workbooks that we write, by their place in the style sheet.</summary>
internal static class WorkbookStyles
{
    public const uint Text = 1;
    public const uint Header = 4;

    private const uint General = 0;
    private const uint Amount = 2;
    private const uint Day = 3;

    // Numbers of formats that every spreadsheet knows, and of one of our own.
    private const uint AsText = 49;
    private const uint Grouped = 3;
    private const uint OwnDay = 164;
    private const uint OwnAmount = 165;

    /// <summary>The look of a column whose cells are still empty.</summary>
    public static uint StyleOf(CellKind column) => column switch { CellKind.Number => Amount, CellKind.Date => Day, _ => Text };

    /// <summary>The look of a cell. A number among texts is shown as it is.</summary>
    public static uint StyleOf(CellKind column, CellKind cell) => cell == CellKind.Number && column == CellKind.Text ? General : StyleOf(column);

    public static Stylesheet Of(int decimals) => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = OwnDay, FormatCode = "yyyy-mm-dd" },
            new NumberingFormat { NumberFormatId = OwnAmount, FormatCode = "#,##0." + new string('0', Math.Max(decimals, 1)) }),
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE2EFDA" }) { PatternType = PatternValues.Solid })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { NumberFormatId = AsText, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = decimals == 0 ? Grouped : OwnAmount, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = OwnDay, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = AsText, ApplyNumberFormat = true, FontId = 1, ApplyFont = true, FillId = 2, ApplyFill = true }));
}

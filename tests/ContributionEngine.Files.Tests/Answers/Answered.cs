using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.Files.Tests.Answers;

/// <summary>Answers made by hand, and what was read of them in one line of text.</summary>
internal static class Answered
{
    public static readonly Currency Colon = Currency.Of("CRC").Value;

    public static ReadAnswer Read(string text, Currency? currency = null) => AnswerFile.Inspect(Encoding.UTF8.GetBytes(text), currency).Value.Single();

    public static string? Refused(string text, Currency? currency = null) => AnswerFile.Inspect(Encoding.UTF8.GetBytes(text), currency).Refusal?.Code;

    public static Acknowledgement Said(string text) => AnswerFile.Read(Encoding.UTF8.GetBytes(text), Colon).Value.Single();

    /// <summary>A report without a namespace, as some banks write them.</summary>
    public static string Report(string inside) => $"<Document><CstmrPmtStsRpt><GrpHdr><MsgId>1</MsgId></GrpHdr>{inside}</CstmrPmtStsRpt></Document>";

    public static string Group(string inside, string message = "M-1") => $"<OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId>{inside}</OrgnlGrpInfAndSts>";

    public static string Batch(string inside) => $"<OrgnlPmtInfAndSts><OrgnlPmtInfId>B-1</OrgnlPmtInfId>{inside}</OrgnlPmtInfAndSts>";

    public static string Line(string reference, string inside) => $"<TxInfAndSts><OrgnlEndToEndId>{reference}</OrgnlEndToEndId>{inside}</TxInfAndSts>";

    public static string Count(string status, int lines, string amount) => $"<NbOfTxsPerSts><DtldNbOfTxs>{lines}</DtldNbOfTxs><DtldSts>{status}</DtldSts><DtldCtrlSum>{amount}</DtldCtrlSum></NbOfTxsPerSts>";

    /// <summary>The outcome of the file, of each batch, and of each line with reference, code, text and amount.</summary>
    public static string Told(ReadAnswer answer) => string.Join(" | ", [
        $"{answer.Original ?? "-"}", $"{answer.File.Said.Outcome}", string.Join(',', answer.Batches.Select(batch => $"{batch.Said.Outcome}")),
        .. answer.Lines.Select(line => $"{line.Reference ?? "-"} {line.Said.Outcome} «{line.Said.Code}» «{line.Said.Text}» {line.AmountMinor}")]);

    /// <summary>Lines and minor units that are accepted, rejected and pending.</summary>
    public static string Totals(ReadAnswer answer) => AnswerTotals.Of(answer) is var totals
        ? string.Join(", ", new[] { totals.Accepted, totals.Rejected, totals.Pending }.Select(sum => $"{sum.Lines}: {(sum.AmountMinor is { } minor ? $"{minor}" : "?")}"))
        : "";
}

using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// Reads payment status reports of any version, and those that name no namespace, by local name. Entities and document types are
/// refused, so an answer can reach nothing outside itself. Source: ISO 20022 pain.002.001.02 to .14.
/// </summary>
public static class Pain002
{
    public const string Format = "pain002";

    private const long CharactersMax = AnswerLimits.BytesMax;
    private const string Report = "CstmrPmtStsRpt";
    private const string Message = "pain.002";

    /// <summary>The answer. Refusals: <c>answer_xml_unsafe</c>, <c>answer_not_an_answer</c>, <c>answer_empty</c>, <c>answer_figure</c>, <c>answer_currency</c>, <c>answer_too_large</c>, <c>answer_unreadable</c>.</summary>
    /// <param name="currency">In which the amounts must be; null: as the file says.</param>
    public static Outcome<ReadAnswer> Read(byte[] raw, Currency? currency)
    {
        try
        {
            var figures = new AnswerFigures(currency ?? CurrencyIn(raw), currency is null);
            using var reader = Open(raw);
            var pieces = StatusReport.Pieces(reader, figures);
            if (!pieces.IsReport) return AnswerFile.No("answer_not_an_answer", "The file is XML, and no payment status report (pain.002).");
            if (pieces.Group is null) return AnswerFile.No("answer_empty", "The report does not say which message it answers.");
            return pieces.Answer(raw, figures.Currency);
        }
        catch (XmlException fault) when (fault.Message.Contains("DTD", StringComparison.Ordinal))
        {
            return AnswerFile.No("answer_xml_unsafe", "The file declares a document type, which no answer needs.");
        }
        catch (XmlException fault)
        {
            return AnswerFile.No("answer_unreadable", $"The file is no well-formed XML: line {fault.LineNumber}, position {fault.LinePosition}.");
        }
        catch (AnswerRefusedException refused)
        {
            return refused.Refusal;
        }
    }

    /// <summary>True for the element that holds a report; its namespace, if it has one, must be of such a message.</summary>
    internal static bool IsReport(XmlReader reader) =>
        (reader.LocalName == Report || reader.LocalName.StartsWith(Message, StringComparison.Ordinal)) && (reader.NamespaceURI.Length == 0 || reader.NamespaceURI.Contains(Message, StringComparison.Ordinal));

    private static XmlReader Open(byte[] raw) => XmlReader.Create(new MemoryStream(raw), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = CharactersMax, MaxCharactersFromEntities = 0, IgnoreWhitespace = true, IgnoreComments = true, IgnoreProcessingInstructions = true,
    });

    // Sums stand before the first amount that names its currency.
    private static Currency CurrencyIn(byte[] raw)
    {
        using var reader = Open(raw);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.GetAttribute("Ccy") is { } code) return Currency.Of(code).Ok(out var currency, out var refusal) ? currency : throw new AnswerRefusedException(AnswerFile.No("answer_currency", refusal.Detail));
        }

        return AnswerFile.Undenominated;
    }
}

/// <summary>The pieces of one report, gathered while it streams by: the lines one at a time, so that a long one stays small.</summary>
internal sealed class StatusReport(AnswerFigures figures)
{
    // What a line may be called by, in this order; the misspelt one stands in reports of Nordic banks.
    private static readonly string[] Names = ["OrgnlEndToEndId", "OrgnlInstrId", "OrgnlInstrdId", "OrgnlTxId"];

    private readonly List<Remark> stumbled = [];
    private readonly List<(XElement Head, List<AnsweredLine> Lines)> batches = [];
    private readonly List<AnsweredLine> loose = [];
    private int lines;
    private bool isInBatch;

    public bool IsReport { get; private set; }

    public XElement? Group { get; private set; }

    public static StatusReport Pieces(XmlReader reader, AnswerFigures figures)
    {
        var report = new StatusReport(figures);
        var more = reader.Read();
        while (more)
        {
            if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "OrgnlPmtInfAndSts") report.isInBatch = false;
            more = reader.NodeType == XmlNodeType.Element && report.Takes(reader) ? !reader.EOF : reader.Read();
        }

        return report;
    }

    public ReadAnswer Answer(byte[] raw, Currency currency) => new()
    {
        Format = Pain002.Format,
        Original = Group!.TextAt("OrgnlMsgId"),
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(raw)),
        Currency = currency,
        File = Part(Group!, "GrpSts", loose),
        Batches = [.. batches.Select(batch => Part(batch.Head, "PmtInfSts", batch.Lines) with { Reference = batch.Head.TextAt("OrgnlPmtInfId") })],
        Stumbled = stumbled,
    };

    // True when the reader has been moved past the element.
    private bool Takes(XmlReader reader)
    {
        if (Pain002.IsReport(reader))
        {
            if (IsReport) throw new AnswerRefusedException(AnswerFile.No("answer_several", "The file holds several reports; give each as a file of its own."));
            IsReport = true;
            return false;
        }

        if (!IsReport) return false;
        switch (reader.LocalName)
        {
            case "OrgnlGrpInfAndSts":
                Group = (XElement)XNode.ReadFrom(reader);
                return true;
            case "OrgnlPmtInfAndSts":
                if (batches.Count == AnswerLimits.BatchesMax) throw AnswerRefusedException.TooLarge($"more than {AnswerLimits.BatchesMax} batches");
                batches.Add((new XElement("batch"), []));
                isInBatch = !reader.IsEmptyElement;
                return false;
            case "TxInfAndSts":
                (isInBatch ? batches[^1].Lines : loose).Add(Line((XElement)XNode.ReadFrom(reader)));
                return true;
            case var _ when isInBatch:
                batches[^1].Head.Add(XNode.ReadFrom(reader));
                return true;
            default:
                return false;
        }
    }

    private AnsweredGroup Part(XElement head, string status, IReadOnlyList<AnsweredLine> listed) => new(Word(head, status, head.TextAt("OrgnlPmtInfId") is { } batch ? AnswerPlace.Batch(batch) : AnswerPlace.Whole))
    {
        Lines = listed,
        LinesTotal = AnswerFigures.Count(head.TextAt("OrgnlNbOfTxs")),
        AmountTotalMinor = figures.Amount(head.TextAt("OrgnlCtrlSum")),
        Counts = [.. head.Children("NbOfTxsPerSts").Select(count => new AnsweredCount(
            Known(count.TextAt("DtldSts") ?? "", AnswerPlace.Count), AnswerFigures.Count(count.TextAt("DtldNbOfTxs")) ?? 0, figures.Amount(count.TextAt("DtldCtrlSum"))))],
    };

    private AnsweredLine Line(XElement line)
    {
        if (++lines > AnswerLimits.LinesMax) throw AnswerRefusedException.TooLarge($"more than {AnswerLimits.LinesMax} lines");
        var reference = Names.Select(name => line.TextAt(name)).FirstOrDefault(text => text is not (null or "NOTPROVIDED"));
        var amounts = line.Child("OrgnlTxRef")?.Child("Amt") is { } given ? given.Child("InstdAmt") ?? given.Child("EqvtAmt")?.Child("Amt") : line.Child("OrgnlTxRef")?.Child("IntrBkSttlmAmt");
        return new AnsweredLine(AnswerFigures.Short(reference), Word(line, "TxSts", AnswerPlace.Line(reference)), figures.Amount(amounts?.Value, amounts?.Attribute("Ccy")?.Value));
    }

    private AnswerWord Word(XElement at, string status, AnswerPlace where)
    {
        var reasons = at.Children("StsRsnInf").ToList();
        var codes = reasons.Select(reason => reason.Child("Rsn") ?? reason.Child("StsRsn")).Select(reason => reason?.TextAt("Cd") ?? reason?.TextAt("Prtry")).OfType<string>().ToList();
        // Banks cut a text into pieces of 105 characters, in the middle of words.
        var texts = reasons.Select(reason => string.Concat(reason.Children("AddtlInf").Concat(reason.Children("AddtlStsRsnInf")).Select(piece => piece.Value)).Trim()).Where(text => text.Length > 0);
        if (at.TextAt(status) is not { } word) return new AnswerWord(null, AnswerFigures.Short(string.Join(' ', codes))!, AnswerFigures.Text(string.Join(' ', texts)));
        var outcome = Known(word, where);
        // What cannot be told from the outcome any more is kept in the code: a word that nobody knows, and a refusal of our own.
        if (AnswerWords.Of(word) is null || (codes.Count == 0 && word == "CANC")) codes.Insert(0, word);
        return new AnswerWord(outcome, AnswerFigures.Short(string.Join(' ', codes))!, AnswerFigures.Text(string.Join(' ', texts)));
    }

    private AcknowledgementOutcome Known(string word, AnswerPlace where)
    {
        if (AnswerWords.Of(word) is { } outcome) return outcome;
        stumbled.Add(AnswerFigures.Unknown(word, where));
        return AcknowledgementOutcome.Pending;
    }
}

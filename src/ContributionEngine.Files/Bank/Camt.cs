using System.Xml;
using System.Xml.Linq;

namespace ContributionEngine.Files;

/// <summary>
/// Reads camt.052, .053 and .054 of any version by local names, entry by entry, also inside an envelope. Document types are
/// refused, so a statement can reach nothing outside itself. Source: ISO 20022, camt.05x.001.02 to .14.
/// </summary>
/// <param name="currency">Code of the currency of a message that names none.</param>
internal sealed class Camt(Func<Stream> open, string? currency)
{
    /// <summary>Refusals, thrown: <c>bank_other_namespace</c>, <c>bank_not_a_statement</c>, <c>bank_no_statement</c>, <c>bank_no_account</c>, <c>bank_no_currency</c>, <c>bank_figure</c>, <c>bank_unreadable</c>.</summary>
    public IEnumerable<BankRecord> Records()
    {
        using var reader = XmlReader.Create(new MarkupStream(open(), () => BankProblem.Unreadable("a text in it goes on without end").Thrown()), Settings());
        var message = new CamtMessage();
        var pieces = new XmlPieces(reader, message.Look);
        var isEmpty = true;
        while (!reader.EOF)
        {
            if (reader.NodeType != XmlNodeType.Element || message.Sees(reader))
            {
                reader.Read();
                continue;
            }

            if (message.IsHeader(reader.LocalName)) message.Header(pieces.Take());
            else if (!message.IsStatement(reader.LocalName)) reader.Read();
            else
            {
                isEmpty = false;
                foreach (var record in Statement(reader, pieces, new CamtStatement(message, currency))) yield return record;
            }
        }

        if (isEmpty) throw message.Nothing().Thrown();
    }

    private static IEnumerable<BankRecord> Statement(XmlReader reader, XmlPieces pieces, CamtStatement statement)
    {
        var isBegun = false;
        var isOpen = !reader.IsEmptyElement;
        reader.Read();
        while (isOpen && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType != XmlNodeType.Element) reader.Read();
            else if (reader.LocalName != "Ntry") statement.Add(pieces.Take());
            else
            {
                var details = new List<XElement>();
                var entry = pieces.Take("TxDtls", details.Add);
                if (!isBegun) yield return statement.Begin(entry);
                isBegun = true;
                yield return statement.Entry(entry, details);
            }
        }

        if (!isBegun) yield return statement.Begin(null);
        yield return statement.End();
        if (isOpen) reader.Read();
    }

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = BankFile.BytesMax, MaxCharactersFromEntities = 0, IgnoreWhitespace = true, IgnoreComments = true, IgnoreProcessingInstructions = true,
    };
}

/// <summary>What is known of the message around the statements.</summary>
internal sealed class CamtMessage
{
    private const int FaultsKept = 20;

    private static readonly Dictionary<string, (BankFormat Format, string Statement)> Kinds = new()
    {
        ["BkToCstmrStmt"] = (BankFormat.Camt053, "Stmt"), ["BkToCstmrAcctRpt"] = (BankFormat.Camt052, "Rpt"), ["BkToCstmrDbtCdtNtfctn"] = (BankFormat.Camt054, "Ntfctn"),
    };

    // Those whose schema the reader was held against.
    private static readonly HashSet<string> Listed =
    [
        "camt.052.001.02", "camt.052.001.04", "camt.052.001.06", "camt.052.001.08", "camt.053.001.02", "camt.053.001.03", "camt.053.001.04", "camt.053.001.07", "camt.053.001.08", "camt.053.001.10", "camt.053.001.14",
        "camt.054.001.02", "camt.054.001.04", "camt.054.001.08", "camt.054.001.10",
    ];

    private readonly List<string> faults = [];
    private (BankFormat Format, string Statement)? kind;
    private string? name;

    public BankFormat Format => kind!.Value.Format;

    /// <summary>Number of the page, from 1.</summary>
    public int Page { get; private set; } = 1;

    public DateOnly? Created { get; private set; }

    /// <summary>What its schema would not allow, first faults first.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>Its version, where that was never tried; else null.</summary>
    public string? NotListed => name is null || Listed.Contains(name) ? null : name;

    /// <summary>Takes note of the document and of the message; true when the element is one of the two.</summary>
    public bool Sees(XmlReader reader)
    {
        if (reader.LocalName == "Document") Named(reader.NamespaceURI);
        else if (Kinds.TryGetValue(reader.LocalName, out var found)) kind = found;
        else return false;
        return true;
    }

    public bool IsHeader(string element) => kind is not null && element == "GrpHdr";

    public bool IsStatement(string element) => kind is { } known && known.Statement == element;

    public void Header(XElement header)
    {
        Created = CamtTexts.Day(header.At("CreDtTm"));
        Page = int.TryParse(header.At("MsgPgntn", "PgNb"), out var page) && page > 0 ? page : 1;
    }

    /// <summary>Holds an element against the schema.</summary>
    public void Look(XElement element)
    {
        if (faults.Count < FaultsKept && CamtRules.Fault(element) is { } fault) faults.Add(fault);
    }

    /// <summary>Why there is no statement.</summary>
    public Core.Refusal Nothing() => kind is { } known ? BankProblem.NoStatement($"the message has no {known.Statement}")
        : name is null ? BankProblem.NotAStatement("it is XML, and no message of a bank") : BankProblem.NoStatement($"it calls itself {name} and is empty");

    // Some banks forget the namespace, some have one of their own for the same message.
    private void Named(string space)
    {
        var at = space.IndexOf("camt.05", StringComparison.Ordinal);
        if (space.Length > 0 && at < 0) throw BankProblem.OtherNamespace(space).Thrown();
        if (space.Length == 0) faults.Add("the document names no version");
        else name = space[at..].Split('.') is [var camt, var number, var variant, var version, ..] ? $"{camt}.{number}.{variant}.{version}" : space[at..];
    }
}

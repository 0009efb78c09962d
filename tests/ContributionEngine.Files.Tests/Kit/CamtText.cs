namespace ContributionEngine.Files.Tests;

/// <summary>Texts of camt messages, as short as they can be.</summary>
internal static class CamtText
{
    public const string Namespace = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    /// <summary>A statement in euro of account A1 from 100.00 to <paramref name="closing"/>.</summary>
    public static string Statement(string closing, params string[] entries) =>
        Message($"<Stmt><Id>S1</Id><Acct><Id><Othr><Id>A1</Id></Othr></Id><Ccy>EUR</Ccy></Acct>{Balance("OPBD", "100.00")}{Balance("CLBD", closing)}{string.Concat(entries)}</Stmt>");

    public static string Message(string statements, string space = Namespace) =>
        $"<Document xmlns=\"{space}\"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-05-04T20:00:00Z</CreDtTm></GrpHdr>{statements}</BkToCstmrStmt></Document>";

    public static string Balance(string code, string amount, string side = "<CdtDbtInd>CRDT</CdtDbtInd>") =>
        $"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{amount}</Amt>{side}<Dt><Dt>2026-05-04</Dt></Dt></Bal>";

    public static string Entry(string amount, string side = "CRDT", string inside = "", string currency = "EUR") =>
        $"<Ntry><Amt Ccy=\"{currency}\">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-05-04</Dt></BookgDt><BkTxCd/>{inside}</Ntry>";

    public static string Reversal(string amount, string side) => Entry(amount, side).Replace("<Sts>", "<RvslInd>true</RvslInd><Sts>", StringComparison.Ordinal);

    public static string Details(params string[] transactions) => $"<NtryDtls>{string.Concat(transactions.Select(text => $"<TxDtls>{text}</TxDtls>"))}</NtryDtls>";

    public static string Amount(string amount, string side) => $"<Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>";
}

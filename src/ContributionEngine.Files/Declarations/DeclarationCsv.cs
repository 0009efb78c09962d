using System.Globalization;
using System.Text;
using ContributionEngine.Core;
using Sylvan.Data.Csv;

namespace ContributionEngine.Files;

/// <summary>
/// The generic declaration: UTF-8 without BOM, comma, LF. Records by their first cell: H header (reference, agreement, fund,
/// organisation, cut-off, currency; of a revised one also the reference of the earlier declaration), N notice (the reference that the fund gave of it; only where the fund gives one), P proof (reference, root and lines of an earlier remittance), D detail (line, member_no, national_id, period, component, class, amount in major units),
/// T trailer (lines, total).
/// </summary>
public static class DeclarationCsv
{
    /// <summary>Reads a declaration back, or refuses it with code <c>declaration_invalid</c> when it is malformed or does not add up.</summary>
    public static Outcome<ReadDeclaration> Read(Stream source)
    {
        try
        {
            using var text = new StreamReader(source, new UTF8Encoding(false, throwOnInvalidBytes: true));
            using var reader = CsvDataReader.Create(text, new CsvDataReaderOptions { HasHeaders = false, Delimiter = ',', ResultSetMode = ResultSetMode.SingleResult });
            return Records(reader);
        }
        catch (Exception broken) when (broken is CsvFormatException or DecoderFallbackException or CsvRecordTooLargeException)
        {
            return Invalid(broken.Message);
        }
    }

    private static Outcome<ReadDeclaration> Records(CsvDataReader reader)
    {
        DeclarationHeader? header = null;
        var (proofs, lines) = (new List<ProvenRemittance>(), new List<DeclarationLine>());
        long total = 0;
        while (reader.Read())
        {
            switch (reader.GetString(0), reader.RowFieldCount)
            {
                case ("H", 7 or 8) when header is null && Header(reader) is { } read:
                    header = read;
                    break;
                case ("N", 2) when header is { FundReference: null } && proofs.Count + lines.Count == 0 && reader.GetString(1).Length > 0:
                    header = header with { FundReference = reader.GetString(1) };
                    break;
                case ("P", 4) when header is not null && lines.Count == 0 && long.TryParse(reader.GetString(3), NumberStyles.None, CultureInfo.InvariantCulture, out var leaves):
                    proofs.Add(new ProvenRemittance(reader.GetString(1), reader.GetString(2), leaves));
                    break;
                case ("D", 8) when header is not null && Line(reader, header.Currency) is { } line:
                    lines.Add(line);
                    total = checked(total + line.AmountMinor);
                    break;
                case ("T", 3) when header is not null && reader.GetString(1) == lines.Count.ToString(CultureInfo.InvariantCulture) && reader.GetString(2) == Money.ToMajor(total, header.Currency.Digits):
                    return reader.Read() ? Invalid("records follow the trailer") : new ReadDeclaration(header with { Proofs = proofs }, lines);
                default:
                    return Invalid($"record {proofs.Count + lines.Count + (header?.FundReference is null ? 2 : 3)} is not what is expected there");
            }
        }

        return Invalid("the trailer is missing");
    }

    private static DeclarationHeader? Header(CsvDataReader reader) =>
        DateTimeOffset.TryParse(reader.GetString(5), CultureInfo.InvariantCulture, out var cutoff) && Currency.Of(reader.GetString(6)).Ok(out var currency, out _)
            ? new DeclarationHeader(reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), cutoff, currency) { Revises = reader.RowFieldCount > 7 ? reader.GetString(7) : null }
            : null;

    private static DeclarationLine? Line(CsvDataReader reader, Currency currency) =>
        long.TryParse(reader.GetString(1), NumberStyles.None, CultureInfo.InvariantCulture, out var line) && Money.Parse(reader.GetString(7), currency).Ok(out var amount, out _)
            ? new DeclarationLine(line, reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6), amount.Minor)
            : null;

    private static Refusal Invalid(string why) => Refusal.Input("declaration_invalid", $"The declaration cannot be taken: {why}.");
}

/// <summary>A declaration that was read back.</summary>
public sealed record ReadDeclaration(DeclarationHeader Header, IReadOnlyList<DeclarationLine> Lines);

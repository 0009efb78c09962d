using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;
using Sylvan.Data.Csv;

namespace ContributionEngine.Files;

/// <summary>Who declares what to whom.</summary>
public sealed record DeclarationHeader(string Reference, string Agreement, string Fund, string Organisation, DateTimeOffset Cutoff, Currency Currency)
{
    /// <summary>Reference of the earlier declaration to whose lines these are the differences; null when these are none.</summary>
    public string? Revises { get; init; }

    /// <summary>What the fund is shown of earlier remittances: the root over the lines that it accepted.</summary>
    public IReadOnlyList<ProvenRemittance> Proofs { get; init; } = [];
}

/// <summary>The root of a Merkle tree over the accepted lines of a remittance.</summary>
/// <param name="Root">Lower-case hex SHA-256.</param>
/// <param name="Lines">How many lines it is over.</param>
public sealed record ProvenRemittance(string Reference, string Root, long Lines);

/// <summary>One member x period x component x class.</summary>
/// <param name="AmountMinor">Minor units of the header's currency.</param>
public sealed record DeclarationLine(long Line, string MemberNo, string NationalId, string Period, string Component, string Class, long AmountMinor);

/// <summary>What was written: the figures that are sealed.</summary>
/// <param name="Sha256">Lower-case hex over the bytes.</param>
public sealed record WrittenDeclaration(long Lines, long TotalMinor, string Sha256, long Bytes);

/// <summary>
/// The generic declaration: UTF-8 without BOM, comma, LF. Records by their first cell: H header (reference, agreement, fund,
/// organisation, cut-off, currency; of a revised one also the reference of the earlier declaration), P proof (reference, root and lines of an earlier remittance), D detail (line, member_no, national_id, period, component, class, amount in major units),
/// T trailer (lines, total).
/// </summary>
public static class DeclarationCsv
{
    /// <summary>Streams a declaration; flat memory whatever its size.</summary>
    public static async Task<WrittenDeclaration> Write(Stream target, DeclarationHeader header, IAsyncEnumerable<DeclarationLine> lines, CancellationToken stop)
    {
        using var sha = SHA256.Create();
        long count = 0, total = 0, bytes;
        await using (var hashing = new CryptoStream(target, sha, CryptoStreamMode.Write, leaveOpen: true))
        {
            await using (var writer = new StreamWriter(hashing, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" })
            {
                var cutoff = header.Cutoff.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
                await writer.WriteLineAsync($"H,{header.Reference},{CsvCells.Text(header.Agreement)},{CsvCells.Text(header.Fund)},{CsvCells.Text(header.Organisation)},{cutoff},{header.Currency.Code}{(header.Revises is { } earlier ? $",{earlier}" : "")}");
                foreach (var proof in header.Proofs) await writer.WriteLineAsync($"P,{proof.Reference},{proof.Root},{proof.Lines}");
                await foreach (var line in lines.WithCancellation(stop))
                {
                    count++;
                    total = checked(total + line.AmountMinor);
                    writer.WriteLine($"D,{line.Line},{CsvCells.Text(line.MemberNo)},{CsvCells.Text(line.NationalId)},{line.Period},{CsvCells.Text(line.Component)},{line.Class},{Money.ToMajor(line.AmountMinor, header.Currency.Digits)}");
                }

                await writer.WriteLineAsync($"T,{count},{Money.ToMajor(total, header.Currency.Digits)}");
            }

            await hashing.FlushFinalBlockAsync(stop);
            bytes = target.Position;
        }

        return new WrittenDeclaration(count, total, Convert.ToHexStringLower(sha.Hash!), bytes);
    }

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
                    return Invalid($"record {proofs.Count + lines.Count + 2} is not what is expected there");
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

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Who declares what to whom.</summary>
public sealed record DeclarationHeader(string Reference, string Agreement, string Fund, string Organisation, DateTimeOffset Cutoff, Currency Currency);

/// <summary>One member x period x component x class.</summary>
/// <param name="AmountMinor">Minor units of the header's currency.</param>
public sealed record DeclarationLine(long Line, string MemberNo, string NationalId, string Period, string Component, string Class, long AmountMinor);

/// <summary>What was written: the figures that are sealed.</summary>
/// <param name="Sha256">Lower-case hex over the bytes.</param>
public sealed record WrittenDeclaration(long Lines, long TotalMinor, string Sha256, long Bytes);

/// <summary>
/// The generic declaration: UTF-8 without BOM, comma, LF. Records by their first cell: H header (reference, agreement, fund,
/// organisation, cut-off, currency), D detail (line, member_no, national_id, period, component, class, amount in major units),
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
                await writer.WriteLineAsync($"H,{header.Reference},{CsvCells.Text(header.Agreement)},{CsvCells.Text(header.Fund)},{CsvCells.Text(header.Organisation)},{cutoff},{header.Currency.Code}");
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
}

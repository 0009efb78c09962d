using ContributionEngine.Core;

namespace ContributionEngine.Files.Tests.Documents;

/// <summary>Slips to begin with.</summary>
internal static class Slips
{
    public static ReceiptSlip One { get; } = new()
    {
        Receipt = "RCP-000000001234", ReceiptNo = "R-2026-000123", Organisation = "Cooperativa Ñandú de Alajuela R.L.", Fund = "Caja Costarricense de Seguro Social", Agreement = "CR-2021-014",
        Currency = Currency.Of("CRC").Value, MemberNo = "A001", FullName = "José Ángel Muñoz Çelik", Language = "es", Phone = "+50688880001", ReceivedOn = new DateOnly(2026, 10, 15), Amount = 3860000,
        Parts = [new SlipPart("2026-09", "sem", "principal", 1732000), new SlipPart("2026-09", "ivm", "principal", 2000000)], Credit = 128000, Refunded = 0, StillOwed = 128000, PaidInYear = 12550000,
        Address = "https://f.example/v/R1234?h=7K2M9Q4XBC3D",
    };

    public static async IAsyncEnumerable<ReceiptSlip> Of(params IEnumerable<ReceiptSlip> slips)
    {
        foreach (var slip in slips) yield return slip;
        await Task.CompletedTask;
    }

    public static async Task<byte[]> Pdf(params IEnumerable<ReceiptSlip> slips)
    {
        using var bytes = new MemoryStream();
        await ReceiptsPdf.Write(Of(slips), ("UPL-1", "es"), bytes, CancellationToken.None);
        return bytes.ToArray();
    }
}

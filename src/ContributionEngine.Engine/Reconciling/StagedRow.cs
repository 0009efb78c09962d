using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A checked row of an upload that waits to be posted.</summary>
public sealed record StagedRow
{
    public required long Row { get; init; }

    /// <summary>The enrolment that pays; null for money of an unknown member.</summary>
    public required long? Enrolment { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    /// <summary>Minor units.</summary>
    public required long Amount { get; init; }

    public string? ReceiptNo { get; init; }

    /// <summary>First month of the period that the row names, as <c>yyyy-MM</c>.</summary>
    public string? Period { get; init; }

    public string? Component { get; init; }

    public string? Method { get; init; }

    public string? Reference { get; init; }

    public string? EventKind { get; init; }

    /// <summary>Minor units.</summary>
    public long EventValue { get; init; }

    /// <summary>Thousandths of the scheme's unit.</summary>
    public long? EventQuantity { get; init; }

    /// <summary>Business key: see <see cref="ReceiptKeys"/>.</summary>
    public required UInt128 Key { get; init; }

    public required long Occurrence { get; init; }

    /// <summary>What the file says of whoever paid; kept only while her member is not known.</summary>
    public SuspensePayer? Payer { get; init; }

    /// <summary>The day of an event: in the month that its row names, else the row's own.</summary>
    public static DateOnly EventDay(string? period, DateOnly receivedOn) => Core.Period.TryParse(period, out var month) && !month.Contains(receivedOn) ? month.Last : receivedOn;

    /// <summary>The event that the row brings, under the receipt that it becomes.</summary>
    public StoredEvent Event(long receipt) => new()
    {
        ReceiptId = receipt,
        EnrolmentId = Enrolment!.Value,
        HappenedOn = EventDay(Period, ReceivedOn),
        Kind = EventKind!,
        Amount = EventValue,
        Quantity = EventQuantity,
    };

    /// <summary>What is kept of the payer beside the receipt that the row becomes.</summary>
    public SuspensePayer Held(long receipt) => (Payer ?? new SuspensePayer()) with { ReceiptId = receipt, EventKind = EventKind, EventValue = EventKind is null ? null : EventValue, EventQuantity = EventQuantity };
}

/// <summary>
/// Staged rows as one compact body per chunk: staging costs one insert per some thousand receipts. The layout is private to
/// this file and to rows that are gone once posted.
/// </summary>
internal static class StagedRows
{
    /// <summary>Rows per chunk: one transaction posts them.</summary>
    public const int PerChunk = 2_000;

    public static byte[] Pack(IReadOnlyList<StagedRow> rows)
    {
        using var memory = new MemoryStream(rows.Count * 64);
        using var writer = new BinaryWriter(memory);
        writer.Write(rows.Count);
        foreach (var row in rows)
        {
            writer.Write(row.Row);
            writer.Write(row.Enrolment ?? 0);
            writer.Write(row.ReceivedOn.DayNumber);
            writer.Write(row.Amount);
            writer.Write(row.ReceiptNo ?? "");
            writer.Write(row.Period ?? "");
            writer.Write(row.Component ?? "");
            writer.Write(row.Method ?? "");
            writer.Write(row.Reference ?? "");
            writer.Write(row.EventKind ?? "");
            writer.Write(row.EventValue);
            writer.Write(row.EventQuantity ?? -1);
            writer.Write((ulong)(row.Key >> 64));
            writer.Write((ulong)row.Key);
            writer.Write(row.Occurrence);
            writer.Write(row.Payer is not null);
            if (row.Payer is not { } payer) continue;
            writer.Write(payer.MemberNo ?? "");
            writer.Write(payer.NationalId ?? "");
            writer.Write(payer.FullName ?? "");
        }

        return memory.ToArray();
    }

    public static IReadOnlyList<StagedRow> Unpack(byte[] body)
    {
        using var reader = new BinaryReader(new MemoryStream(body));
        var rows = new StagedRow[reader.ReadInt32()];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new StagedRow
            {
                Row = reader.ReadInt64(),
                Enrolment = reader.ReadInt64() is var id and not 0 ? id : null,
                ReceivedOn = DateOnly.FromDayNumber(reader.ReadInt32()),
                Amount = reader.ReadInt64(),
                ReceiptNo = Text(reader),
                Period = Text(reader),
                Component = Text(reader),
                Method = Text(reader),
                Reference = Text(reader),
                EventKind = Text(reader),
                EventValue = reader.ReadInt64(),
                EventQuantity = reader.ReadInt64() is var quantity and >= 0 ? quantity : null,
                Key = new UInt128(reader.ReadUInt64(), reader.ReadUInt64()),
                Occurrence = reader.ReadInt64(),
                Payer = reader.ReadBoolean() ? new SuspensePayer { MemberNo = Text(reader), NationalId = Text(reader), FullName = Text(reader) } : null,
            };
        }

        return rows;
    }

    private static string? Text(BinaryReader reader) => reader.ReadString() is { Length: > 0 } text ? text : null;
}

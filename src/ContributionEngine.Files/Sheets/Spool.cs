using System.Text;

namespace ContributionEngine.Files;

/// <summary>The rows of one sheet, laid down while the workbook is read once, so that they can be read again without it.</summary>
internal sealed class Spool : SheetSource, IDisposable
{
    private readonly TemporaryFile file = new();

    private Spool()
    {
    }

    public static Spool Of(IEnumerable<WorkbookRow> rows)
    {
        var spool = new Spool();
        try
        {
            using var writer = new BinaryWriter(spool.file.Target, Encoding.UTF8, leaveOpen: true);
            foreach (var row in rows)
            {
                writer.Write7BitEncodedInt64(row.Row);
                writer.Write7BitEncodedInt(row.Count);
                for (var i = 0; i < row.Count; i++)
                {
                    writer.Write((byte)row.Kind(i));
                    writer.Write(row.Verbatim(i));
                }
            }

            writer.Write7BitEncodedInt64(0);
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    public override IEnumerable<SheetRecord> Records()
    {
        using var reader = new BinaryReader(file.Open(), Encoding.UTF8);
        var record = new WorkbookRow();
        for (var row = reader.Read7BitEncodedInt64(); row != 0; row = reader.Read7BitEncodedInt64())
        {
            record.StandAt(row);
            var count = reader.Read7BitEncodedInt();
            for (var i = 0; i < count; i++)
            {
                var kind = (CellKind)reader.ReadByte();
                record.Put(i, new SheetCell(reader.ReadString(), kind));
            }

            yield return record;
        }
    }

    public void Dispose() => file.Dispose();
}

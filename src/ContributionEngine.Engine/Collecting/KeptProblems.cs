using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Problems of rows as they are kept with the upload.</summary>
internal static class KeptProblems
{
    public static StoredProblem Stored(FoundProblem found) => new()
    {
        RowNo = found.Row, Code = found.Code, Field = found.Field, Severity = found.Severity, Value = found.Value, Detail = found.Detail,
        Particulars = found.Particulars is null ? null : JsonSerializer.Serialize(found.Particulars),
    };

    public static FoundProblem Found(StoredProblem row) => new(row.RowNo, row.Code, row.Severity, row.Field, row.Value, row.Detail) { Particulars = Read(row.Particulars) };

    public static Particulars? Read(string? kept) => kept is null ? null : JsonSerializer.Deserialize<Particulars>(kept);
}

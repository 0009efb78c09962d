using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Problems of rows as they are kept with the upload.</summary>
internal static class KeptProblems
{
    public static StoredProblem Stored(FoundProblem found) => new()
    {
        RowNo = found.Row, Code = found.Code, Field = found.Field, Severity = found.Severity, Value = found.Value, Detail = found.Detail,
        Particulars = found.Particulars?.Text(),
    };

    public static FoundProblem Found(StoredProblem row) => new(row.RowNo, row.Code, row.Severity, row.Field, row.Value, row.Detail) { Particulars = Particulars.Read(row.Particulars) };
}

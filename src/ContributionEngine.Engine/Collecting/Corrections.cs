using System.Globalization;
using System.Text.RegularExpressions;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// An errors file that comes back: each of its rows is tied to the row that it corrects, so that this one is no task any more and
/// its receipt number may be used. A row is known again by everything that it said apart from the fields that were at fault, and
/// by its code; of several such, by the row number in the words that it was sent out with. What is in doubt is tied to none.
/// </summary>
internal sealed partial class Corrections(bool isCorrection)
{
    private readonly List<(string[] Faults, ILookup<string, LeftOutRow> Rows)> byFaults = [];
    private readonly HashSet<LeftOutRow> taken = [];
    private ILookup<string, LeftOutRow>? byNumber;

    /// <summary>Rows that were corrected here.</summary>
    public IReadOnlyCollection<LeftOutRow> Made => taken;

    /// <summary>Looks up what the agreement's uploads still have open.</summary>
    public async Task Look(Work work, long agreement)
    {
        if (!isCorrection || byNumber is not null) return;
        var open = (await work.LeftOut.OpenUnder(agreement)).Select(row => (Row: row, Content: RowContent.Read(row.Document))).ToList();
        foreach (var kind in open.GroupBy(item => string.Join(' ', item.Content.Faults)))
        {
            var faults = kind.First().Content.Faults;
            byFaults.Add((faults, kind.ToLookup(item => item.Content.But(faults), item => item.Row)));
        }

        byNumber = open.Where(item => item.Row is { Code: "R05", Value: not null }).ToLookup(item => ReceiptKeys.Folded(item.Row.Value!), item => item.Row);
    }

    /// <summary>The row that this one corrects, or null.</summary>
    public LeftOutRow? Find(ReceiptRow row)
    {
        if (byNumber is null) return null;
        var content = RowContent.Of(row, []);
        var (code, words) = row.SentOutWith;
        var alike = byFaults.SelectMany(kind => kind.Rows[content.But(kind.Faults)]).Where(found => !taken.Contains(found) && (code is null || found.Code == code)).ToList();
        if (RowNamed(words) is { } number) alike.RemoveAll(found => found.RowNo != number);
        else if (alike.Count > 1) return null;
        if (alike.Count > 0) return alike.MinBy(found => found.UploadId);

        // A number that stood twice in its file ties by itself, whatever else was changed.
        return row.ReceiptNo is null ? null : byNumber[ReceiptKeys.Folded(row.ReceiptNo)].FirstOrDefault(found => !taken.Contains(found));
    }

    /// <summary>The row is corrected.</summary>
    public void Take(LeftOutRow row) => taken.Add(row);

    // The words begin with where they belong: "Row 7: ..." or "Rows 3 and 7 ...".
    private static long? RowNamed(string? words) =>
        words is not null && Number().Matches(words.Split(':')[0]) is [.., var last] ? long.Parse(last.Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("[0-9]{1,9}")]
    private static partial Regex Number();
}

using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>An upload as a list shows it.</summary>
public sealed record UploadEntry(string Number, string Agreement, string FileName, string State, string SubmittedBy, DateTimeOffset SubmittedAt, TimeZoneInfo Zone, UploadReport Report);

/// <summary>An agreement as its treasurer begins the day with it.</summary>
/// <param name="Members">Enrolled today.</param>
/// <param name="Owing">Members who owe something.</param>
/// <param name="LeftOver">Rows that were left out of sheets that are sent, and wait; the largest first sheet of them.</param>
/// <param name="Next">What the next cut-off would take.</param>
public sealed record HomeAgreement(string Number, string Fund, string Organisation, long Members, long Owing, Money Owed, (long Rows, Money Amount, string? Upload) LeftOver, SettlementForecast Next, TimeZoneInfo Zone)
{
    /// <summary>Sheets that are not sent yet.</summary>
    public IReadOnlyList<UploadEntry> Waiting { get; init; } = [];
}

/// <summary>What a treasurer has to do, agreement by agreement, and the sheets that came last.</summary>
public sealed class TreasurerHome(Database database)
{
    /// <summary>Agreements that are shown.</summary>
    public const int AgreementsMax = 10;

    private const int Latest = 5;
    private const int WaitingMax = 20;

    /// <summary>Numbers of the agreements that the acting user may see.</summary>
    public Task<IReadOnlyList<string>> Agreements(Actor actor, CancellationToken stop) => database.Read(actor, work => work.Agreements.All(), stop);

    public Task<Outcome<IReadOnlyList<HomeAgreement>>> Of(Actor actor, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<HomeAgreement>>>(actor, async work =>
    {
        var shown = new List<HomeAgreement>();
        foreach (var number in (await work.Agreements.All()).Take(AgreementsMax))
        {
            if (!(await One(work, number)).Ok(out var one, out var refusal)) return refusal;
            shown.Add(one);
        }

        return shown;
    }, stop);

    /// <summary>The sheets that came last, under all agreements that the acting user may see.</summary>
    public Task<IReadOnlyList<UploadEntry>> Recent(Actor actor, CancellationToken stop) => database.Read(actor, work => Entries(work, new UploadSearch(null, false, null), Latest), stop);

    /// <summary>Uploads, the newest first.</summary>
    public Task<IReadOnlyList<UploadEntry>> History(Actor actor, (string? Agreement, string? Before, int Take) of, CancellationToken stop) =>
        database.Read(actor, work => Entries(work, new UploadSearch(of.Agreement, false, of.Before), of.Take), stop);

    private static async Task<Outcome<HomeAgreement>> One(Work work, string number)
    {
        if (!(await work.Agreements.Find(number)).Ok(out var agreement, out var refusal)) return refusal;
        if (!(await RunSettlement.Next(work, agreement, work.Now)).Ok(out var next, out refusal)) return refusal;
        var figures = await work.HomeFigures.Of(agreement.Id, AsOf.DayIn(work.Now, agreement.Agreement));
        var left = await work.UploadTasks.Of(agreement.Id);
        var waiting = await Entries(work, new UploadSearch(number, true, null), WaitingMax);
        var unsent = waiting.Select(entry => entry.Number).ToHashSet();
        var uploads = (await work.UploadPages.Numbers(left.Select(row => row.UploadId))).Where(pair => !unsent.Contains(pair.Value)).ToDictionary();
        var open = left.Where(row => uploads.ContainsKey(row.UploadId)).OrderByDescending(row => row.Waiting).ToList();
        return new HomeAgreement(
            number, agreement.Agreement.Fund.Name, agreement.Agreement.Organisation.Name, figures.Members, figures.Owing, new Money(figures.Owed, agreement.Currency),
            (open.Sum(row => row.Waiting), new Money(open.Sum(row => row.Amount), agreement.Currency), open.Count > 0 ? uploads[open[0].UploadId] : null),
            next, TimeZoneInfo.FindSystemTimeZoneById(agreement.Agreement.Settlement.TimeZone))
        {
            Waiting = waiting,
        };
    }

    private static async Task<IReadOnlyList<UploadEntry>> Entries(Work work, UploadSearch search, int take)
    {
        var uploads = await work.UploadPages.History(search, take);
        var agreements = (await work.Agreements.Among(uploads.Select(upload => upload.AgreementId).Distinct())).ToDictionary(agreement => agreement.Id);
        return
        [
            .. from upload in uploads
               let agreement = agreements[upload.AgreementId]
               select new UploadEntry(upload.Number, agreement.Number, upload.FileName, upload.State, upload.SubmittedBy, upload.SubmittedAt, TimeZoneInfo.FindSystemTimeZoneById(agreement.Agreement.Settlement.TimeZone), UploadSummaryText.Read(upload, agreement.Currency)),
        ];
    }
}

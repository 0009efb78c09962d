using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A period of which money is ready, with the notice that is open for it, and what becomes of it.</summary>
/// <param name="Rule">What a cut takes of it.</param>
internal sealed record NoticedPeriod(CutRule Rule, PeriodSum Ready, StoredNotice? Notice, NoticeVerdict Verdict);

/// <summary>
/// Periods of a fund that takes only a whole noticed amount: each goes by itself, under the fund's reference, when exactly what the fund
/// has quoted is ready. Else nothing of it goes, and a case says what is missing.
/// </summary>
internal static class NoticedPeriods
{
    /// <summary>Reason of the case of a period that is ready at a cut-off and has no quote that holds.</summary>
    public const string Needed = "notice_needed";

    /// <summary>Reason of the case of a period of which more or less is ready than the fund has quoted.</summary>
    public const string Differs = "notice_differs";

    // A simulated fund quotes nothing and takes what it is sent.
    private const string Simulated = "simulator";

    /// <summary>True when the fund takes only what it has quoted: the pack says so.</summary>
    public static async Task<bool> AreTheRule(Work work, StoredAgreement agreement) =>
        agreement.Agreement.Channel.Kind != Simulated && (await SchemePacks.Of(work, agreement)).Value.File.Allocation?.Accept == Acceptance.ExactOnly;

    /// <summary>What is ready by a rule, period by period; differences to what has been remitted wait while there is anything else.</summary>
    public static async Task<IReadOnlyList<NoticedPeriod>> Of(Work work, CutRule rule)
    {
        var open = (await work.Notices.Open(rule.AgreementId)).ToDictionary(notice => notice.Period);
        return [.. (await work.Declarables.PerPeriod(rule)).GroupBy(sum => sum.Period).Select(sums => Judged(rule, sums.First(), open.GetValueOrDefault(sums.Key)))];
    }

    /// <summary>Ends the quotes that hold no longer on a day.</summary>
    public static async Task Expire(Work work, StoredAgreement agreement, DateOnly day)
    {
        foreach (var notice in await work.Notices.Open(agreement.Id))
        {
            if (notice.ValidUntil < day) await work.Notices.Take(notice with { State = Notices.Expired }, day, $"the quote held until {Values.Text(notice.ValidUntil.Value)}");
        }
    }

    /// <summary>A remittance is sealed under a quote, for exactly its amount.</summary>
    public static Task Confirm(Work work, StoredNotice notice, DateOnly day, NewRemittance sealedNow) =>
        work.Notices.Take(notice with { State = Notices.Confirmed, RemittanceId = sealedNow.Id }, day, $"{sealedNow.Number} pays it");

    /// <summary>A remittance comes to nothing: its notice is as it was quoted, unless another was opened for the period meanwhile.</summary>
    public static async Task Free(Work work, StoredRemittance remittance, DateOnly day, string reason)
    {
        if (await work.Notices.PaidWith(remittance.Id) is not { } notice) return;
        var another = (await work.Notices.Open(notice.AgreementId)).FirstOrDefault(open => open.Period == notice.Period);
        await work.Notices.Take(notice with { State = another is null ? Notices.Quoted : Notices.Withdrawn, RemittanceId = null }, day, another is null ? reason : $"{reason}; {another.Number} is open for the period");
    }

    /// <summary>At a cut-off: keeps a case for each period that is ready and did not go.</summary>
    public static async Task Ask(Work work, StoredAgreement agreement, DateOnly day)
    {
        if (await AreTheRule(work, agreement)) await Keep(work, agreement, day, _ => true);
    }

    /// <summary>Between cut-offs: what was asked says what is so now, and closes by itself; nothing new is asked while money still comes in.</summary>
    public static async Task Note(Work work, StoredAgreement agreement, DateOnly day)
    {
        if (!await AreTheRule(work, agreement)) return;
        var asOf = agreement.BroughtTo is { } later && later > day ? later : day;
        await Expire(work, agreement, asOf);
        var asked = (await work.Cases.OpenOf(agreement.Id, [Needed, Differs])).ToHashSet();
        if (asked.Count > 0) await Keep(work, agreement, asOf, asked.Contains);
    }

    private static async Task Keep(Work work, StoredAgreement agreement, DateOnly day, Func<string, bool> isAsked)
    {
        var waiting = (await Of(work, CutDecision.RuleOf(agreement, day))).Where(period => period.Verdict != NoticeVerdict.Goes && isAsked(Subject(period))).ToLookup(period => period.Verdict);
        var owed = waiting[NoticeVerdict.Needed].Any() ? (await work.Notices.Owed(agreement.Id)).ToDictionary(sum => sum.Period, sum => sum.Amount) : [];
        await work.Cases.Keep(agreement.Id, day, new CasesOf(Needed, new CaseEnd("notice_there", $"the period has a quote, or nothing of it is ready")), [.. waiting[NoticeVerdict.Needed].Select(period => NeededCase(agreement, period, owed.GetValueOrDefault(period.Ready.Period, period.Ready.Amount)))]);
        await work.Cases.Keep(agreement.Id, day, new CasesOf(Differs, new CaseEnd("notice_fits", $"what is ready is what the fund has quoted, or the quote is gone")), [.. waiting[NoticeVerdict.Differs].Select(period => DiffersCase(agreement, period))]);
    }

    private static NoticedPeriod Judged(CutRule rule, PeriodSum ready, StoredNotice? open)
    {
        var quoted = open is { State: Notices.Quoted } ? open : null;
        var verdict = NoticeRules.Of(quoted is null ? null : new NoticeQuote(quoted.Amount, quoted.ValidUntil), ready.Amount, rule.On);
        return new NoticedPeriod(rule with { Period = ready.Period, Revised = ready.Revised, Notice = quoted }, ready, open, verdict);
    }

    private static string Subject(NoticedPeriod period) => $"period {period.Ready.Period}";

    private static NewCase NeededCase(StoredAgreement agreement, NoticedPeriod period, long owed)
    {
        var (ready, ask) = (new Money(period.Ready.Amount, agreement.Currency), new Money(owed, agreement.Currency));
        var requested = period.Notice is { State: Notices.Requested } open ? open : null;
        Sentence next = requested switch
        {
            null => $"Ask it for a notice over {ask:total}, and enter it with 'notice request --agreement {agreement.Number:agreement} --period {period.Ready.Period:month}' and 'notice quote'.",
            _ => $"{requested.Number:notice} is requested over {new Money(requested.Asked, agreement.Currency):total}: enter what the fund says with 'notice quote {requested.Number} --reference R --amount X'.",
        };
        return new NewCase(Needed, Subject(period), period.Ready.Amount, $"{ready:amount} of {period.Ready.Period:period} is ready, and the fund takes only an amount that it has quoted. {next}", requested is null ? null : "requested");
    }

    private static NewCase DiffersCase(StoredAgreement agreement, NoticedPeriod period)
    {
        var (ready, quoted) = (period.Ready.Amount, period.Notice!.Amount);
        var difference = new Money(Math.Abs(quoted - ready), agreement.Currency);
        return new NewCase(Differs, Subject(period), ready - quoted, $"{new Money(ready, agreement.Currency):amount} of {period.Ready.Period:period} is ready, and the fund takes {new Money(quoted, agreement.Currency):total} under {period.Notice.FundReference:reference} ({period.Notice.Number:notice}): "
            + $"{difference:diff} is {(ready < quoted ? "missing. It goes once that is paid, or the fund has" : "too much. It goes once the fund has")} quoted what is ready"
            + $": 'notice quote {period.Notice.Number} --reference R --amount {new Money(ready, agreement.Currency).ToMajor():typed}'.", ready < quoted ? null : "too_much");
    }
}

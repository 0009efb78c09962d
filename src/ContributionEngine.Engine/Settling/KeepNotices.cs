using System.Globalization;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A fund's notice as others see it.</summary>
/// <param name="State">requested, quoted, confirmed (a remittance pays it), expired or withdrawn.</param>
/// <param name="Asked">What the schedule owed for the period when it was requested.</param>
/// <param name="Quoted">What the fund takes; null until it has said so.</param>
/// <param name="ValidUntil">The last day on which the quote holds; null: it has no end.</param>
public sealed record KnownNotice(string Notice, string Period, string State, Money Asked, Money? Quoted, string? FundReference, DateOnly? ValidUntil, string? Remittance)
{
    internal static KnownNotice Of(StoredNotice row, Currency currency) => new(
        row.Number, row.Period, row.State, new Money(row.Asked, currency), row.FundReference is null ? null : new Money(row.Amount, currency), row.FundReference, row.ValidUntil, row.RemittanceId is { } pays ? Numbers.Remittance(pays) : null);
}

/// <summary>What a fund has quoted.</summary>
/// <param name="Amount">Major units, as the fund says it.</param>
/// <param name="ValidUntil">As <c>yyyy-MM-dd</c>; null: it has no end.</param>
public sealed record QuoteRequest(string Notice, string Reference, string Amount, string? ValidUntil)
{
    public string? AsOf { get; init; }
}

/// <summary>Requests a fund's notice of a period, takes in what the fund has quoted, and gives one up. The settlement run pays it.</summary>
public sealed class KeepNotices(Database database)
{
    public Task<Outcome<IReadOnlyList<KnownNotice>>> List(Actor actor, string number, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<KnownNotice>>>(actor, async work =>
        (await work.Agreements.Find(number)).Ok(out var agreement, out var refusal)
            ? Outcome<IReadOnlyList<KnownNotice>>.Of([.. (await work.Notices.Of(agreement.Id)).Select(row => KnownNotice.Of(row, agreement.Currency))])
            : refusal, stop);

    /// <summary>Asks over what the schedule owes for the period. Refusals: <c>period_malformed</c>, <c>notice_not_taken</c>, <c>notice_open</c>, <c>nothing_owed</c>.</summary>
    public Task<Outcome<KnownNotice>> Request(Actor actor, (string Agreement, string Period, string? AsOf) asked, CancellationToken stop) => database.Attempt<KnownNotice>(actor, async work =>
    {
        if (!Period.TryParse(asked.Period, out _)) return Refusal.Usage("period_malformed", $"«{asked.Period}» is not a period such as 2021-03.") with { Field = "period", Value = asked.Period };
        if (!(await work.Agreements.FindToChange(asked.Agreement)).Ok(out var agreement, out var refusal)) return refusal;
        if (!AsOf.Read(asked.AsOf, agreement.Agreement.Settlement.TimeZone, work.Now, database.IsDryRun).Ok(out var asOf, out refusal)) return refusal;
        if (!await NoticedPeriods.AreTheRule(work, agreement)) return Refusal.Conflict("notice_not_taken", $"Under {agreement.Agreement.Pack}, the pack of {agreement.Number}, the fund takes any amount without a notice.") with { Help = "What is ready goes at the next cut-off: 'settlement plan'." };
        await BringUp.To(work, agreement, asOf);
        if ((await work.Notices.Open(agreement.Id)).FirstOrDefault(open => open.Period == asked.Period) is { } before) return Refusal.Conflict("notice_open", $"{before.Number} of {asked.Period} is {before.State} already.") with { Help = $"Enter what the fund says with 'notice quote {before.Number}', or give it up with 'notice withdraw {before.Number} --reason T'." };
        if ((await work.Notices.Owed(agreement.Id)).FirstOrDefault(sum => sum.Period == asked.Period) is not { } owed) return Refusal.Conflict("nothing_owed", $"By the schedule of {agreement.Number} nothing is owed for «{asked.Period}» that is not with the fund already.") with { Help = "A period is named by its first month; 'schedule show' lists them." };
        var id = work.NextId();
        var notice = new StoredNotice { Id = id, Number = Numbers.Notice(id), AgreementId = agreement.Id, Period = asked.Period, State = Notices.Requested, Steps = 1, Asked = owed.Amount, Amount = owed.Amount };
        await work.Notices.Add(notice, asOf.Day, "what the schedule owes");
        return await Kept(work, agreement, notice, "notice-requested");
    }, stop);

    /// <summary>The fund has said what it takes; said again, the later word holds. Refusals: <c>notice_unknown</c>, <c>notice_ended</c>, <c>invalid_input</c>.</summary>
    public Task<Outcome<KnownNotice>> Quote(Actor actor, QuoteRequest quote, CancellationToken stop) => database.Attempt<KnownNotice>(actor, async work =>
    {
        if (!(await Open(work, quote.Notice, quote.AsOf)).Ok(out var open, out var refusal)) return refusal;
        if (!Read(quote, open).Ok(out var quoted, out refusal)) return refusal;
        await work.Notices.Take(quoted, open.Day, "the fund has quoted it");
        await NoticedPeriods.Note(work, open.Agreement, open.Day);
        return await Kept(work, open.Agreement, quoted, "notice-quoted");
    }, stop);

    /// <summary>Gives up one that nothing has been paid under. Refusals: <c>notice_unknown</c>, <c>notice_ended</c>.</summary>
    public Task<Outcome<KnownNotice>> Withdraw(Actor actor, (string Notice, string Reason, string? AsOf) asked, CancellationToken stop) => database.Attempt<KnownNotice>(actor, async work =>
    {
        if (!(await Open(work, asked.Notice, asked.AsOf)).Ok(out var open, out var refusal)) return refusal;
        var withdrawn = open.Notice with { State = Notices.Withdrawn };
        await work.Notices.Take(withdrawn, open.Day, asked.Reason);
        await NoticedPeriods.Note(work, open.Agreement, open.Day);
        return await Kept(work, open.Agreement, withdrawn, "notice-withdrawn");
    }, stop);

    private sealed record OpenNotice(StoredAgreement Agreement, StoredNotice Notice, DateOnly Day);

    private static async Task<Outcome<OpenNotice>> Open(Work work, string number, string? asOf)
    {
        if (await work.Notices.Find(number) is not { } found) return Refusal.NotFound("notice_unknown", $"There is no notice «{number}».") with { Help = "List them with 'notice list --agreement NO'." };
        var agreement = await work.Agreements.GetToChange(found.AgreementId);
        if (!AsOf.Read(asOf, agreement.Agreement.Settlement.TimeZone, work.Now, work.Database.IsDryRun).Ok(out var at, out var refusal)) return refusal;
        await BringUp.To(work, agreement, at);
        var notice = (await work.Notices.Find(number))!;
        if (notice.IsOpen) return new OpenNotice(agreement, notice, at.Day);
        return Refusal.Conflict("notice_ended", $"{notice.Number} of {notice.Period} is {notice.State}.") with
        {
            Help = notice.State == Notices.Confirmed ? "A remittance pays it; see 'notice list'. It is open again when that is cancelled." : $"Request another: 'notice request --agreement {agreement.Number} --period {notice.Period}'.",
        };
    }

    private static Outcome<StoredNotice> Read(QuoteRequest quote, OpenNotice open)
    {
        if (!NoticeRules.IsReference(quote.Reference)) return Invalid("reference", quote.Reference, $"must begin with a letter or digit and have at most {NoticeRules.ReferenceMax} of A-Z, a-z, 0-9, blanks and /-?:().,'+, because banks carry no others");
        if (!Money.Parse(quote.Amount, open.Agreement.Currency).Ok(out var amount, out _) || amount.Minor <= 0) return Invalid("amount", quote.Amount, $"must be an amount above zero in {open.Agreement.Currency.Code}, with a point and at most {open.Agreement.Currency.Digits} digits after it");
        var last = (DateOnly?)null;
        if (quote.ValidUntil is { } text)
        {
            if (!DateOnly.TryParseExact(text, Values.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return Invalid("valid_until", text, "must be a date such as 2021-03-31");
            if (day < open.Day) return Invalid("valid_until", text, $"is before {Values.Text(open.Day)}: the quote holds no longer. Ask the fund for another");
            last = day;
        }

        return open.Notice with { State = Notices.Quoted, FundReference = quote.Reference, Amount = amount.Minor, ValidUntil = last };
    }

    private static Refusal Invalid(string field, string value, string must) => Refusal.Input("invalid_input", $"{field}: «{value}» {must}.") with { Field = field, Value = value, Particulars = Particulars.Of($"notice_{field}") };

    private static async Task<KnownNotice> Kept(Work work, StoredAgreement agreement, StoredNotice notice, string step)
    {
        await work.Audit.Record(agreement.Number, step, notice.Number, JsonSerializer.Serialize(new { period = notice.Period, asked = notice.Asked, amount = notice.Amount, fund_reference = notice.FundReference, valid_until = notice.ValidUntil }));
        return KnownNotice.Of(notice, agreement.Currency);
    }
}

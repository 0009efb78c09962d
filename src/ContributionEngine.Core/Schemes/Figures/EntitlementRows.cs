
namespace ContributionEngine.Core;

/// <summary>When a member is covered, or what her payments count for.</summary>
internal static class EntitlementRows
{
    public static IReadOnlyList<PackRow> Of(PackFile file) =>
        file.Entitlement is { } rule ? [PackRow.Of("entitlement", Said(rule, new Wording(file)), (rule.Source, rule.Confidence), rule.Note)] : [];

    private static string Said(EntitlementRule rule, Wording wording) => rule switch
    {
        UnpaidAge age => $"covered; {age.Beyond} when the oldest unpaid row fell due more than {Months(age.Months)} ago",
        KOfN some => $"parameter {some.Parameter}: {some.Immediate} covers at once; {some.Counted} needs {some.Needed} of the last {some.Window} months, that of the event included, paid before the event",
        UnpaidRun run => $"active; {run.Beyond} after {Months(run.Months)} unpaid in a row",
        BoughtMonths bought => $"a year's payments, each with {wording.Number(bought.TolerancePerPayment)} more, buy whole months of the agreement's {bought.Quota}; missing ones can be bought back at {bought.QuotaAtPayment} until {bought.UntilMonth:00}-{bought.UntilDay:00} of the year after",
        MinimumMonths minimum => $"a month counts when its base reaches {wording.Number(minimum.Least)}; short ones are added up with flag {minimum.GroupFlag}, with the excess of full ones up to {wording.Number(minimum.Ceiling)} with flag {minimum.ExcessFlag}",
        SeasonRoll => "covered in season by standing on the roll of the month, whoever is late with the money",
        SummedCredit summed => $"credits in {summed.Unit}s with {summed.Decimals} decimals are added up, in a month at most {wording.Number(summed.MostPerMonth)}",
        ActivityTest test => $"parameter {test.Parameter}: entry needs {test.DaysNeeded} days of {test.Event} in the {test.Window} days before; stay ends after {Months(test.IdleMonths)} without a day worked, or {test.UnpaidMonths} unpaid months with fewer than {wording.Number(test.NoneFrom)} of days worked",
        EarliestAge earliest => $"{earliest.Status} from the earlier of {Months(earliest.MonthsEnrolled)} after enrolment and {Months(earliest.MonthsOfAge)} after birth",
        ShareOfYear share => $"covered for the year when the member's part is paid in full; for its first {Months(share.MonthsOfShare)} from {wording.Number(share.Share)} of it",
        HouseholdPaid household => $"suspended until the household's part is paid, then waiting until the agreement's {household.Observation} in months from first registration are over, then covered",
        CreditedDays days => $"{wording.Number(days.Days)} days paid in a month count for {wording.Number(days.Credited)}; fewer count for themselves",
        _ => rule.GetType().Name,
    };

    private static string Months(int count) => count == 1 ? "1 month" : $"{count} months";
}

using System.Text.Json.Serialization;

namespace ContributionEngine.Core;

/// <summary>When a member is covered, or what her payments count for.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(UnpaidAge), "unpaid_age")]
[JsonDerivedType(typeof(KOfN), "k_of_n")]
[JsonDerivedType(typeof(UnpaidRun), "unpaid_run")]
[JsonDerivedType(typeof(BoughtMonths), "bought_months")]
[JsonDerivedType(typeof(MinimumMonths), "minimum_months")]
[JsonDerivedType(typeof(SeasonRoll), "season_roll")]
[JsonDerivedType(typeof(SummedCredit), "summed_credit")]
[JsonDerivedType(typeof(ActivityTest), "activity_test")]
[JsonDerivedType(typeof(EarliestAge), "earliest_age")]
[JsonDerivedType(typeof(ShareOfYear), "share_of_year")]
[JsonDerivedType(typeof(HouseholdPaid), "household_paid")]
[JsonDerivedType(typeof(CreditedDays), "credited_days")]
public abstract partial record EntitlementRule(string Source, Confidence Confidence)
{
    /// <summary>Choices and details that an official should see.</summary>
    public string? Note { get; init; }
}

/// <summary>The oldest unpaid row ends cover after so many months.</summary>
/// <param name="Beyond">The state beyond that age.</param>
public sealed partial record UnpaidAge(int Months, string Beyond, string Source, Confidence Confidence) : EntitlementRule(Source, Confidence);

/// <summary>Covered when so many of the last months, that of the event included, were paid before the event.</summary>
/// <param name="Parameter">Chooses between immediate cover and counting.</param>
/// <param name="Immediate">Its value, also when absent, for cover at once.</param>
/// <param name="Counted">Its value for counting.</param>
public sealed partial record KOfN(int Needed, int Window, string Parameter, string Immediate, string Counted, string Source, Confidence Confidence) : EntitlementRule(Source, Confidence);

/// <summary>A run of unpaid months ends membership.</summary>
public sealed partial record UnpaidRun(int Months, string Beyond, string Source, Confidence Confidence) : EntitlementRule(Source, Confidence);

/// <summary>A year's payments buy whole months of a quota; the missing ones can be bought back for a while.</summary>
/// <param name="Quota">Parameter of the quota of a month.</param>
/// <param name="TolerancePerPayment">Figure added for each payment, so that rounded payments buy what the law intends.</param>
/// <param name="QuotaAtPayment">Parameter of the quota on the day of the buy-back.</param>
/// <param name="UntilMonth">Last month and day of the year after, on which it is possible.</param>
public sealed partial record BoughtMonths(string Quota, string TolerancePerPayment, string QuotaAtPayment, int UntilMonth, int UntilDay, string Source, Confidence Confidence) : EntitlementRule(Source, Confidence);

/// <summary>A month counts when its base reaches a minimum; short ones may be grouped, with the excess of others.</summary>
/// <param name="Least">Figure of the minimum.</param>
/// <param name="Ceiling">Figure above which a base does not count.</param>
/// <param name="GroupFlag">Member flag: short months are added up.</param>
/// <param name="ExcessFlag">Member flag: what full months have above the minimum is added too.</param>
public sealed partial record MinimumMonths(string Least, string Ceiling, string GroupFlag, string ExcessFlag, string Source, Confidence Confidence) : EntitlementRule(Source, Confidence);

/// <summary>Covered in season by standing on the roll of the month, whoever is late with the money.</summary>
public sealed partial record SeasonRoll(string Source, Confidence Confidence) : EntitlementRule(Source, Confidence);

/// <summary>Credits of one month add up to a most; months are summed.</summary>
/// <param name="MostPerMonth">Figure.</param>
public sealed partial record SummedCredit(string Unit, string MostPerMonth, int Decimals, string Source, Confidence Confidence) : EntitlementRule(Source, Confidence);

/// <summary>Entry by days worked in a window; stay by days worked and by paying for those not worked.</summary>
/// <param name="Parameter">Chooses <c>entry</c> or <c>stay</c>.</param>
/// <param name="Event">Kind of event that is one day worked.</param>
/// <param name="NoneFrom">Figure: percent of worked days, at two decimals, from which nothing is owed for the others.</param>
public sealed partial record ActivityTest(string Parameter, string Event, int DaysNeeded, int Window, int IdleMonths, int UnpaidMonths, string NoneFrom, string Source, Confidence Confidence) : EntitlementRule(Source, Confidence);

/// <summary>The earlier of so many months after enrolment and so many after birth.</summary>
public sealed partial record EarliestAge(int MonthsEnrolled, int MonthsOfAge, string Status, string Source, Confidence Confidence) : EntitlementRule(Source, Confidence);

/// <summary>A household is covered for the year when its premium is paid, and for the first months from a share of it.</summary>
/// <param name="Share">Figure of the percent that covers the first months.</param>
public sealed partial record ShareOfYear(string Share, int MonthsOfShare, string Source, Confidence Confidence) : EntitlementRule(Source, Confidence);

/// <summary>All of a household or none: suspended until its premium is paid, waiting until the observation is over.</summary>
/// <param name="Observation">Parameter: months from first registration.</param>
public sealed partial record HouseholdPaid(string Observation, string Source, Confidence Confidence) : EntitlementRule(Source, Confidence);

/// <summary>Full payment of the year's days counts for a whole month; less counts for the days paid.</summary>
/// <param name="Days">Figure: days to be paid for a month.</param>
/// <param name="Credited">Figure: days that they count for.</param>
public sealed partial record CreditedDays(string Days, string Credited, string Source, Confidence Confidence) : EntitlementRule(Source, Confidence);

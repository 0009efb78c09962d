using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a run of the matching decides on: open bank money, and the remittances that it may pay.</summary>
internal sealed record MatchFacts
{
    public required IReadOnlyList<BankMoney> Money { get; init; }

    public required IReadOnlyDictionary<long, StoredRemittance> Stored { get; init; }

    public required IReadOnlyDictionary<long, StoredAgreement> Agreements { get; init; }

    public required IReadOnlyList<OpenRemittance> Remittances { get; init; }

    /// <summary>What is open now.</summary>
    public static async Task<Outcome<MatchFacts>> Load(Work work, MatchingRules rules)
    {
        var entries = await work.Matches.Open();
        if (entries.Count == 0) return new MatchFacts { Money = [], Stored = new Dictionary<long, StoredRemittance>(), Agreements = new Dictionary<long, StoredAgreement>(), Remittances = [] };
        var money = await OpenMoney(work, entries);
        return await On(work, rules, money, await work.Matches.Remittances(CreditorReference.In(money.SelectMany(item => item.Texts))));
    }

    /// <summary>What is open of these entries, and these remittances, whatever is open on them.</summary>
    public static async Task<Outcome<MatchFacts>> Chosen(Work work, MatchingRules rules, (IReadOnlyCollection<long> Entries, IReadOnlyCollection<long> Remittances) chosen) =>
        await On(work, rules, await OpenMoney(work, await work.Matches.OpenAmong(chosen.Entries)), chosen.Remittances);

    private static async Task<IReadOnlyList<BankMoney>> OpenMoney(Work work, IReadOnlyList<StoredMoney> entries)
    {
        var undone = await work.Matches.Undone(entries.Select(entry => entry.Id));
        var transactions = await work.Matches.Transactions(entries.Select(entry => entry.Id));
        return [.. MoneyOf(entries, transactions).Select(item => item with { Undone = [.. undone[item.Entry]] })];
    }

    private static async Task<Outcome<MatchFacts>> On(Work work, MatchingRules rules, IReadOnlyList<BankMoney> money, IEnumerable<long> remittances)
    {
        var stored = await work.Remittances.Among(remittances);
        var agreements = (await work.Agreements.Among(stored.Select(row => row.AgreementId).Distinct())).ToDictionary(row => row.Id);
        if (!(await Terms(work, agreements.Values, rules)).Ok(out var terms, out var refusal)) return refusal;
        return new MatchFacts
        {
            Money = money, Stored = stored.ToDictionary(row => row.Id), Agreements = agreements,
            Remittances = [.. stored.Where(row => terms.ContainsKey(row.AgreementId)).Select(row => terms[row.AgreementId].Of(row))],
        };
    }

    /// <summary>Money by entries and transactions, signed towards the fund; a transaction that a live match has taken is gone.</summary>
    public static IReadOnlyList<BankMoney> MoneyOf(IReadOnlyList<StoredMoney> entries, IReadOnlyList<StoredTransaction> transactions, bool alsoTaken = false)
    {
        var parts = transactions.ToLookup(part => part.EntryId);
        return
        [
            .. from entry in entries
               from money in BankMoney.Split(Whole(entry), [.. parts[entry.Id].Select(part => Part(entry, part))])
               where alsoTaken || parts[entry.Id].All(part => part.TxNo != money.Part || part.IsTaken == 0)
               select money,
        ];
    }

    private static BankMoney Whole(StoredMoney entry) => new()
    {
        Entry = entry.Id, Account = entry.AccountId, Currency = entry.Currency, Minor = TowardsFund(entry, entry.Direction == "credit" ? entry.Amount : -entry.Amount), BookedOn = entry.BookedOn,
        Texts = TextsOf(entry.Reference, entry.RemittanceInfo, entry.Text), Counterparty = entry.Counterparty, IsReversal = entry.IsReversal == 1,
    };

    private static BankMoney Part(StoredMoney entry, StoredTransaction part) => Whole(entry) with
    {
        Part = part.TxNo, Minor = TowardsFund(entry, part.Amount), Texts = TextsOf(part.Reference, part.RemittanceInfo), Counterparty = part.Counterparty ?? entry.Counterparty,
    };

    // On the fund's own account a payment comes in; on the organisation's it goes out.
    private static long TowardsFund(StoredMoney entry, long credit) => entry.Holder == "fund" ? credit : -credit;

    private static IReadOnlyList<string> TextsOf(params ReadOnlySpan<string?> texts)
    {
        var lines = new List<string>();
        foreach (var text in texts) lines.AddRange((text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return [.. lines.Distinct(StringComparer.Ordinal)];
    }

    private static async Task<Outcome<Dictionary<long, PaymentTerms>>> Terms(Work work, IReadOnlyCollection<StoredAgreement> agreements, MatchingRules rules)
    {
        var named = agreements.SelectMany(item => new[] { item.Agreement.Bank.FundAccount, item.Agreement.Bank.OrganisationAccount }).OfType<string>().Select(ImportAgreement.Normal).Distinct();
        var accounts = (await work.Matches.Accounts(named)).ToDictionary(account => account.Account, account => account.Id);
        var calendars = new Dictionary<(string, string), BankingCalendar>();
        var terms = new Dictionary<long, PaymentTerms>();
        foreach (var item in agreements)
        {
            var key = (item.Agreement.Settlement.Calendar, item.Agreement.Pack);
            if (!calendars.TryGetValue(key, out var calendar))
            {
                if (!(await Calendars.Of(work, item)).Ok(out calendar, out var refusal)) return refusal;
                calendars[key] = calendar;
            }

            terms[item.Id] = new PaymentTerms(item.Agreement, accounts, calendar, rules);
        }

        return terms;
    }
}

/// <summary>How and when the remittances of one agreement are paid.</summary>
internal sealed class PaymentTerms(Agreement agreement, IReadOnlyDictionary<string, long> accountIds, BankingCalendar calendar, MatchingRules rules)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(agreement.Settlement.TimeZone);

    private readonly long[] accounts =
    [
        .. new[] { agreement.Bank.FundAccount, agreement.Bank.OrganisationAccount }.OfType<string>().Select(ImportAgreement.Normal).Distinct().Where(accountIds.ContainsKey).Select(account => accountIds[account]),
    ];

    private readonly string[] names = [agreement.Organisation.Name, agreement.Fund.Name];

    public OpenRemittance Of(StoredRemittance row)
    {
        var cutoff = AsOf.DayIn(row.Cutoff, zone);
        return new OpenRemittance
        {
            Id = row.Id, Agreement = row.AgreementId, Reference = row.Reference, Currency = row.Currency, Payable = row.Total - row.Rejected, Paid = row.Paid,
            IsCancelled = row.State.Delivery == DeliveryState.Cancelled, From = cutoff, Until = calendar.NthWorkingDayAfter(cutoff, rules.WindowDays),
            Accounts = accounts, Names = names, AutoAccept = agreement.Bank.AutoAccept,
        };
    }
}

using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Takes in an agreement file: complete, it is active at once; anything missing or absurd is refused by name.</summary>
public sealed class ImportAgreement(Database database)
{
    public async Task<Outcome<StoredAgreement>> Run(Actor actor, string json, CancellationToken stop)
    {
        if (!AgreementFile.Read(json).Ok(out var agreement, out var refusal)) return refusal;
        return await database.Attempt<StoredAgreement>(actor, async work =>
        {
            if (!(await SchemePacks.Newest(work, agreement.Pack)).Ok(out var pack, out var no)) return no with { Kind = RefusalKind.Refused, Field = "pack" };
            if (Unfit(agreement, pack) is { } unfit) return unfit;
            if (!(await work.Agreements.Add(agreement, pack.Currency, json, await SchemePacks.Pin(work, pack))).Ok(out var stored, out no)) return no;
            await Register(work, stored);
            await work.Audit.Record(agreement.Number, "agreement-imported", agreement.Number, JsonSerializer.Serialize(new { pack = agreement.Pack, version = pack.File.Version, start = agreement.Start, end = agreement.End }));
            return stored;
        }, stop);
    }

    /// <summary>Makes the accounts that an agreement names known, so that statements of them are taken in.</summary>
    internal static async Task Register(Work work, StoredAgreement stored)
    {
        var bank = stored.Agreement.Bank;
        foreach (var (account, holder, owner) in new[] { (bank.FundAccount, "fund", (long?)null), (bank.OrganisationAccount, "organisation", stored.OrganisationId) })
        {
            if (account is not null && await work.Bank.Account(Normal(account)) is null) await work.Bank.Register(Normal(account), holder, owner);
        }
    }

    /// <summary>Why an agreement cannot be lived by under a pack; null when it can.</summary>
    internal static Refusal? Unfit(Agreement agreement, Pack pack)
    {
        if (Unchargeable(agreement, pack.Currency) is { } unchargeable) return unchargeable;
        if (Unsplittable(agreement, pack) is { } limited) return limited;
        if (Undeclarable(agreement, pack) is { } undeclarable) return undeclarable;
        var faults = pack.CheckParameters(agreement.Terms[0].Parameters);
        if (faults.Count > 0) return faults[0] with { Errors = faults };
        if (pack.CheckTerm(agreement.Start) is { } unfit) return unfit;
        if (!Calendars.Of(agreement, pack).Ok(out var calendar, out var refusal)) return refusal with { Kind = RefusalKind.Refused, Field = "settlement.calendar" };
        return CutOffs.Of(agreement.Settlement, calendar).Refusal;
    }

    /// <summary>An account number without blanks, in capitals.</summary>
    internal static string Normal(string account) => account.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private static Refusal? Undeclarable(Agreement agreement, Pack pack)
    {
        var name = agreement.Channel.Format;
        if (DeclarationFormats.Find(name) is { } format) return format.Unfit(agreement, pack);
        return Refusal.Input("agreement_invalid", $"channel.format: «{name}» is no form of declarations.") with
        {
            Field = "channel.format", Value = name, Help = $"Write one of {string.Join(", ", DeclarationFormats.All.Select(known => known.Name))}; docs/declarations.md says what each needs.",
        };
    }

    // A notice is paid whole, however much or little it is.
    private static Refusal? Unsplittable(Agreement agreement, Pack pack)
    {
        if (pack.File.Allocation?.Accept != Acceptance.ExactOnly) return null;
        var (plan, settlement) = (agreement.Settlement, "settlement.");
        var field = plan.MaxLines is not null ? settlement + "max_lines" : plan.MaxAmount is not null ? settlement + "max_amount" : plan.MinAmount is not null ? settlement + "min_amount" : null;
        return field is null ? null : Refusal.Input("agreement_invalid", $"{field}: under {pack.Id} the fund takes a whole noticed amount, which is never split and never waits for more.") with { Field = field, Help = "Leave it out; see docs/settlement.md." };
    }

    // A fee of the member would be an obligation of hers that follows the fund's answer; no rule says yet when she owes it.
    private static Refusal? Unchargeable(Agreement agreement, Currency currency)
    {
        if (agreement.CollectionFee is not { } fee) return null;
        if (!fee.Fits(currency))
        {
            return Refusal.Input("agreement_invalid", $"collection_fee.cap_per_year: «{fee.CapPerYear}» is not an amount in {currency.Code} with at most {currency.Digits} decimals.") with
            {
                Field = "collection_fee.cap_per_year", Value = fee.CapPerYear.ToString(), Help = "Write an amount that the currency can pay.",
            };
        }

        if (fee.Payer != "member") return null;
        return Refusal.Input("not_supported_yet", "collection_fee.payer: this version does not settle «member» yet; it settles fund, organisation.") with
        {
            Field = "collection_fee.payer", Value = fee.Payer, Help = "Choose one of these, or wait for the version that settles it; see docs/operating.md.",
        };
    }
}

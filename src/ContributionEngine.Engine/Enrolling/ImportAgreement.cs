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
        if (Unsupported(agreement) is { } unsupported) return unsupported;
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

    // What the engine does not do yet is refused here, by name, and never half done later.
    private static Refusal? Unsupported(Agreement agreement)
    {
        if (agreement.CollectionFee is not null) return Not("collection_fee", "a fee", "null: no fee");
        return null;
    }

    private static Refusal Not(string field, string value, string supported) =>
        Refusal.Input("not_supported_yet", $"{field}: this version does not settle «{value}» yet; it settles {supported}.") with { Field = field, Value = value, Help = "Choose one of these, or wait for the version that settles it; see docs/operating.md." };
}

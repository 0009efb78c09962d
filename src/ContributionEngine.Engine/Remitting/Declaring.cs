using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A declaration that is ready to be sealed, and the rule that takes exactly its lines.</summary>
internal sealed record ReadyDeclaration(long Id, DeclarationHeader Header, DeclarationFormat Format, CutRule Rule, DeclarationSpool File);

/// <summary>
/// Writes what a cut takes in the form of the agreement's channel: one file, or one per period where the form has one. Members of whom
/// the form needs more than is known stay in custody, each with a case; the others go, because a fund takes a file that a member is not
/// in and takes her later, and money that is ready protects its member only when it has arrived.
/// </summary>
internal sealed class Declaring(Work work, StoredAgreement agreement, StoredRun run, CutLimits limits)
{
    /// <summary>Reason of the case of what a form of declaration needs and nobody has entered.</summary>
    public const string Incomplete = "declaration_incomplete";

    private readonly DeclarationFormat format = DeclarationFormats.Find(agreement.Agreement.Channel.Format) ?? throw new InvalidOperationException($"«{agreement.Agreement.Channel.Format}» was imported and is no form of declarations.");
    private readonly Dictionary<string, NewCase> cases = new(StringComparer.Ordinal);

    /// <summary>The declarations that what the rule takes makes, each complete.</summary>
    /// <param name="revised">The remittance to which the lines are differences; null: to none.</param>
    public async IAsyncEnumerable<ReadyDeclaration> Of(CutRule rule, StoredRemittance? revised)
    {
        foreach (var period in format.HasOnePeriod ? await work.Declarables.Periods(rule) : [""])
        {
            if (await Ready(In(rule, period), revised) is not { } whole) continue;
            if (limits.Allow(whole.File.Written.Lines, whole.File.Written.TotalMinor)) yield return whole;
            else await foreach (var part in Split(whole, revised)) yield return part;
        }
    }

    /// <summary>The members who were held back.</summary>
    public IReadOnlyCollection<NewCase> Held => cases.Values;

    /// <summary>Opens a case for each member who was held back, and resolves those behind which nothing is any more.</summary>
    public Task KeepCases() => work.Cases.Keep(agreement.Id, run.CutoffOn, new CasesOf(Incomplete, new CaseEnd("nothing_held_back", $"nothing is held back for it any more")), [.. cases.Values]);

    // The whole has told who is held back; each part is sealed before the next is written, and so is the first of what is left.
    private async IAsyncEnumerable<ReadyDeclaration> Split(ReadyDeclaration whole, StoredRemittance? revised)
    {
        await whole.File.DisposeAsync();
        foreach (var part in await CutDecision.Parts(work, whole.Rule, limits))
        {
            if (await Ready(whole.Rule with { Take = part.Lines }, revised) is { } ready) yield return ready;
        }
    }

    private async Task<ReadyDeclaration?> Ready(CutRule rule, StoredRemittance? revised)
    {
        var totals = await work.Declarables.Totals(rule);
        if (totals.Lines == 0) return null;
        var id = work.NextId();
        var header = await Header(rule, CreditorReference.Of(id)) with { Revises = revised?.Reference, Announced = new DeclarationTotals(totals.Lines, totals.Total, totals.Least) };
        if ((await DeclarationSpool.Write(format, header, work.Declarables.Lines(rule), work.Stop)).Ok(out var file, out var refusal)) return new ReadyDeclaration(id, header, format, rule, file);
        var members = refusal.Errors.GroupBy(error => error.Member!).ToList();
        await Hold(rule, refusal, members);
        if (members.Count is 0 or >= IncompleteMembers.Max || rule.Without.Count > 0) return null;
        return await Ready(rule with { Without = [.. members.Select(member => member.Key)] }, revised);
    }

    private async Task Hold(CutRule rule, Refusal refusal, List<IGrouping<string, Refusal>> members)
    {
        var amounts = (await work.Declarables.HeldBack(rule with { Without = [.. members.Select(member => member.Key)] })).ToDictionary(row => row.MemberNo, row => row.Amount);
        foreach (var member in members)
        {
            var fields = string.Join(", ", member.Select(error => error.Field).Distinct());
            Hold($"member {member.Key}: {fields}", amounts[member.Key], $"«{format.Name:form}» needs more of member {member.Key:member}: {(string.Join("; ", member.Select(error => error.Detail)), fields):fields}. Enter it with 'member import'; at the next cut-off it is tried again.");
        }

        if (members.Count is not (0 or >= IncompleteMembers.Max)) return;
        var waiting = await work.Declarables.Totals(rule);
        if (members.Count == 0) Hold($"declaration{Of(rule)}", waiting.Total, $"{refusal.Detail:why}", "refused");
        else Hold($"declaration{Of(rule)}", waiting.Total, $"«{format.Name:form}»{Of(rule)} needs more of {members.Count:count} members or above, so none of {waiting.Lines:lines} lines was declared; the first are in cases of their own. Is a column missing from the members file?", "many");
    }

    // A member may lack the same fields in several periods, for one reason or for another.
    private void Hold(string subject, long amount, Sentence detail, string? variant = null)
    {
        var fresh = new NewCase(Incomplete, subject, amount, detail, variant);
        cases[subject] = cases.TryGetValue(subject, out var known) ? known with { Amount = known.Amount + amount, Detail = known.Detail.And(fresh.Detail) } : fresh;
    }

    private static string Of(CutRule rule) => rule.Period is { } period ? $" of {period}" : "";

    // Figures that change with the month are those of its first day, as the schedule takes them.
    private CutRule In(CutRule rule, string period) =>
        Period.TryParse(period, out var month) ? rule with { Period = period, KnownOn = month.First }
        : format.AsksOfMembers ? rule with { KnownOn = run.CutoffOn }
        : rule;

    private async Task<DeclarationHeader> Header(CutRule rule, string reference)
    {
        var terms = agreement.Agreement;
        var header = new DeclarationHeader(reference, agreement.Number, terms.Fund.Code, terms.Organisation.Code, run.Cutoff, agreement.Currency)
        {
            CutoffOn = run.CutoffOn, FundReference = rule.Notice?.FundReference, Parties = new DeclaringParties(terms.Fund, terms.Organisation, terms.Bank),
            Proofs = format.TellsProofs ? await ProveRemittance.ToTell(work, agreement) : [],
        };
        if (!Period.TryParse(rule.Period, out var period)) return header;
        var pack = (await SchemePacks.Of(work, agreement)).Value;
        var figures = pack.File.Figures.Where(figure => figure.HoldsOn(period.First)).ToDictionary(figure => figure.Id, figure => figure.Value);
        return header with { Period = period, Figures = figures };
    }
}

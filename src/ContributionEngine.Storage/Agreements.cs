using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>An agreement with what storage knows beside its text.</summary>
public sealed record StoredAgreement(long Id, long OrganisationId, string State, Currency Currency, Agreement Agreement)
{
    /// <summary>The as-of date that writing commands have brought it to; null before the first.</summary>
    public DateOnly? BroughtTo { get; init; }

    /// <summary>By term, in the order of the agreement's terms: the pack version that its figures are pinned to; null: the newest one always.</summary>
    public IReadOnlyList<string?> PackVersions { get; init; } = [null];

    public string Number => Agreement.Number;
}

/// <summary>An agreement of a pack, with the version that its last term is pinned to.</summary>
public sealed record AgreementOfPack
{
    public string Number { get; init; } = "";

    public string? PackVersion { get; init; }
}

/// <summary>Agreements, visible only to users of their organisation and to operators.</summary>
public sealed class Agreements(Work work)
{
    private const string Terms = """
        select a.id, a.organisation_id, a.state, a.currency, a.brought_to, t.document, t.pack_version
          from agreement a
          join agreement_term t on t.agreement_id = a.id
        """;

    private static readonly Sql ByNumber = $"{Terms} where a.number = @number and (@scope is null or a.organisation_id = @scope) order by t.starts_on";

    private static readonly Sql ById = $"{Terms} where a.id = @id and (@scope is null or a.organisation_id = @scope) order by t.starts_on";

    private static readonly Sql Visible = $"{Terms} where (@scope is null or a.organisation_id = @scope) order by a.number, t.starts_on";

    private static readonly Sql ByIds = new(dialect => $"""
        {Terms}
         where a.id in {dialect.AnyOf("@ids")} and (@scope is null or a.organisation_id = @scope)
         order by a.id, t.starts_on
        """);

    private static readonly Sql Numbers = """
        select number from agreement where (@scope is null or organisation_id = @scope) order by number
        """;

    private static readonly Sql ByPack = """
        select a.number, t.pack_version
          from agreement a
          join agreement_term t on t.agreement_id = a.id
         where a.pack = @pack and (@scope is null or a.organisation_id = @scope)
           and not exists (select 1 from agreement_term later where later.agreement_id = a.id and later.starts_on > t.starts_on)
         order by a.number
        """;

    private static readonly Sql OrganisationByCode = "select id from organisation where code = @code";

    private static readonly Sql AddOrganisation = """
        insert into organisation (id, code, name, kind, tax_id) values (@id, @code, @name, @kind, @taxId)
        """;

    private static readonly Sql AddAgreement = """
        insert into agreement (id, number, organisation_id, fund_code, pack, currency, state, claims)
        values (@id, @number, @organisationId, @fund, @pack, @currency, 'active', 0)
        """;

    private static readonly Sql AddTerm = """
        insert into agreement_term (agreement_id, starts_on, ends_on, document, pack_version) values (@id, @start, @end, @document, @packVersion)
        """;

    private static readonly Sql TermDocument = "select document from agreement_term where agreement_id = @id and starts_on = @start";

    private static readonly Sql EndTerm = "update agreement_term set ends_on = @end, document = @document where agreement_id = @id and starts_on = @start";

    private static readonly Sql DropTerms = "delete from agreement_term where agreement_id = @id and starts_on > @day";

    private static readonly Sql Become = "update agreement set state = @state where id = @id";

    // Ended when its last term is over; closed when besides no money of members is left that has not gone to the fund.
    private static readonly Sql FollowEnd = """
        update agreement
           set state = case when exists (select 1 from receipt r where r.agreement_id = @id and (r.credit > 0 or r.suspense > 0))
                              or exists (select 1 from allocation a
                                           join obligation o on o.id = a.obligation_id and o.class not in ('fee', 'advance')
                                          where a.agreement_id = @id and a.undoes is null
                                            and not exists (select 1 from allocation u where u.undoes = a.id)
                                            and not exists (select 1 from line_allocation la where la.allocation_id = a.id and la.live = 1))
                            then 'ended' else 'closed' end
         where id = @id and state in ('notice', 'ended', 'closed') and not exists (select 1 from agreement_term t where t.agreement_id = @id and t.ends_on >= @day)
        """;

    private static readonly Sql Brought = """
        update agreement set brought_to = @asOf where id = @id and (brought_to is null or brought_to < @asOf)
        """;

    // The row stays locked to the end of the transaction; a lease of one's own is renewed by it.
    private static readonly Sql Hold = new(dialect => $"""
        update agreement set claims = claims + 1, lease_until = case when lease_owner = @lessee then {dialect.Clock("30")} else lease_until end
         where number = @number and (@scope is null or organisation_id = @scope) and (lease_owner is null or lease_owner = @lessee or lease_until < {dialect.Clock("0")})
        """);

    private static readonly Sql TakeLease = new(dialect => $"""
        update agreement set lease_owner = @lessee, lease_until = {dialect.Clock("30")}
         where id = @Id and (lease_owner is null or lease_owner = @lessee or lease_until < {dialect.Clock("0")})
        """);

    private static readonly Sql Release = "update agreement set lease_owner = null, lease_until = null where id = @id and lease_owner = @lessee";

    private static readonly Sql ReleaseAll = "update agreement set lease_owner = null, lease_until = null where lease_owner = @lessee";

    private static readonly Sql NumberOf = "select number from agreement where id = @id";

    private static readonly Sql Exists = "select count(*) from agreement where number = @number";

    /// <summary>The agreement, or a refusal with code <c>agreement_unknown</c>; another organisation's is as unknown as none.</summary>
    public async Task<Outcome<StoredAgreement>> Find(string number)
    {
        var rows = await work.Rows<Row>(ByNumber, new { number, scope = work.Actor.OrganisationId });
        return rows.Count > 0 ? Stored(rows) : Refusal.NotFound("agreement_unknown", $"There is no agreement «{number}».") with
        {
            Help = "List the agreements with 'agreement list'.",
        };
    }

    /// <summary>The same for a unit that changes the agreement: it holds it to its end, and waits while another works on it.</summary>
    public async Task<Outcome<StoredAgreement>> FindToChange(string number)
    {
        if (await work.Do(Hold, new { number, lessee = work.Lessee, scope = work.Actor.OrganisationId }) == 1) work.Unit.Held.Add(number);
        if (!(await Find(number)).Ok(out var found, out var refusal)) return refusal;
        return work.Unit.Held.Contains(number) ? found : throw new BusyException(number);
    }

    /// <summary>The agreement of that id, held to the end of the unit.</summary>
    public async Task<StoredAgreement> GetToChange(long id) => (await FindToChange((await work.One<string>(NumberOf, new { id }))!)).Value;

    /// <summary>Takes the agreement for 30 seconds, which every unit that holds it begins anew.</summary>
    /// <exception cref="BusyException">While another has it.</exception>
    public async Task Lease(StoredAgreement agreement)
    {
        if (await work.Do(TakeLease, new { agreement.Id, lessee = work.Lessee }) == 0) throw new BusyException(agreement.Number);
    }

    /// <summary>Lets go of whatever the lessee holds.</summary>
    public Task EndLeases() => work.Do(ReleaseAll, new { lessee = work.Lessee });

    public Task EndLease(long id) => work.Do(Release, new { id, lessee = work.Lessee });

    public async Task<StoredAgreement> Get(long id) => Stored(await work.Rows<Row>(ById, new { id, scope = work.Actor.OrganisationId }));

    /// <summary>Those of these ids that the acting user may see, in the order of the ids.</summary>
    public async Task<IReadOnlyList<StoredAgreement>> Among(IEnumerable<long> ids) =>
        [.. (await work.Rows<Row>(ByIds, new { ids = work.Dialect.Array(ids), scope = work.Actor.OrganisationId })).GroupBy(row => row.Id).Select(rows => Stored([.. rows]))];

    /// <summary>All that the acting user may see, by number.</summary>
    public async Task<IReadOnlyList<StoredAgreement>> Seen() =>
        [.. (await work.Rows<Row>(Visible, new { scope = work.Actor.OrganisationId })).GroupBy(row => row.Id).Select(rows => Stored([.. rows]))];

    public Task<IReadOnlyList<string>> All() => work.Rows<string>(Numbers, new { scope = work.Actor.OrganisationId });

    public Task<IReadOnlyList<AgreementOfPack>> OfPack(string pack) => work.Rows<AgreementOfPack>(ByPack, new { pack, scope = work.Actor.OrganisationId });

    /// <summary>Stores a new agreement, active at once.</summary>
    /// <param name="document">Its text as it came.</param>
    /// <param name="packVersion">The version that its figures are pinned to; null: the newest one always.</param>
    public async Task<Outcome<StoredAgreement>> Add(Agreement agreement, Currency currency, string document, string? packVersion = null)
    {
        if (await work.One<long>(Exists, new { number = agreement.Number }) > 0)
        {
            return Refusal.Conflict("agreement_exists", $"Agreement «{agreement.Number}» is already there.") with { Help = "Renew it with 'agreement renew', or use another number." };
        }

        var organisation = await work.One<long?>(OrganisationByCode, new { code = agreement.Organisation.Code }) ?? await Add(agreement.Organisation);
        var id = work.NextId();
        await work.Do(AddAgreement, new { id, number = agreement.Number, organisationId = organisation, fund = agreement.Fund.Code, pack = agreement.Pack, currency = currency.Code });
        work.Unit.Held.Add(agreement.Number);
        await work.Do(AddTerm, new { id, start = agreement.Start, end = agreement.End, document, packVersion });
        return new StoredAgreement(id, organisation, "active", currency, agreement) { PackVersions = [packVersion] };
    }

    /// <summary>Text of a term as it was taken in.</summary>
    public async Task<string> Document(long id, Term term) => (await work.One<string>(TermDocument, new { id, start = term.Start }))!;

    /// <summary>A further term under the same number; the agreement is active.</summary>
    public async Task Renew(long id, Term term, string document, string? packVersion)
    {
        await work.Do(AddTerm, new { id, start = term.Start, end = term.End, document, packVersion });
        await work.Do(Become, new { id, state = "active" });
    }

    /// <summary>Lets a term end earlier; terms that would have followed are dropped. The agreement is in notice.</summary>
    public async Task GiveNotice(long id, Term term, string document)
    {
        await work.Do(DropTerms, new { id, day = term.Start });
        await work.Do(EndTerm, new { id, start = term.Start, end = term.End, document });
        await work.Do(Become, new { id, state = "notice" });
    }

    /// <summary>Puts another text in the place of a term's; its dates stay.</summary>
    public Task Rewrite(long id, Term term, string document) => work.Do(EndTerm, new { id, start = term.Start, end = term.End, document });

    /// <summary>From notice to ended to closed, as far as the day and the money allow.</summary>
    public Task Follow(long id, DateOnly day) => work.Do(FollowEnd, new { id, day });

    public Task MarkBroughtTo(long id, DateOnly asOf) => work.Do(Brought, new { id, asOf });

    private async Task<long> Add(Party organisation)
    {
        var id = work.NextId();
        await work.Do(AddOrganisation, new { id, code = organisation.Code, name = organisation.Name, kind = organisation.Kind ?? "cooperative", taxId = organisation.TaxId });
        return id;
    }

    private static StoredAgreement Stored(IReadOnlyList<Row> rows)
    {
        var terms = rows.Select(row => AgreementFile.Read(row.Document).Value).ToList();
        return new StoredAgreement(rows[0].Id, rows[0].OrganisationId, rows[0].State, Currency.Of(rows[0].Currency).Value, terms[^1] with { Terms = [.. terms.SelectMany(term => term.Terms)] })
        {
            BroughtTo = rows[0].BroughtTo,
            PackVersions = [.. rows.Select(row => row.PackVersion)],
        };
    }

    private sealed record Row
    {
        public long Id { get; init; }

        public long OrganisationId { get; init; }

        public string State { get; init; } = "";

        public string Currency { get; init; } = "";

        public DateOnly? BroughtTo { get; init; }

        public string Document { get; init; } = "";

        public string? PackVersion { get; init; }
    }
}

/// <summary>Another process is at work on the same agreement or remittance; nothing was changed, and the unit may run again.</summary>
public sealed class BusyException(string number) : Exception($"{number} is being worked on by another process.");

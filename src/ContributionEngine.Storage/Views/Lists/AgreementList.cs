using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which agreements; null: any.</summary>
public sealed record AgreementsWhere
{
    /// <summary>active, notice, ended or closed.</summary>
    public string? State { get; init; }

    public string? Pack { get; init; }

    /// <summary>Code of the organisation.</summary>
    public string? Organisation { get; init; }
}

/// <summary>An agreement in a list, with the dates of its first and last term.</summary>
public sealed record ListedAgreement : Listed
{
    public string Number { get; init; } = "";

    public string Organisation { get; init; } = "";

    public string OrganisationName { get; init; } = "";

    public string Fund { get; init; } = "";

    public string Pack { get; init; } = "";

    public string State { get; init; } = "";

    public DateOnly StartsOn { get; init; }

    public DateOnly EndsOn { get; init; }

    internal override Mark Mark => new(Number, Id);
}

internal sealed class AgreementList(Work work)
{
    private const string Rows = """
        select a.id, a.currency, a.number, o.code as organisation, o.name as organisation_name, a.fund_code as fund, a.pack, a.state,
               (select min(t.starts_on) from agreement_term t where t.agreement_id = a.id) as starts_on, (select max(t.ends_on) from agreement_term t where t.agreement_id = a.id) as ends_on
          from agreement a
          join organisation o on o.id = a.organisation_id
        """;

    private static readonly Sql ByNumber = $"{Rows} where a.number = @number and (@scope is null or a.organisation_id = @scope)";

    private static readonly Sql Some = new(dialect => $"""
        {Rows}
         where a.number > @after and (@scope is null or a.organisation_id = @scope)
           and (@State is null or a.state = @State) and (@Pack is null or a.pack = @Pack) and (@Organisation is null or o.code = @Organisation)
         order by a.number
        {dialect.Limit("@Take")}
        """);

    public async Task<Outcome<Page<ListedAgreement>>> Page(AgreementsWhere where, Slice slice) => Page<ListedAgreement>.Of(
        await work.Rows<ListedAgreement>(Some, new { after = slice.KeyOr(""), scope = work.Actor.OrganisationId, where.State, where.Pack, where.Organisation, slice.Take }), slice);

    public async Task<Outcome<ListedAgreement>> One(string number) => await work.One<ListedAgreement>(ByNumber, new { number, scope = work.Actor.OrganisationId }) is { } found ? found
        : Refusal.NotFound("agreement_unknown", $"There is no agreement «{number}».") with { Help = "List the agreements with 'agreement list'." };
}

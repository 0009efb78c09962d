using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Who may use the engine on a server.</summary>
public sealed record StoredUser
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>operator, officer, approver, auditor or treasurer.</summary>
    public string Role { get; init; } = "";

    public long? OrganisationId { get; init; }

    /// <summary>Code of the organisation that a treasurer belongs to.</summary>
    public string? Organisation { get; init; }

    /// <summary>Its name, where she was found by a key.</summary>
    public string? OrganisationName { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>1 when she was found by a key whose use was not noted lately.</summary>
    public long FreshKey { get; init; }
}

/// <summary>Users: who acts, and as what.</summary>
public sealed class Users(Work work)
{
    private const string Fields = "u.id, u.name, u.role, u.organisation_id, o.code as organisation, u.disabled_at";

    private const string Rows = "from engine_user u left join organisation o on o.id = u.organisation_id";

    private const string Columns = $"select {Fields} {Rows}";

    private static readonly Sql All = $"{Columns} order by u.name";

    private static readonly Sql ByName = $"{Columns} where u.name = @name";

    private static readonly Sql OfficersNamed = "select count(*) from engine_user where name = @name and role in ('officer', 'approver', 'operator')";

    private static readonly Sql Count = "select count(*) from engine_user";

    private static readonly Sql Came = """
        select count(*) from engine_user u
         where exists (select 1 from api_key k where k.user_id = u.id and k.used_at is not null)
            or exists (select 1 from login l where l.user_id = u.id and l.signed_in_at is not null)
        """;

    private static readonly Sql OtherOperators = "select count(*) from engine_user where role = 'operator' and disabled_at is null and id <> @id";

    private static readonly Sql AddUser = """
        insert into engine_user (id, name, role, organisation_id, added_at) values (@id, @name, @role, @organisationId, @now)
        """;

    private static readonly Sql DisableUser = "update engine_user set disabled_at = @now where id = @id and disabled_at is null";

    private static readonly Sql Organisations = "select code, name from organisation order by code";

    private static readonly Sql OrganisationByCode = "select id from organisation where code = @code";

    public Task<IReadOnlyList<StoredUser>> List() => work.Rows<StoredUser>(All);

    /// <summary>Code and name of every organisation that a treasurer can belong to.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> AllOrganisations() => [.. (await work.Rows<OrganisationRow>(Organisations)).Select(row => (row.Code, row.Name))];

    public async Task<bool> Any() => await work.One<long>(Count) > 0;

    /// <summary>True once somebody has come with a key or signed in: before that the database is being set up.</summary>
    public async Task<bool> AnybodyCame() => await work.One<long>(Came) > 0;

    /// <summary>True when nobody else could let users in.</summary>
    public async Task<bool> IsLastOperator(StoredUser user) => user is { Role: "operator", DisabledAt: null } && await work.One<long>(OtherOperators, new { id = user.Id }) == 0;

    /// <summary>True for an officer, approver or operator; without a key <c>os:NAME</c> is an operator. The engine itself is none.</summary>
    public async Task<bool> IsOfficer(Actor actor) => actor.Name.StartsWith("os:", StringComparison.Ordinal) || await work.One<long>(OfficersNamed, new { name = actor.Name }) > 0;

    /// <summary>The user, or a refusal with code <c>user_unknown</c>.</summary>
    public async Task<Outcome<StoredUser>> Find(string name) => await work.One<StoredUser>(ByName, new { name }) is { } found ? found : Unknown(name);

    /// <summary>Adds a user. Refusals: <c>user_exists</c>, <c>organisation_unknown</c>.</summary>
    public async Task<Outcome<StoredUser>> Add(string name, string role, string? organisation)
    {
        if ((await Find(name)).Refusal is null) return Refusal.Conflict("user_exists", $"There is a user «{name}» already.") with { Help = "Choose another name, or make a key for this one with 'key create'." };
        var organisationId = organisation is null ? null : await work.One<long?>(OrganisationByCode, new { code = organisation });
        if (organisation is not null && organisationId is null) return Refusal.NotFound("organisation_unknown", $"There is no organisation «{organisation}».") with { Help = "It comes with its first agreement: 'agreement import'." };
        await work.Do(AddUser, new { id = work.NextId(), name, role, organisationId, now = work.Now });
        return await Find(name);
    }

    public Task Disable(StoredUser user) => work.Do(DisableUser, new { id = user.Id, now = work.Now });

    internal static Refusal Unknown(string name) => Refusal.NotFound("user_unknown", $"There is no user «{name}».") with { Help = "List them with 'user list'." };

    private sealed record OrganisationRow
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";
    }
}

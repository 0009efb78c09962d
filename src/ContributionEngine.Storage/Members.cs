using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A member under an agreement, as recognition needs her.</summary>
public sealed record EnrolledMember
{
    public long EnrolmentId { get; init; }

    public long MemberId { get; init; }

    public string MemberNo { get; init; } = "";

    public string NationalId { get; init; } = "";

    public string NationalIdFolded { get; init; } = "";

    public string FullName { get; init; } = "";

    public string? Phone { get; init; }

    public string? Language { get; init; }

    public DateOnly EnrolledFrom { get; init; }

    /// <summary>Last day, inside; null while enrolled.</summary>
    public DateOnly? EnrolledTo { get; init; }

    /// <summary>The member who she was found to be; read by recognition alone.</summary>
    public long? MergedInto { get; init; }
}

/// <summary>An enrolment with the agreement that it is under.</summary>
public sealed record PlacedEnrolment
{
    public long EnrolmentId { get; init; }

    public long AgreementId { get; init; }

    public string Agreement { get; init; } = "";

    public long MemberId { get; init; }

    public string MemberNo { get; init; } = "";

    public string FullName { get; init; } = "";

    public DateOnly EnrolledFrom { get; init; }

    /// <summary>Last day, inside; null while enrolled.</summary>
    public DateOnly? EnrolledTo { get; init; }

    public bool Holds(DateOnly day) => EnrolledFrom <= day && (EnrolledTo is not { } to || day <= to);
}

/// <summary>A dated fact of an enrolment: its attributes as a JSON document, valid from a day on.</summary>
public sealed record EnrolmentFact
{
    public long EnrolmentId { get; init; }

    public DateOnly ValidFrom { get; init; }

    public string Document { get; init; } = "";
}

/// <summary>Members and their enrolments.</summary>
public sealed class Members(Work work)
{
    private static readonly BulkTarget MemberTable = new("member", "id", "organisation_id", "member_no", "national_id", "national_id_folded", "full_name", "phone", "language");
    private static readonly BulkTarget EnrolmentTable = new("enrolment", "id", "agreement_id", "member_id", "enrolled_from", "enrolled_to");
    private static readonly BulkTarget FactTable = new("enrolment_fact", "enrolment_id", "valid_from", "document");

    private const string EnrolledRows = """
        select e.id as enrolment_id, m.id as member_id, m.member_no, m.national_id, m.national_id_folded, m.full_name, e.enrolled_from, e.enrolled_to
          from enrolment e
          join member m on m.id = e.member_id
        """;

    private static readonly Sql Enrolled = $"""
        {EnrolledRows}
         where e.agreement_id = @agreementId
         order by m.member_no, e.enrolled_from
        """;

    // In the order of an index, so that nothing is sorted.
    private static readonly Sql Recognised = """
        select e.id, e.member_id, m.member_no, m.national_id_folded, m.full_name, e.enrolled_from, e.enrolled_to, g.into_id
          from enrolment e
          join member m on m.id = e.member_id
          left join member_merge g on g.member_id = m.id and g.undone_at is null
         where e.agreement_id = @agreementId
         order by e.member_id, e.enrolled_from
        """;

    private static readonly Sql OfOrganisation = """
        select 0 as enrolment_id, id as member_id, member_no, national_id, national_id_folded, full_name, phone, language, '0001-01-01' as enrolled_from
          from member where organisation_id = @organisationId
        """;

    private static readonly Sql FactsOf = """
        select f.enrolment_id, f.valid_from, f.document
          from enrolment_fact f
          join enrolment e on e.id = f.enrolment_id
         where e.agreement_id = @agreementId
         order by f.enrolment_id, f.valid_from
        """;

    private static readonly Sql EnrolledBy = new(dialect => $"""
        {EnrolledRows}
         where e.id in {dialect.AnyOf("@enrolments")}
         order by m.member_no, e.enrolled_from
        """);

    private static readonly Sql EnrolledAnywhere = """
        select e.id as enrolment_id, e.agreement_id, a.number as agreement, m.id as member_id, m.member_no, m.full_name, e.enrolled_from, e.enrolled_to
          from enrolment e
          join member m on m.id = e.member_id
          join agreement a on a.id = e.agreement_id
         where m.member_no = @number and (@agreement is null or a.number = @agreement) and (@scope is null or a.organisation_id = @scope)
         order by a.number, e.enrolled_from
        """;

    private static readonly Sql EndAll = """
        update enrolment set enrolled_to = @day where agreement_id = @agreementId and enrolled_from <= @day and (enrolled_to is null or enrolled_to > @day)
        """;

    private static readonly Sql FactsBy = new(dialect => $"""
        select enrolment_id, valid_from, document
          from enrolment_fact
         where enrolment_id in {dialect.AnyOf("@enrolments")}
         order by enrolment_id, valid_from
        """);

    private static readonly Sql ChangeMember = """
        update member set national_id = @NationalId, national_id_folded = @NationalIdFolded, full_name = @FullName, phone = @Phone, language = @Language
         where id = @MemberId
        """;

    private static readonly Sql ChangeEnrolment = "update enrolment set enrolled_from = @from, enrolled_to = @to where id = @id";

    private static readonly Sql ReplaceFact = """
        update enrolment_fact set document = @document where enrolment_id = @id and valid_from = @from
        """;

    /// <summary>Everyone enrolled under the agreement, whatever the dates, by member number.</summary>
    public Task<IReadOnlyList<EnrolledMember>> EnrolledIn(long agreementId) => work.Rows<EnrolledMember>(Enrolled, new { agreementId });

    /// <summary>The same one by one, as far as recognition needs them: enrolments of one member together, the earliest first.</summary>
    public async IAsyncEnumerable<EnrolledMember> EachEnrolled(long agreementId)
    {
        // Half a million rows before every check: read by position, and each day parsed once.
        var days = new Dictionary<object, DateOnly>();
        await using var row = await work.Reader(Recognised, new { agreementId });
        while (await row.ReadAsync(work.Stop))
        {
            yield return new EnrolledMember
            {
                EnrolmentId = row.GetInt64(0), MemberId = row.GetInt64(1), MemberNo = row.GetString(2), NationalIdFolded = row.GetString(3), FullName = row.GetString(4),
                EnrolledFrom = Day(row.GetValue(5)), EnrolledTo = row.IsDBNull(6) ? null : Day(row.GetValue(6)), MergedInto = row.IsDBNull(7) ? null : row.GetInt64(7),
            };
        }

        DateOnly Day(object value) => days.TryGetValue(value, out var day) ? day : days[value] = Values.Day(value);
    }

    public Task<IReadOnlyList<EnrolledMember>> Enrolments(IEnumerable<long> enrolments) => work.Rows<EnrolledMember>(EnrolledBy, new { enrolments = work.Dialect.Array(enrolments) });

    public Task<IReadOnlyList<EnrolmentFact>> FactsOfEnrolments(IEnumerable<long> enrolments) => work.Rows<EnrolmentFact>(FactsBy, new { enrolments = work.Dialect.Array(enrolments) });

    /// <summary>Enrolments of a member number, under one agreement or under all that the acting user may see.</summary>
    public Task<IReadOnlyList<PlacedEnrolment>> Placed(string number, string? agreement) =>
        work.Rows<PlacedEnrolment>(EnrolledAnywhere, new { number, agreement, scope = work.Actor.OrganisationId });

    /// <summary>Ends on a day whatever enrolments would go on after it.</summary>
    public Task<int> EndEnrolments(long agreementId, DateOnly day) => work.Do(EndAll, new { agreementId, day });

    public Task<IReadOnlyList<EnrolledMember>> Of(long organisationId) => work.Rows<EnrolledMember>(OfOrganisation, new { organisationId });

    public Task<IReadOnlyList<EnrolmentFact>> Facts(long agreementId) => work.Rows<EnrolmentFact>(FactsOf, new { agreementId });

    /// <summary>Rows in the column order of the table: see the first lines of this file.</summary>
    public Task AddMembers(IEnumerable<object?[]> rows) => work.Bulk(MemberTable, rows);

    public Task AddEnrolments(IEnumerable<object?[]> rows) => work.Bulk(EnrolmentTable, rows);

    public Task AddFacts(IEnumerable<object?[]> rows) => work.Bulk(FactTable, rows);

    public Task Change(long memberId, MemberChange change) => work.Do(ChangeMember, new
    {
        MemberId = memberId, change.NationalId, change.NationalIdFolded, change.FullName, change.Phone, change.Language,
    });

    public Task DateEnrolment(long id, DateOnly from, DateOnly? to) => work.Do(ChangeEnrolment, new { id, from, to });

    public Task ChangeFact(long id, DateOnly from, string document) => work.Do(ReplaceFact, new { id, from, document });
}

/// <summary>What a member import may change of a person.</summary>
public sealed record MemberChange(string NationalId, string NationalIdFolded, string FullName, string? Phone, string? Language);

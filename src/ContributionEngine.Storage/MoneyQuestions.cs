using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>What an organisation was asked about bank money, and what it says.</summary>
public sealed record StoredQuestion
{
    public long Id { get; init; }

    public long EntryId { get; init; }

    /// <summary>Number of the transaction in a batched entry; 0: the whole entry.</summary>
    public long Part { get; init; }

    public long OrganisationId { get; init; }

    /// <summary>Code of the organisation.</summary>
    public string Organisation { get; init; } = "";

    public string OrganisationName { get; init; } = "";

    /// <summary>Account of the bank that shows the money.</summary>
    public string Account { get; init; } = "";

    public string AskedBy { get; init; } = "";

    public DateTimeOffset AskedAt { get; init; }

    /// <summary>ours or not_ours; null while nobody has answered.</summary>
    public string? Answer { get; init; }

    public long? RemittanceId { get; init; }

    /// <summary>Number of the remittance that it pays.</summary>
    public string? Remittance { get; init; }

    public string? Reference { get; init; }

    public string? AnsweredBy { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public string Number => Numbers.Question(Id);
}

/// <summary>A remittance that awaits money, for its organisation to choose.</summary>
public sealed record AwaitingRemittance
{
    public long OrganisationId { get; init; }

    public string Number { get; init; } = "";

    public string Reference { get; init; } = "";

    public string Currency { get; init; } = "";

    /// <summary>What is not paid of it, in minor units.</summary>
    public long Unpaid { get; init; }
}

/// <summary>Questions about bank money that are not withdrawn, visible to the fund and to the organisation that is asked.</summary>
public sealed class MoneyQuestions(Work work)
{
    private const string Rows = """
        select q.id, q.entry_id, q.part, q.organisation_id, o.code as organisation, o.name as organisation_name, b.account, q.asked_by, q.asked_at,
               q.answer, q.remittance_id, r.number as remittance, r.reference, q.answered_by, q.answered_at
          from money_question q
          join organisation o on o.id = q.organisation_id
          join bank_entry e on e.id = q.entry_id
          join bank_account b on b.id = e.account_id
          left join remittance r on r.id = q.remittance_id
         where q.withdrawn_at is null and (@scope is null or q.organisation_id = @scope)
        """;

    private static readonly Sql AboutOpen = $"""
        {Rows} and e.state = 'open' and not exists (select 1 from bank_match m where m.entry_id = q.entry_id and m.tx_no = q.part and m.live = 1) order by q.id
        """;

    private static readonly Sql AboutPiece = $"{Rows} and q.entry_id = @entryId and q.part = @part order by q.id";

    private static readonly Sql ById = $"{Rows} and q.id = @id";

    private static readonly Sql Unpaid = new(dialect => $"""
        select a.organisation_id, r.number, r.reference, r.currency, r.total - r.rejected - r.paid as unpaid
          from remittance r
          join agreement a on a.id = r.agreement_id
         where a.organisation_id in {dialect.AnyOf("@organisations")} and (@scope is null or a.organisation_id = @scope)
           and r.delivery not in ('cancelled', 'refused') and r.paid < r.total - r.rejected
         order by r.id
        """);

    private static readonly Sql AddQuestion = """
        insert into money_question (id, entry_id, part, organisation_id, asked_by, asked_at) values (@id, @entryId, @part, @organisationId, @by, @now)
        """;

    private static readonly Sql AnswerQuestion = """
        update money_question set answer = @answer, remittance_id = @remittanceId, answered_by = @by, answered_at = @now where id = @id and answer is null and withdrawn_at is null
        """;

    private static readonly Sql EndQuestion = "update money_question set withdrawn_by = @by, withdrawn_at = @now where id = @id and withdrawn_at is null";

    /// <summary>About money that is open, oldest first, answered or not.</summary>
    public Task<IReadOnlyList<StoredQuestion>> Open() => work.Rows<StoredQuestion>(AboutOpen, new { scope = work.Actor.OrganisationId });

    /// <summary>About one piece of money, oldest first.</summary>
    public Task<IReadOnlyList<StoredQuestion>> About(long entryId, long part) => work.Rows<StoredQuestion>(AboutPiece, new { entryId, part, scope = work.Actor.OrganisationId });

    /// <summary>The question, or a refusal with code <c>question_unknown</c>; another organisation's, and one that was withdrawn, are as unknown as none.</summary>
    public async Task<Outcome<StoredQuestion>> Find(string number) =>
        Numbers.Id("QST", number) is { } id && await work.One<StoredQuestion>(ById, new { id, scope = work.Actor.OrganisationId }) is { } found ? found
        : Refusal.NotFound("question_unknown", $"There is no question «{number}».") with { Help = "List them with 'bank questions'." };

    /// <summary>Remittances of some organisations that await money, oldest first.</summary>
    public Task<IReadOnlyList<AwaitingRemittance>> Awaiting(IEnumerable<long> organisations) =>
        work.Rows<AwaitingRemittance>(Unpaid, new { organisations = work.Dialect.Array(organisations), scope = work.Actor.OrganisationId });

    /// <returns>Its id.</returns>
    public async Task<long> Add(long entryId, long part, long organisationId)
    {
        var id = work.NextId();
        await work.Do(AddQuestion, new { id, entryId, part, organisationId, by = work.Actor.Name, now = work.Now });
        return id;
    }

    /// <summary>Keeps what the organisation says.</summary>
    /// <param name="remittanceId">The remittance that the money pays; null: it is not theirs.</param>
    /// <exception cref="BusyException">Somebody else has answered or withdrawn it meanwhile.</exception>
    public async Task Answer(StoredQuestion question, long? remittanceId)
    {
        var answer = remittanceId is null ? "not_ours" : "ours";
        if (await work.Do(AnswerQuestion, new { id = question.Id, answer, remittanceId, by = work.Actor.Name, now = work.Now }) != 1) throw new BusyException(question.Number);
    }

    /// <summary>False when it was withdrawn before.</summary>
    public async Task<bool> Withdraw(long id) => await work.Do(EndQuestion, new { id, by = work.Actor.Name, now = work.Now }) == 1;
}

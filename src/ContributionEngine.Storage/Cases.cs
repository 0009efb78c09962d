using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which cases; null: any.</summary>
/// <param name="State">One state, <c>open</c> standing for everything that is not resolved yet; null: as that.</param>
public sealed record CaseFilter(string? Agreement, string? Reason, string? State);

/// <summary>Open questions, each once. What a person has resolved is not asked again while its amount and words are the same.</summary>
public sealed class Cases(Work work)
{
    private static readonly BulkTarget Table = new(
        "work_case", "id", "number", "reason", "agreement_id", "subject", "amount", "detail", "detail_code", "particulars", "opened_on", "state");

    private static readonly Sql OpenSubjects = new(dialect => $"""
        select concat(reason, ' ', subject) from work_case
         where (agreement_id = @agreementId or (agreement_id is null and @agreementId is null))
           and state in ('open', 'assigned', 'waiting') and subject in {dialect.AnyOf("@subjects")}
        """);

    private static readonly Sql DecidedSubjects = new(dialect => $"""
        select reason, subject, amount, detail from work_case
         where agreement_id = @agreementId and resolved_by is not null and subject in {dialect.AnyOf("@subjects")}
        """);

    private const string Rows = """
        select c.id, c.number, c.reason, c.agreement_id, ag.number as agreement, ag.currency, c.subject, c.amount, c.detail, c.detail_code, c.particulars, c.opened_on, c.state, c.owner, c.resolution, c.resolution_code, c.resolution_particulars, c.resolved_by
          from work_case c
          left join agreement ag on ag.id = c.agreement_id
         where (@scope is null or ag.organisation_id = @scope)
        """;

    private static readonly Sql Some = $"""
        {Rows} and (@Agreement is null or ag.number = @Agreement) and (@Reason is null or c.reason = @Reason)
           and (c.state = @State or (@State = 'open' and c.state in ('assigned', 'waiting')))
         order by c.opened_on, c.id
        """;

    private static readonly Sql ByNumber = $"{Rows} and c.number = @number";

    private static readonly Sql Give = "update work_case set owner = @owner, state = 'assigned' where id = @id and state in ('open', 'assigned', 'waiting')";

    private static readonly Sql Decide = "update work_case set state = 'resolved', resolution = @resolution, resolution_code = null, resolution_particulars = null, resolved_by = @by where id = @id";

    private static readonly Sql OpenOfReason = """
        select subject, amount from work_case where agreement_id = @agreementId and reason = @reason and state in ('open', 'assigned', 'waiting')
        """;

    private static readonly Sql OpenSubjectsOf = new(dialect => $"""
        select distinct subject from work_case where agreement_id = @agreementId and reason in {dialect.AnyOf("@reasons")} and state in ('open', 'assigned', 'waiting')
        """);

    private static readonly Sql CountOf = "select count(*) from work_case where agreement_id = @agreementId and reason = @reason and state in ('open', 'assigned', 'waiting')";

    private static readonly Sql AnyState = new(dialect => $"select subject from work_case where agreement_id = @agreementId and reason = @reason and subject in {dialect.AnyOf("@subjects")}");

    private static readonly Sql Amend = """
        update work_case set amount = @Amount, detail = @Sentence, detail_code = @Code, particulars = @particulars
         where agreement_id = @agreementId and reason = @Reason and subject = @Subject and state in ('open', 'assigned', 'waiting')
        """;

    private static readonly Sql CloseWhere = new(dialect => $"""
        update work_case set state = 'resolved', resolution = @Sentence, resolution_code = @Code, resolution_particulars = @particulars
         where (agreement_id = @agreementId or @agreementId is null)
           and state in ('open', 'assigned', 'waiting') and reason = @reason and subject in {dialect.AnyOf("@subjects")}
        """);

    private static readonly Sql GivenUp = new(dialect => $"""
        update work_case set state = 'written_off', resolution = @resolution, resolved_by = @by
         where agreement_id = @agreementId and state in ('open', 'assigned', 'waiting') and reason in {dialect.AnyOf("@reasons")} and subject in {dialect.AnyOf("@subjects")}
        """);

    private static readonly Sql CloseLike = """
        update work_case set state = 'resolved', resolution = @Sentence, resolution_code = @Code, resolution_particulars = @particulars
         where agreement_id = @agreementId and state in ('open', 'assigned', 'waiting') and (subject = @subject or subject like @under)
        """;

    private static readonly Sql DropLike = "delete from work_case where agreement_id = @agreementId and state = 'open' and (subject = @subject or subject like @under)";

    private static readonly Sql CountLike = """
        select count(*) from work_case where agreement_id = @agreementId and state in ('open', 'assigned', 'waiting') and (subject = @subject or subject like @under)
        """;

    /// <summary>Opens those that are not open already; returns how many were new. Without an agreement they are the operators'.</summary>
    public async Task<int> Open(long? agreementId, DateOnly on, IReadOnlyList<NewCase> cases)
    {
        if (cases.Count == 0) return 0;
        var known = (await work.Rows<string>(OpenSubjects, new { agreementId, subjects = work.Dialect.Array(cases.Select(item => item.Subject)) })).ToHashSet();
        known.UnionWith(await Decided(agreementId, cases));
        var fresh = cases.Where(item => known.Add($"{item.Reason} {item.Subject}")).ToList();
        await work.Bulk(Table, fresh.Select(item =>
        {
            var id = work.NextId();
            work.WebhookEvents.Note(new Announcement(WebhookTypes.CaseOpened, Numbers.Case(id), agreementId, Reason: item.Reason));
            return Row(id, agreementId, on, item);
        }));
        return fresh.Count;
    }

    /// <summary>Opens a case that must be new, whatever was decided before, and gives it.</summary>
    public async Task<StoredCase> Ask(long agreementId, DateOnly on, NewCase asked)
    {
        var id = work.NextId();
        work.WebhookEvents.Note(new Announcement(WebhookTypes.CaseOpened, Numbers.Case(id), agreementId, Reason: asked.Reason));
        await work.Bulk(Table, [Row(id, agreementId, on, asked)]);
        return (await Find(Numbers.Case(id))).Value;
    }

    /// <summary>The case, or a refusal with code <c>case_unknown</c>.</summary>
    public async Task<Outcome<StoredCase>> Find(string number) => await work.One<StoredCase>(ByNumber, new { number, scope = work.Actor.OrganisationId }) is { } found
        ? found
        : Refusal.NotFound("case_unknown", $"There is no case «{number}».") with { Help = "List them with 'case list'." };

    /// <summary>Cases that the acting user may see, oldest first.</summary>
    public Task<IReadOnlyList<StoredCase>> List(CaseFilter filter) =>
        work.Rows<StoredCase>(Some, new { filter.Agreement, filter.Reason, State = filter.State ?? "open", scope = work.Actor.OrganisationId });

    /// <summary>Gives an open case to somebody.</summary>
    public Task Assign(long id, string owner) => work.Do(Give, new { id, owner });

    /// <summary>Resolves a case by the acting user, also where what she did has closed it already.</summary>
    public Task Resolve(long id, string resolution) => work.Do(Decide, new { id, resolution, by = work.Actor.Name });

    /// <summary>True when a case of this reason is open under the agreement.</summary>
    public async Task<bool> AnyOpen(long agreementId, string reason) => await work.One<long>(CountOf, new { agreementId, reason }) > 0;

    /// <summary>What the open cases of these reasons are about.</summary>
    public Task<IReadOnlyList<string>> OpenOf(long agreementId, IEnumerable<string> reasons) =>
        work.Rows<string>(OpenSubjectsOf, new { agreementId, reasons = work.Dialect.Array(reasons) });

    /// <summary>Those of some subjects about which there is or was a case of this reason.</summary>
    public async Task<IReadOnlySet<string>> EverAbout(long agreementId, string reason, IEnumerable<string> subjects) =>
        (await work.Rows<string>(AnyState, new { agreementId, reason, subjects = work.Dialect.Array(subjects) })).ToHashSet();

    /// <summary>Makes the open cases of one reason those of a list: new ones are opened, changed amounts amended, the others resolved.</summary>
    public async Task Keep(long agreementId, DateOnly on, CasesOf of, IReadOnlyList<NewCase> cases)
    {
        var open = (await work.Rows<OpenCase>(OpenOfReason, new { agreementId, reason = of.Reason })).Where(row => of.IsAbout?.Invoke(row.Subject) != false).ToDictionary(row => row.Subject, row => row.Amount);
        var gone = open.Keys.Except(cases.Select(item => item.Subject)).ToList();
        if (gone.Count > 0) await Close(agreementId, of.Reason, gone, of.End);
        foreach (var item in cases.Where(item => open.TryGetValue(item.Subject, out var amount) && amount != item.Amount))
        {
            await Reword(agreementId, item);
        }

        await Open(agreementId, on, [.. cases.Where(item => !open.ContainsKey(item.Subject))]);
    }

    /// <summary>Resolves the open cases of a reason about these subjects; null: whatever their agreement.</summary>
    public Task<int> Close(long? agreementId, string reason, IEnumerable<string> subjects, CaseEnd end)
    {
        var told = end.Told;
        return work.Do(CloseWhere, new { agreementId, reason, told.Sentence, told.Code, particulars = told.Particulars?.Text(), subjects = work.Dialect.Array(subjects) });
    }

    /// <summary>Closes the open cases of these reasons about these subjects, because what hung on them was given up.</summary>
    public Task<int> WriteOff(long agreementId, IEnumerable<string> reasons, IEnumerable<string> subjects, string resolution) =>
        work.Do(GivenUp, new { agreementId, reasons = work.Dialect.Array(reasons), subjects = work.Dialect.Array(subjects), resolution, by = work.Actor.Name });

    /// <summary>Lets an open case say what is so now.</summary>
    public Task<int> Reword(long agreementId, NewCase now) => work.Do(Amend, new { agreementId, now.Amount, now.Detail.Sentence, now.Detail.Code, particulars = now.Detail.Particulars?.Text(), now.Reason, now.Subject });

    /// <summary>Closes every open case about a subject or its rows.</summary>
    public Task<int> CloseAbout(long agreementId, string subject, CaseEnd end)
    {
        var told = end.Told;
        return work.Do(CloseLike, new { agreementId, subject, under = subject + " %", told.Sentence, told.Code, particulars = told.Particulars?.Text() });
    }

    /// <summary>Drops what was opened about a subject or its rows in this very unit of work, because it comes to nothing.</summary>
    public Task<int> Forget(long agreementId, string subject) => work.Do(DropLike, new { agreementId, subject, under = subject + " %" });

    /// <summary>How many cases are open about a subject or its rows.</summary>
    public Task<long> OpenAbout(long agreementId, string subject) =>
        work.One<long>(CountLike, new { agreementId, subject, under = subject + " %" });

    private static object?[] Row(long id, long? agreementId, DateOnly on, NewCase item) =>
        [id, Numbers.Case(id), item.Reason, agreementId, item.Subject, item.Amount, item.Detail.Sentence, item.Detail.Code, item.Detail.Particulars?.Text(), on, "open"];

    // A case that nobody could decide otherwise today.
    private async Task<IEnumerable<string>> Decided(long? agreementId, IReadOnlyList<NewCase> cases)
    {
        var asked = cases.Select(item => (item.Reason, item.Subject, item.Amount, item.Detail.Sentence)).ToHashSet();
        return (await work.Rows<DecidedCase>(DecidedSubjects, new { agreementId, subjects = work.Dialect.Array(cases.Select(item => item.Subject)) }))
            .Where(row => asked.Contains((row.Reason, row.Subject, row.Amount, row.Detail)))
            .Select(row => $"{row.Reason} {row.Subject}");
    }

    private sealed record DecidedCase
    {
        public string Reason { get; init; } = "";

        public string Subject { get; init; } = "";

        public long? Amount { get; init; }

        public string Detail { get; init; } = "";
    }

    private sealed record OpenCase
    {
        public string Subject { get; init; } = "";

        public long? Amount { get; init; }
    }
}

using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Lists a page at a time, as far as the acting user may see them. An agreement that is asked for and that she may not see is refused with code <c>agreement_unknown</c>.</summary>
public sealed class Lists(Work work)
{
    private static readonly Sql IdsOf = "select id from agreement where organisation_id = @scope order by id";

    /// <summary>By number.</summary>
    public Task<Outcome<Page<ListedAgreement>>> Agreements(AgreementsWhere where, Slice slice) => new AgreementList(work).Page(where, slice);

    /// <summary>Members of an agreement by number, with what each owes and has to her credit.</summary>
    public Task<Outcome<Page<ListedMember>>> Members(MembersWhere where, Slice slice) => new MemberList(work).Page(where, slice);

    /// <summary>Newest first.</summary>
    public Task<Outcome<Page<ListedEnrolment>>> Enrolments(EnrolmentsWhere where, Slice slice) => new EnrolmentList(work).Page(where, slice);

    /// <summary>Newest first.</summary>
    public Task<Outcome<Page<ListedUpload>>> Uploads(UploadsWhere where, Slice slice) => new UploadList(work).Page(where, slice);

    /// <summary>Problems of an upload's rows, by row.</summary>
    public Task<Outcome<Page<ListedProblem>>> Problems(string upload, ProblemsWhere where, Slice slice) => new ProblemList(work).Page(upload, where, slice);

    /// <summary>By day, newest first.</summary>
    public Task<Outcome<Page<ListedReceipt>>> Receipts(ReceiptsWhere where, Slice slice) => new ReceiptList(work).Page(where, slice);

    /// <summary>Those of an agreement or a member by period, others as they arose; newest first.</summary>
    public Task<Outcome<Page<ListedObligation>>> Obligations(ObligationsWhere where, Slice slice) => new ObligationList(work).Page(where, slice);

    /// <summary>Newest first.</summary>
    public Task<Outcome<Page<ListedRemittance>>> Remittances(RemittancesWhere where, Slice slice) => new RemittanceList(work).Page(where, slice);

    /// <summary>Lines of a remittance, in their order.</summary>
    public Task<Outcome<Page<ListedLine>>> Lines(string remittance, LinesWhere where, Slice slice) => new LineList(work).Page(remittance, where, slice);

    /// <summary>Attempts to hand a remittance over, newest first.</summary>
    public Task<Outcome<Page<ListedDelivery>>> Deliveries(DeliveriesWhere where, Slice slice) => new DeliveryList(work).Page(where, slice);

    /// <summary>What funds have said of remittances and lines, newest first.</summary>
    public Task<Outcome<Page<ListedAcknowledgement>>> Acknowledgements(AcknowledgementsWhere where, Slice slice) => new AcknowledgementList(work).Page(where, slice);

    /// <summary>Newest first.</summary>
    public Task<Outcome<Page<ListedStatement>>> BankStatements(StatementsWhere where, Slice slice) => new StatementList(work).Page(where, slice);

    /// <summary>Those of one state oldest first, as they wait to be worked on; all of them newest first.</summary>
    public Task<Outcome<Page<ListedBooking>>> BankEntries(BookingsWhere where, Slice slice) => new BookingList(work).Page(where, slice);

    /// <summary>Newest first.</summary>
    public Task<Outcome<Page<ListedMatching>>> Matches(MatchesWhere where, Slice slice) => new MatchingList(work).Page(where, slice);

    /// <summary>Runs of the matching, newest first.</summary>
    public Task<Page<ListedMatchRun>> MatchRuns(Slice slice) => new MatchRunList(work).Page(slice);

    /// <summary>Oldest first.</summary>
    public Task<Outcome<Page<ListedCase>>> Cases(CasesWhere where, Slice slice) => new CaseList(work).Page(where, slice);

    /// <summary>For receipts that were taken back and shares of the State and sponsors, as they arose.</summary>
    public Task<Outcome<Page<ListedClaim>>> Claims(ClaimsWhere where, Slice slice) => new ClaimList(work).Page(where, slice);

    /// <summary>What is open of all claims, by who owes it.</summary>
    public Task<Outcome<IReadOnlyList<OwedSum>>> Owed(string? agreement) => new ClaimList(work).Owed(agreement);

    /// <summary>Newest first.</summary>
    public Task<Outcome<Page<ListedRun>>> SettlementRuns(RunsWhere where, Slice slice) => new RunList(work).Page(where, slice);

    /// <summary>Newest first.</summary>
    public Task<Outcome<Page<ListedEvent>>> AuditEvents(EventsWhere where, Slice slice) => new EventList(work).Page(where, slice);

    /// <summary>Oldest first.</summary>
    public Task<Outcome<Page<ListedMessage>>> ParkedMessages(Slice slice) => new MessageList(work).Parked(slice);

    /// <summary>Refusals: <c>agreement_unknown</c>.</summary>
    public Task<Outcome<ListedAgreement>> Agreement(string number) => new AgreementList(work).One(number);

    /// <summary>Refusals: <c>upload_unknown</c>.</summary>
    public async Task<Outcome<ListedUpload>> Upload(string number) => (await work.Uploads.Find(number)).Ok(out var found, out var refusal) ? await Only(new UploadList(work).Page(new UploadsWhere(), Slice.Only(found.Id))) : refusal;

    /// <summary>By its number or its reference. Refusals: <c>remittance_unknown</c>.</summary>
    public async Task<Outcome<ListedRemittance>> Remittance(string number) => (await work.Remittances.Find(number)).Ok(out var found, out var refusal) ? await Only(new RemittanceList(work).Page(new RemittancesWhere(), Slice.Only(found.Id))) : refusal;

    /// <summary>Refusals: <c>run_unknown</c>.</summary>
    public async Task<Outcome<ListedRun>> SettlementRun(string number) => (await work.Settlements.Find(number)).Ok(out var found, out var refusal) ? await Only(new RunList(work).Page(new RunsWhere(), Slice.Only(found.Id))) : refusal;

    private static async Task<T> Only<T>(Task<Outcome<Page<T>>> page)
        where T : Listed => (await page).Value.Rows[0];

    /// <summary>The id of the agreement that is asked for; null for none.</summary>
    internal static async Task<Outcome<long?>> Under(Work work, string? number)
    {
        if (number is null) return (long?)null;
        var place = await work.Database.KnownAgreements.Find(work, number);
        return place is { } known && (work.Actor.OrganisationId ?? known.OrganisationId) == known.OrganisationId ? known.Id : Refusal.NotFound("agreement_unknown", $"There is no agreement «{number}».") with { Help = "List the agreements with 'agreement list'." };
    }

    /// <summary>One page of what is listed newest first under an agreement, or under all that the acting user sees.</summary>
    internal static async Task<Outcome<Page<T>>> PageUnder<T>(Work work, string? number, Slice slice, Func<long?, Task<IReadOnlyList<T>>> rows)
        where T : Listed
    {
        if (!(await Under(work, number)).Ok(out var agreementId, out var refusal)) return refusal;
        return agreementId is null && work.Actor.OrganisationId is not null ? await Merged(work, slice, agreement => rows(agreement)) : Page<T>.Of(await rows(agreementId), slice);
    }

    /// <summary>One page of what may be a million rows: of a treasurer's agreements one by one, so that nobody else's rows are passed over.</summary>
    internal static async Task<Page<T>> Merged<T>(Work work, Slice slice, Func<long, Task<IReadOnlyList<T>>> under)
        where T : Listed
    {
        var found = new List<T>();
        foreach (var agreement in await work.Rows<long>(IdsOf, new { scope = work.Actor.OrganisationId })) found.AddRange(await under(agreement));
        return Page<T>.Of([.. found.OrderByDescending(row => row.Mark.Key, StringComparer.Ordinal).ThenByDescending(row => row.Mark.Id).Take((int)slice.Take)], slice);
    }
}

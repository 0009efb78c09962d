using ContributionEngine.Core;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Correcting;

/// <summary>
/// A coffee harvest that is corrected: Ana, Luis and Rosa owe 38,600.00 a month, sem 17,320.00 and ivm 21,280.00, for January to May
/// 2021. A second person, Olga, is at hand, and a fund that says what it is told to.
/// </summary>
internal sealed class Harvest : IAsyncDisposable
{
    public const string Number = "CR-2021-014";

    /// <summary>One payment in full, one short, one over.</summary>
    public static readonly Paid[] January =
    [
        new("R1", "A001", "2021-01-15", "38600.00"),
        new("R2", "A002", "2021-01-16", "20000.00"),
        new("R3", "A003", "2021-01-20", "50000.00"),
    ];

    public static readonly Actor Olga = new("olga");

    private static readonly FourEyes Eyes = FourEyes.Read("1000000.00").Value;

    private Harvest(Desk desk) => Desk = desk;

    public Desk Desk { get; }

    public ScriptedFund Fund { get; } = new();

    public static async Task<Harvest> With(AgreementDraft? agreement = null, IReadOnlyList<Person>? members = null) => new(await Desk.With(agreement ?? Agreements.Coffee(), members ?? Members.Pickers));

    /// <summary>January's file posted.</summary>
    public static async Task<Harvest> Collected(AgreementDraft? agreement = null)
    {
        var harvest = await With(agreement);
        _ = (await harvest.Post(Receipts.Csv(January), "2021-01-31")).Value;
        return harvest;
    }

    /// <summary>The same, cut on 5 February: Ana's and Rosa's January is on lines 1 to 4 of one remittance.</summary>
    public static async Task<Harvest> Remitted(AgreementDraft? agreement = null)
    {
        var harvest = await Collected(agreement);
        await harvest.Cut("2021-02-05");
        return harvest;
    }

    /// <summary>Small producers in Brazil, Ana (P1) and Bruno (P2), who owe 1.5 % of each sale of 2026: inss 1.2 %, rat 0.1 %, senar 0.2 %.</summary>
    public static async Task<Harvest> OfSales()
    {
        var harvest = new Harvest(await Desk.Open());
        var desk = harvest.Desk;
        desk.Clock.Move(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero) - desk.Clock.GetUtcNow());
        var draft = new AgreementDraft { Number = Number, Pack = "br-sale-2026", Start = "2026-01-01", End = "2026-12-31", TimeZone = "America/Sao_Paulo", Calendar = "pack" };
        _ = (await new ImportAgreement(desk.Database).Run(Desk.Treasurer, draft.Json, CancellationToken.None)).Value;
        await desk.Enrol(Number, [new Person("P1", "111", "Ana Souza", "2026-01-01"), new Person("P2", "222", "Bruno Lima", "2026-01-01")]);
        _ = (await new GenerateSchedule(desk.Database).Run(Desk.Treasurer, new ScheduleRequest(Number, null, null, "2026-01-01"), CancellationToken.None)).Value;
        return harvest;
    }

    /// <summary>January's file posted, under a fund that takes only what it has quoted.</summary>
    public static async Task<Harvest> OfNotices(AgreementDraft? agreement = null)
    {
        var harvest = new Harvest(await Desk.Open());
        _ = (await new AddPack(harvest.Desk.Database).Run(Desk.Treasurer, System.Text.Encoding.UTF8.GetBytes(PackFiles.ExactCoffee()), CancellationToken.None)).Value;
        _ = (await new ImportAgreement(harvest.Desk.Database).Run(Desk.Treasurer, ((agreement ?? Agreements.Coffee()) with { Channel = """{"kind": "folder", "format": "csv", "path": "to-the-fund"}""" }).Json, CancellationToken.None)).Value;
        await harvest.Desk.Enrol(Number, Members.Pickers);
        _ = (await new GenerateSchedule(harvest.Desk.Database).Run(Desk.Treasurer, new ScheduleRequest(Number, null, null, "2021-01-01"), CancellationToken.None)).Value;
        _ = (await harvest.Post(Receipts.Csv(January), "2021-01-31")).Value;
        return harvest;
    }

    public async Task<Outcome<UploadReport>> Post(string text, string asOf, bool hold = false)
    {
        await using var content = await FileSpool.Copy(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), 1 << 20, CancellationToken.None);
        var request = new UploadRequest { Agreement = Number, FileName = "receipts.csv", Content = content, AsOf = asOf, OnlyReady = true, HoldUnknown = hold };
        var report = await new SubmitUpload(Desk.Database).Submit(Desk.Treasurer, request, CancellationToken.None);
        await Drain();
        return report;
    }

    public async Task Cut(string asOf)
    {
        _ = (await new RunSettlement(Desk.Database).Begin(Desk.Treasurer, new SettlementRequest(Number, asOf), CancellationToken.None)).Value;
        await Drain();
    }

    /// <summary>The fund's word about lines of the latest remittance.</summary>
    public async Task Say(AcknowledgementOutcome outcome, params long[] lines)
    {
        var agreement = await Desk.Agreement(Number);
        var remittance = (await Desk.Read(work => work.Remittances.Of(agreement.Id)))[^1];
        var events = lines.Select(line => new AcknowledgementEvent(AcknowledgementLevel.Line, line, outcome, "", "", null)).ToList();
        var file = new RawAnswer("answer.json", ScriptedFund.Bytes((remittance.Reference, Currency.Of(remittance.Currency).Value), events, null), ImportAnswer.ByHand);
        _ = (await Desk.Database.Attempt(Desk.Treasurer, work => TakenAnswers.Take(work, file), CancellationToken.None)).Value;
    }

    /// <summary>The bank shows that so much was paid for the latest remittance on 10 February.</summary>
    public async Task Pay(string amount)
    {
        var agreement = await Desk.Agreement(Number);
        var reference = (await Desk.Read(work => work.Remittances.Of(agreement.Id)))[^1].Reference;
        var statement = Statements.Camt053(Agreements.Coffee().FundAccount, [(reference, amount)], day: "2021-02-10");
        Assert.That((await Desk.Statement(statement)).Problem, Is.Null);
        await Drain();
    }

    /// <summary>Corrects, and where a second person is needed Olga approves it.</summary>
    public async Task<Outcome<Corrected>> Correct(CorrectionRequest request)
    {
        var asked = await Ask(request);
        if (!asked.Ok(out var corrected, out _) || corrected.Case is not { } number) return asked;
        var decided = await Decide(new CaseDecision(number, "approve", "seen") { Approve = true, AsOf = request.AsOf }, Olga);
        return decided.Ok(out var done, out var refusal) ? done.Correction! : refusal;
    }

    public Task<Outcome<Corrected>> Ask(CorrectionRequest request) =>
        new CorrectMoney(Desk.Database, Eyes).Run(Desk.Treasurer, request with { Agreement = Number }, CancellationToken.None);

    public Task<Outcome<DecidedCase>> Decide(CaseDecision decision, Actor? by = null) => new ResolveCase(Desk.Database, Eyes).Run(by ?? Desk.Treasurer, decision, CancellationToken.None);

    public async Task<ShownReceipt> Receipt(string name) => (await new ShowReceipt(Desk.Database).Run(Desk.Treasurer, name, Number, CancellationToken.None)).Value;

    /// <summary>Claims for receipts that were taken back.</summary>
    public async Task<IReadOnlyList<KnownClaim>> Claims() => [.. (await AllClaims()).Where(claim => claim.Receipt is not null)];

    /// <summary>Claims on the State.</summary>
    public async Task<IReadOnlyList<KnownClaim>> Shares() => [.. (await AllClaims()).Where(claim => claim.Receipt is null)];

    private async Task<IReadOnlyList<KnownClaim>> AllClaims() => (await new SettleClaim(Desk.Database).List(Desk.Treasurer, Number, CancellationToken.None)).Value;

    public async Task<IReadOnlyList<KnownCase>> Cases(string? reason = null, string? state = null) =>
        (await new CaseDesk(Desk.Database).List(Desk.Treasurer, new CaseQuestion(Number, reason, state, null), CancellationToken.None)).Value;

    public async Task<IReadOnlyList<HeldReceipt>> Held(string asOf) => (await new HeldInSuspense(Desk.Database).List(Desk.Treasurer, Number, asOf, CancellationToken.None)).Value;

    /// <summary>What a member has paid of a period, as «sem 17320.00, ivm 2680.00»: only what bears money.</summary>
    public async Task<string> Pays(string memberNo, string period)
    {
        var agreement = await Desk.Agreement(Number);
        return await Desk.Read(async work =>
        {
            var enrolments = (await work.Members.EnrolledIn(agreement.Id)).Where(member => member.MemberNo == memberNo).Select(member => member.EnrolmentId);
            var rows = (await work.Obligations.OfEnrolled(enrolments)).Where(row => row.Period == period && row.Allocated > 0);
            return string.Join(", ", rows.Select(row => $"{row.Component} {new Money(row.Allocated, agreement.Currency).ToMajor()}"));
        });
    }

    /// <summary>The ledger's balance of an account in major units, debit above zero.</summary>
    public Task<decimal> Balance(string account) => Desk.Read(async work =>
    {
        var balance = 0m;
        await foreach (var row in work.Exports.Table("journal", Number).Value.Rows)
        {
            if (row[2] == account) balance += Table.Amount(row[3]!) - Table.Amount(row[4]!);
        }

        return balance;
    });

    public async Task Drain() => Assert.That(await new DirectDispatcher(Desk.Database, MessageMap.Of(new FundChannels(_ => Outcome<IFundChannel>.Of(Fund)))).Drain(Desk.Treasurer, CancellationToken.None), Is.Empty);

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}

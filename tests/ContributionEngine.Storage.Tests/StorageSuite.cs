using ContributionEngine.Core;
using ContributionEngine.Testing;

namespace ContributionEngine.Storage.Tests;

/// <summary>What every database must do alike. One fixture per database says how a fresh one is made.</summary>
public abstract partial class StorageSuite
{
    private const string Draft = "UPL-000000000001";

    private protected static readonly Actor Operator = new("os:operator");

    /// <summary>An empty database, which goes when the store is disposed.</summary>
    protected abstract Task<EmptyStore> Empty();

    [Test]
    public async Task The_schema_can_be_brought_up_twice()
    {
        await using var store = await Open();
        Assert.That((await Schema.Ready(store.Database.Dialect, CancellationToken.None)).Value.Missing, Is.Empty);
        Assert.That(await store.Read(work => work.Agreements.All()), Is.Empty);
    }

    [Test]
    public async Task A_refusal_rolls_the_whole_unit_back()
    {
        await using var store = await Open();
        var outcome = await store.Database.Attempt<int>(Operator, async work =>
        {
            await Add(work, Drafts.Coffee());
            return Refusal.Conflict("no", "Not today.");
        }, CancellationToken.None);
        Assert.That((outcome.Refusal!.Code, (await store.Read(work => work.Agreements.All())).Count), Is.EqualTo(("no", 0)));
    }

    [Test]
    public async Task A_dry_run_sees_its_own_writes_and_leaves_none()
    {
        await using var store = await Open();
        var inside = await store.Database.DryRun(Operator, async () =>
        {
            await store.Database.Write(Operator, work => Add(work, Drafts.Coffee()), CancellationToken.None);
            return (await store.Read(work => work.Agreements.All())).Count;
        }, CancellationToken.None);
        Assert.That((inside, (await store.Read(work => work.Agreements.All())).Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_dry_run_is_nobody_elses_and_others_see_and_use_nothing_of_it()
    {
        await using var store = await Open();
        var (seen, dry, first) = await store.Database.DryRun(Operator, async () =>
        {
            await store.Database.Write(Operator, work => Add(work, Drafts.Coffee()), CancellationToken.None);
            return await Elsewhere(async () => ((await store.Read(work => work.Agreements.All())).Count, store.Database.IsDryRun, store.Database.Ids));
        }, CancellationToken.None);
        Assert.That((seen, dry, ReferenceEquals(first, store.Database.Ids)), Is.EqualTo((0, false, true)));
    }

    // As another request of the same process.
    private static Task<T> Elsewhere<T>(Func<Task<T>> work)
    {
        using (ExecutionContext.SuppressFlow()) return Task.Run(work);
    }

    [Test]
    public async Task An_agreement_of_another_organisation_is_as_unknown_as_none()
    {
        await using var store = await Open();
        var stored = await store.Database.Write(Operator, work => Add(work, Drafts.Coffee()), CancellationToken.None);
        var own = await store.Database.Read(new Actor("maria", stored.OrganisationId), work => work.Agreements.Find(stored.Number), CancellationToken.None);
        var foreign = await store.Database.Read(new Actor("pedro", stored.OrganisationId + 1), work => work.Agreements.Find(stored.Number), CancellationToken.None);
        Assert.That((own.Refusal, foreign.Refusal?.Code), Is.EqualTo(((Refusal?)null, "agreement_unknown")));
    }

    [Test]
    public async Task Ids_are_never_given_twice_and_a_unit_that_runs_out_of_them_runs_again()
    {
        await using var store = await Open();
        var ids = new List<long>();
        for (var unit = 0; unit < 3; unit++)
        {
            ids.AddRange(await store.Database.Write(Operator, work => Task.FromResult(Enumerable.Range(0, 2_000).Select(_ => work.NextId()).ToList()), CancellationToken.None));
        }

        Assert.That(ids, Is.Unique);
    }

    [TestCase(0, TestName = "Zero_is_not_owed")]
    [TestCase(-1, TestName = "A_negative_amount_is_not_owed")]
    public async Task An_obligation_is_above_zero(long amount)
    {
        await using var store = await Open();
        Assert.That(() => Owe(store, amount), Throws.InstanceOf<System.Data.Common.DbException>());
    }

    [Test]
    public async Task The_database_refuses_to_allocate_more_than_is_owed()
    {
        await using var store = await Open();
        var obligation = await Owe(store, 1_000);
        await store.Database.Write(Operator, work => work.Obligations.Allocate([KeyValuePair.Create(obligation, 1_000L)]), CancellationToken.None);
        Assert.That(() => store.Database.Write(Operator, work => work.Obligations.Allocate([KeyValuePair.Create(obligation, 1L)]), CancellationToken.None), Throws.InstanceOf<System.Data.Common.DbException>());
    }

    [Test]
    public async Task The_database_refuses_to_reduce_below_what_is_allocated()
    {
        await using var store = await Open();
        var obligation = await Owe(store, 1_000);
        await store.Database.Write(Operator, work => work.Obligations.Allocate([KeyValuePair.Create(obligation, 600L)]), CancellationToken.None);
        Assert.That(
            () => store.Database.Write(Operator, work => work.Obligations.Reduce([KeyValuePair.Create(obligation, 401L)], "too much", new DateOnly(2021, 2, 1)), CancellationToken.None),
            Throws.InstanceOf<System.Data.Common.DbException>());
    }

    [Test]
    public async Task The_database_refuses_a_receipt_whose_parts_do_not_add_up()
    {
        await using var store = await Open();
        Assert.That(() => Pay(store, "k1", allocated: 600, credit: 399), Throws.InstanceOf<System.Data.Common.DbException>());
    }

    [Test]
    public async Task One_live_receipt_has_a_key_and_occurrence()
    {
        await using var store = await Open();
        await Pay(store, "k1", allocated: 0, credit: 1_000);
        var again = Assert.CatchAsync(() => Pay(store, "k1", allocated: 0, credit: 1_000));
        Assert.That(store.Database.Dialect.TroubleOf(again!), Is.EqualTo(Trouble.Duplicate));
    }

    [Test]
    public async Task Known_receipts_are_found_by_their_keys()
    {
        await using var store = await Open();
        var agreement = await Pay(store, "k1", allocated: 0, credit: 1_000);
        var known = await store.Read(work => work.Receipts.WithKeys(agreement, ["k0", "k1", "k2"]));
        Assert.That(known.Select(row => (row.BusinessKey, row.Amount, row.ReceivedOn)), Is.EqualTo(new[] { ("k1", 1_000L, new DateOnly(2021, 1, 15)) }));
    }

    [Test]
    public async Task Each_event_of_an_audit_chain_covers_the_one_before_it()
    {
        await using var store = await Open();
        await store.Database.Write(Operator, async work =>
        {
            var agreement = await Add(work, Drafts.Coffee());
            await work.Audit.Record(agreement.Number, "first", "x", "{}");
            await work.Audit.Record(Audit.Administration, "other", "x", "{}");
            await work.Audit.Record(agreement.Number, "second", "x", "{}");
        }, CancellationToken.None);
        var chain = await store.Read(work => work.Audit.List(Drafts.Coffee().Number));
        Assert.That((chain.Select(link => link.Seq), chain[1].PreviousHash), Is.EqualTo((new[] { 1L, 2L }, chain[0].Hash)).Using<(IEnumerable<long> Seq, string Hash)>((x, y) => x.Seq.SequenceEqual(y.Seq) && x.Hash == y.Hash));
    }

    [Test]
    public async Task An_open_question_is_asked_once_and_kept_up_to_date()
    {
        await using var store = await Open();
        var agreement = (await store.Database.Write(Operator, work => Add(work, Drafts.Coffee()), CancellationToken.None)).Id;
        var today = new DateOnly(2021, 2, 1);
        foreach (var cases in new NewCase[][] { [new("refund_due", "member A", 100, $""), new("refund_due", "member B", 5, $"")], [new("refund_due", "member A", 250, $"")] })
        {
            await store.Database.Write(Operator, work => work.Cases.Keep(agreement, today, new CasesOf("refund_due", new CaseEnd("gone", $"gone")), cases), CancellationToken.None);
        }

        var rows = await store.Read(async work => await work.Exports.Table("cases", null).Value.Rows.Select(row => (row[3], row[4], row[6])).ToListAsync());
        Assert.That(rows, Is.EqualTo(new[] { ("member A", "2.50", "open"), ("member B", "0.05", "resolved") }));
    }

    private protected static async Task<StoredAgreement> Add(Work work, AgreementDraft draft)
    {
        var agreement = AgreementFile.Read(draft.Json).Value;
        return (await work.Agreements.Add(agreement, Currency.Of("CRC").Value, draft.Json)).Value;
    }

    private protected static Task<long> Owe(EmptyStore store, long amount) => store.Database.Write(Operator, async work =>
    {
        var (agreement, enrolment) = await Enrolled(work);
        var id = work.NextId();
        var basis = (await work.Obligations.BasisIds(agreement, ["[]"])).Single();
        await work.Obligations.Add([(agreement, new StoredObligation
        {
            Id = id, EnrolmentId = enrolment, Period = "2021-01", Months = 1, Component = "sem", Payer = "member", Collected = 1, Class = "principal", Cause = "schedule",
            OpensOn = new DateOnly(2021, 1, 1), DueOn = new DateOnly(2021, 2, 15), Amount = amount, BasisId = basis,
        })]);
        return id;
    }, CancellationToken.None);

    private static Task<long> Pay(EmptyStore store, string key, long allocated, long credit) => store.Database.Write(Operator, async work =>
    {
        var (agreement, enrolment) = await Enrolled(work);
        var upload = work.NextId();
        await work.Uploads.Add(new NewUpload(upload, $"{Draft}-{upload}", agreement, "a.csv", "00", 1, new DateOnly(2021, 1, 31), "{}"));
        await work.Receipts.Post(agreement, upload, new DateOnly(2021, 1, 31),
            [new NewReceipt { Id = work.NextId(), RowNo = 2, EnrolmentId = enrolment, ReceivedOn = new DateOnly(2021, 1, 15), Amount = 1_000, Key = key, Occurrence = 1, Allocated = allocated, Credit = credit }]);
        return agreement;
    }, CancellationToken.None);

    private static async Task<(long Agreement, long Enrolment)> Enrolled(Work work)
    {
        if ((await work.Agreements.Find(Drafts.Coffee().Number)).Ok(out var known, out _)) return (known.Id, (await work.Members.EnrolledIn(known.Id))[0].EnrolmentId);
        var stored = await Add(work, Drafts.Coffee());
        var (member, enrolment) = (work.NextId(), work.NextId());
        await work.Members.AddMembers([[member, stored.OrganisationId, "A001", "1-1001-0001", "110010001", "Ana Mora", null, null]]);
        await work.Members.AddEnrolments([[enrolment, stored.Id, member, new DateOnly(2021, 1, 1), null]]);
        return (stored.Id, enrolment);
    }

    /// <summary>Runs one statement past the program.</summary>
    private protected static Task Do(EmptyStore store, string statement) => store.Write(work => work.Do(statement));

    private protected async Task<EmptyStore> Open()
    {
        var store = await Empty();
        _ = (await Schema.Ready(store.Database.Dialect, CancellationToken.None)).Value;
        return store;
    }
}

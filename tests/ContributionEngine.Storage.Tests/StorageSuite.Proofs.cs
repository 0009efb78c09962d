using ContributionEngine.Core;

namespace ContributionEngine.Storage.Tests;

// Proofs of remittances: salts, versions, what the fund was told and what it confirmed.
public abstract partial class StorageSuite
{
    private const long Proven = 900;

    [Test]
    public async Task What_became_of_an_attempt_is_kept_with_what_says_it_in_other_languages()
    {
        await using var store = await Open();
        await Remit(store);
        Sentence late = $"the fund did not answer within {"10":seconds} seconds";
        await store.Write(async work =>
        {
            await work.Remittances.BeginAttempt(Proven, "sftp");
            await work.Remittances.ConcludeAttempt(Proven, "unknown", late.As("handover.timed_out"));
            await work.Remittances.BeginAttempt(Proven, "sftp");
            await work.Remittances.ConcludeAttempt(Proven, "delivered", null);
        });
        var attempts = (await store.Read(work => work.Lists.Deliveries(new DeliveriesWhere(), new Slice()))).Value.Rows;
        Assert.That(attempts.Select(row => (row.Kind, row.State, row.Said?.Sentence, row.Said?.Code, row.Said?.Particulars?.Text())), Is.EqualTo(new[]
        {
            ("sftp", "delivered", (string?)null, (string?)null, (string?)null), ("sftp", "unknown", $"{late}", "handover.timed_out", """{"Values":{"seconds":"10"}}"""),
        }));
    }

    private static readonly BulkTarget RemittanceTable = new(
        "remittance", "id", "number", "agreement_id", "kind", "cutoff", "sequence", "currency", "reference", "line_count", "total", "sha256", "bytes", "channel", "format", "file_name",
        "delivery", "answer", "money", "rejected", "paid", "sealed_at");

    private static readonly BulkTarget LineTable = new(
        "remittance_line", "id", "remittance_id", "line_no", "enrolment_id", "member_no", "national_id", "period", "component", "class", "amount", "outcome", "code");

    [Test]
    public async Task A_line_keeps_its_salt_in_every_version_in_which_it_stands()
    {
        await using var store = await Open();
        await Remit(store);
        var made = await store.Write(work => work.LineProofs.Salt(Proven, 1, Salts()));
        var again = await store.Write(work => work.LineProofs.Salt(Proven, 2, Salts()));
        await store.Write(work => work.Lines.SetOutcome(Proven, [2], "returned", ""));
        var next = await store.Write(work => work.LineProofs.Salt(Proven, 2, Salts()));
        Assert.That((made, again, next), Is.EqualTo((true, false, true)), "only what changes the lines makes a version");
        Assert.That((await Standing(store, 1), await Standing(store, 2)), Is.EqualTo(("1:01 2:02 3:03", "1:01 3:03")));
    }

    [Test]
    public async Task A_root_is_found_by_anybody_and_told_and_confirmed_once()
    {
        await using var store = await Open();
        var agreement = await Remit(store);
        var said = new ConfirmedRoot("RF-900", new string('a', 64));
        await store.Write(async work =>
        {
            await work.Agreements.GetToChange(agreement.Id);
            var seq = await work.Audit.Record(agreement.Number, "remittance-proven", "REM-900", $$"""{"root":"{{said.Root}}"}""");
            await work.LineProofs.Add(new StoredProof { Id = work.NextId(), RemittanceId = Proven, Version = 1, Root = said.Root, LineCount = 3, MadeAt = work.Now }, seq);
        });
        var told = await store.Read(work => work.LineProofs.ToTell(agreement.Id));
        await store.Write(work => work.LineProofs.Told(agreement.Id, Proven));
        var found = (await store.Read(work => work.LineProofs.Find(agreement.Id, said))).Single();
        for (var time = 0; time < 2; time++) await store.Write(work => work.LineProofs.Confirm(found.Id, "sha"));
        var page = await store.Read(work => work.ProofRoots.Find(said.Root));
        Assert.That((told.Count, (await store.Read(work => work.LineProofs.ToTell(agreement.Id))).Count), Is.EqualTo((1, 0)));
        Assert.That((page!.Reference, page.LineCount, page.Version, page.Newest, page.AuditSeq, page.ConfirmedAt is not null), Is.EqualTo(("RF-900", 3L, 1L, 1L, (long?)1, true)));
        Assert.That(await store.Read(work => work.LineProofs.Find(agreement.Id + 1, said)), Is.Empty, "another agreement's answer confirms nothing here");
    }

    [Test]
    public async Task A_statement_is_read_as_it_stands_on_an_agreement_without_money()
    {
        await using var store = await Open();
        var agreement = await Remit(store);
        var (receipts, parts, lines, breaks) = await store.Read(async work => (
            await work.MemberStatements.Receipts(agreement.Id, 1), await work.MemberStatements.Parts(agreement.Id, 1), await work.MemberStatements.Lines(agreement.Id, 1), await work.ProofRoots.Breaks()));
        Assert.That((receipts.Count, parts.Count, lines.Count), Is.EqualTo((0, 0, 0)));
        Assert.That(breaks.Select(row => row.Subject), Is.EqualTo(new[] { "REM-900 line 1", "REM-900 line 2", "REM-900 line 3" }), "accepted lines without a proof are found");
    }

    private static Func<byte[]> Salts()
    {
        byte last = 0;
        return () => [.. Enumerable.Repeat(++last, MerkleTree.SaltBytes)];
    }

    private static async Task<string> Standing(EmptyStore store, long version) => string.Join(' ', await store.Read(async work =>
        await work.LineProofs.Lines(Proven, version).Select(line => $"{line.LineNo}:{Convert.ToHexString(line.Salt)[..2]}").ToListAsync()));

    // Three accepted lines.
    private static Task<StoredAgreement> Remit(EmptyStore store) => store.Write(async work =>
    {
        var agreement = await Add(work, Drafts.Coffee());
        await work.Bulk(RemittanceTable,
        [
            [Proven, "REM-900", agreement.Id, "regular", work.Now, 1L, "CRC", "RF-900", 3L, 6L, "sha", 1L, "folder", "csv", "f.csv", "delivered", "accepted", "unpaid", 0L, 0L, work.Now],
        ]);
        await work.Bulk(LineTable, Enumerable.Range(1, 3).Select(line => new object?[] { Proven + line, Proven, (long)line, 1L, "A001", "1", "2021-01", "sem", "principal", 2L, "accepted", "" }));
        return agreement;
    });
}

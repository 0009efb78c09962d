using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>Ana and Luis have paid January: lines 1 and 2 are Ana's, 3 and 4 Luis's. The fund says what the test tells it to.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RemittanceProofTests
{
    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    [Test]
    public async Task A_remittance_is_proven_once_every_line_has_its_answer()
    {
        await using var desk = await Remitted();
        await Answered(desk, Line(1, AcknowledgementOutcome.Accepted), Line(2, AcknowledgementOutcome.Accepted), Line(3, AcknowledgementOutcome.Accepted));
        Assert.That(await Proofs(desk), Is.Empty);
        await Answered(desk, Line(4, AcknowledgementOutcome.Rejected));
        Assert.That((await Proofs(desk)).Select(proof => (proof.Version, proof.LineCount, proof.ConfirmedAt)), Is.EqualTo(new[] { (1L, 3L, (DateTimeOffset?)null) }));
        Assert.That(await desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task The_root_is_over_the_accepted_lines_and_their_salts()
    {
        await using var desk = await Remitted();
        var remittance = await Remittance(desk);
        await desk.Database.Write(Desk.Treasurer, async work =>
        {
            var agreement = await work.Agreements.GetToChange(remittance.AgreementId);
            await work.Lines.SetOutcome(remittance.Id, [1, 2, 4], "accepted", "");
            await work.Lines.SetOutcome(remittance.Id, [3], "rejected", "");
            byte salt = 6;
            await ProveRemittance.Run(work, agreement, remittance, () => [.. Enumerable.Repeat(++salt, 16)]);
        }, CancellationToken.None);

        var expected = new MerkleTree();
        string Text(string rest) => $"{remittance.Reference}|{rest}|CRC";
        expected.Add([7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7], Text("1|A001|1-1001-0001|2021-01|sem|principal|17320.00"));
        expected.Add([8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8], Text("2|A001|1-1001-0001|2021-01|ivm|principal|21280.00"));
        expected.Add([9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9], Text("4|A002|1-1002-0002|2021-01|ivm|principal|21280.00"));
        Assert.That((await Proofs(desk)).Single().Root, Is.EqualTo(expected.Close()));
    }

    [Test]
    public async Task No_two_lines_and_no_two_remittances_have_one_salt()
    {
        await using var desk = await Remitted();
        await Answered(desk, All(AcknowledgementOutcome.Accepted));
        var remittance = await Remittance(desk);
        var salts = await desk.Read(async work => await work.LineProofs.Lines(remittance.Id, 1).Select(line => Convert.ToHexString(line.Salt)).ToListAsync());
        Assert.That((salts.Distinct().Count(), salts.Max(salt => salt.Length), salts.All(salt => salt.Distinct().Count() > 4)), Is.EqualTo((4, 32, true)));
    }

    [Test]
    public async Task A_line_that_is_returned_later_makes_a_new_version_and_the_first_stays()
    {
        await using var desk = await Remitted();
        await Answered(desk, All(AcknowledgementOutcome.Accepted));
        var first = (await Proofs(desk)).Single();
        await Answered(desk, Line(2, AcknowledgementOutcome.Returned));
        Assert.That((await Proofs(desk)).Select(proof => (proof.Version, proof.LineCount)), Is.EqualTo(new[] { (1L, 4L), (2L, 3L) }));
        Assert.That((await desk.Read(work => work.ProofRoots.Find(first.Root)))!.Newest, Is.EqualTo(2));
        Assert.That(await desk.Breaks(), Is.Empty, "both versions are worked out again");
    }

    [Test]
    public async Task An_answer_that_changes_nothing_of_what_is_accepted_makes_no_version()
    {
        await using var desk = await Remitted();
        await Answered(desk, All(AcknowledgementOutcome.Accepted));
        await Answered(desk, Line(1, AcknowledgementOutcome.AcceptedWithWarning));
        Assert.That(await Proofs(desk), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_remittance_of_which_nothing_is_accepted_has_no_proof()
    {
        await using var desk = await Remitted();
        await Answered(desk, All(AcknowledgementOutcome.Rejected));
        Assert.That(await Proofs(desk), Is.Empty);
        Assert.That(await desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task The_root_stands_in_the_audit_chain_of_the_agreement()
    {
        await using var desk = await Remitted();
        await Answered(desk, All(AcknowledgementOutcome.Accepted));
        var root = (await Proofs(desk)).Single().Root;
        var said = (await desk.Read(work => work.Audit.List(Coffee.Number))).Single(link => link.UseCase == "remittance-proven");
        Assert.That((said.Subject, said.Document), Is.EqualTo(((await Remittance(desk)).Number, $$"""{"version":1,"root":"{{root}}","lines":4}""")));
        Assert.That((await desk.Read(work => work.ProofRoots.Find(root)))!.AuditSeq, Is.EqualTo(said.Seq));
    }

    [Test]
    public async Task Every_root_since_the_last_file_stands_in_the_next_one_and_in_no_other()
    {
        await using var desk = await Remitted();
        await Answered(desk, All(AcknowledgementOutcome.Accepted));
        await Answered(desk, Line(2, AcknowledgementOutcome.Returned));
        var (remittance, told) = (await Remittance(desk), await Proofs(desk));
        await Pay(desk, "2021-02-15", "2021-03-05");
        await Pay(desk, "2021-03-15", "2021-04-09");
        var files = await Remittances(desk);
        Assert.That(await TellsOf(desk, files[1]), Is.EqualTo(told.Select(proof => new ProvenRemittance(remittance.Reference, proof.Root, proof.LineCount))));
        Assert.That(await TellsOf(desk, files[2]), Is.Empty);
    }

    [Test]
    public async Task A_root_whose_file_was_cancelled_stands_in_the_one_after_it()
    {
        await using var desk = await Remitted();
        await Answered(desk, All(AcknowledgementOutcome.Accepted));
        await Pay(desk, "2021-02-15", "2021-03-05", new ScriptedFund { OnDeliver = new Handover.NotReached("not_heard", $"the line is down") });
        _ = (await new HandOver(desk.Database).Cancel(Desk.Treasurer, (await Remittances(desk))[1].Number, "sealed by mistake", CancellationToken.None)).Value;
        await Pay(desk, "2021-03-15", "2021-04-09");
        Assert.That((await TellsOf(desk, (await Remittances(desk))[2])).Select(told => told.Root), Is.EqualTo(new[] { (await Proofs(desk)).Single().Root }));
    }

    [Test]
    public async Task What_the_fund_confirms_is_kept_with_the_day_and_the_answer()
    {
        await using var desk = await Remitted();
        await Answered(desk, All(AcknowledgementOutcome.Accepted));
        var proof = (await Proofs(desk)).Single();
        await Confirmed(desk, proof.Reference, proof.Root);
        var first = desk.Clock.GetUtcNow();
        desk.Clock.Move(TimeSpan.FromDays(1));
        await Confirmed(desk, proof.Reference, proof.Root);
        Assert.That((await Proofs(desk)).Single().ConfirmedAt, Is.EqualTo(first), "the first time counts");
        Assert.That(await Cases(desk), Is.Empty);
        Assert.That(await desk.Breaks(), Is.Empty);
    }

    [TestCase("0000000000000000000000000000000000000000000000000000000000000000", TestName = "Another_root_is_a_case_and_no_confirmation")]
    [TestCase("", TestName = "No_root_at_all_is_a_case_and_no_confirmation")]
    public async Task A_confirmation_of_another_root(string root)
    {
        await using var desk = await Remitted();
        await Answered(desk, All(AcknowledgementOutcome.Accepted));
        var proof = (await Proofs(desk)).Single();
        await Confirmed(desk, proof.Reference, root);
        Assert.That((await Proofs(desk)).Single().ConfirmedAt, Is.Null);
        Assert.That(await Cases(desk), Is.EqualTo(new[] { "proof_root_differs" }));
    }

    [Test]
    public async Task A_right_root_for_another_remittance_is_a_case()
    {
        await using var desk = await Remitted();
        await Answered(desk, All(AcknowledgementOutcome.Accepted));
        var proof = (await Proofs(desk)).Single();
        await Confirmed(desk, CreditorReference.Of(1), proof.Root);
        Assert.That(((await Proofs(desk)).Single().ConfirmedAt, string.Join(' ', await Cases(desk))), Is.EqualTo(((DateTimeOffset?)null, "proof_root_differs")));
    }

    private static async Task<Desk> Remitted()
    {
        var desk = await Desk.With(Coffee, [Members.Pickers[0], Members.Pickers[1]]);
        var paid = Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R2", "A002", "2021-01-15", "38600.00"));
        await Cut(desk, paid, "2021-02-05", new ScriptedFund());
        return desk;
    }

    // Ana pays on a day of one month and it is cut in the next.
    private static Task Pay(Desk desk, string day, string cutoff, ScriptedFund? fund = null) =>
        Cut(desk, Receipts.Csv(new Paid($"R {day}", "A001", day, "38600.00")), cutoff, fund ?? new ScriptedFund());

    private static async Task Cut(Desk desk, string paid, string cutoff, ScriptedFund fund)
    {
        _ = (await desk.Submit(Coffee.Number, paid, cutoff)).Value;
        await Drain(desk, fund);
        _ = (await new RunSettlement(desk.Database).Begin(Desk.Treasurer, new SettlementRequest(Coffee.Number, cutoff), CancellationToken.None)).Value;
        await Drain(desk, fund);
    }

    private static async Task Drain(Desk desk, ScriptedFund fund)
    {
        var failures = await new DirectDispatcher(desk.Database, MessageMap.Of(new FundChannels(_ => Outcome<IFundChannel>.Of(fund)))).Drain(Desk.Treasurer, CancellationToken.None);
        Assert.That(failures, Is.Empty);
    }

    private static async Task<IReadOnlyList<StoredRemittance>> Remittances(Desk desk)
    {
        var agreement = await desk.Agreement(Coffee.Number);
        return await desk.Read(work => work.Remittances.Of(agreement.Id));
    }

    private static async Task<StoredRemittance> Remittance(Desk desk) => (await Remittances(desk))[0];

    private static async Task<IReadOnlyList<StoredProof>> Proofs(Desk desk)
    {
        var remittance = await Remittance(desk);
        return await desk.Read(work => work.LineProofs.Of(remittance.Id));
    }

    private static async Task<IReadOnlyList<ProvenRemittance>> TellsOf(Desk desk, StoredRemittance remittance)
    {
        var parts = await desk.Read(work => work.Remittances.Parts(remittance.Id));
        return DeclarationCsv.Read(new MemoryStream([.. parts.SelectMany(part => part)])).Value.Header.Proofs;
    }

    private static async Task<IEnumerable<string>> Cases(Desk desk)
    {
        var agreement = await desk.Agreement(Coffee.Number);
        return (await desk.Read(work => work.Totals.Cases(agreement.Id))).Select(row => row.Reason);
    }

    private static Task Answered(Desk desk, params AcknowledgementEvent[] events) => Take(desk, remittance => ScriptedFund.Bytes((remittance.Reference, Currency.Of(remittance.Currency).Value), events, null));

    // In an answer about the first remittance, which says nothing else.
    private static Task Confirmed(Desk desk, string reference, string root) => Take(desk, remittance => Encoding.UTF8.GetBytes(AnswerJson.Write(
        new FundAnswer($"A {desk.Clock.GetUtcNow():O}", remittance.Reference, new LevelOutcomes("received", []), [], null, null) { Roots = [new RootAnswer(reference, root)] })));

    private static async Task Take(Desk desk, Func<StoredRemittance, byte[]> answer)
    {
        var file = new RawAnswer("answer.json", answer(await Remittance(desk)), ImportAnswer.ByHand);
        _ = (await desk.Database.Attempt(Desk.Treasurer, work => TakenAnswers.Take(work, file), CancellationToken.None)).Value;
    }

    private static AcknowledgementEvent[] All(AcknowledgementOutcome outcome) => [.. Enumerable.Range(1, 4).Select(line => Line(line, outcome))];

    private static AcknowledgementEvent Line(long line, AcknowledgementOutcome outcome) => new(AcknowledgementLevel.Line, line, outcome, "", "", null);
}

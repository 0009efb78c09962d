using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Announcing;

/// <summary>What other programs hear of, and who hears it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HearingTests
{
    [Test]
    public async Task From_the_upload_to_the_fund_s_answer_each_step_is_heard_by_its_number()
    {
        await using var receiver = await Receiver.Open();
        await receiver.Listen("*");
        await receiver.Upload();
        await receiver.Drain();
        _ = (await new RunSettlement(receiver.Desk.Database).Begin(Desk.Treasurer, new SettlementRequest(Receiver.Coffee.Number, "2021-01-31"), CancellationToken.None)).Value;
        await receiver.Drain(new ScriptedFund { Answer = [new(AcknowledgementLevel.File, null, AcknowledgementOutcome.Accepted, "", "", null)] });
        Assert.That(receiver.Kinds, Is.EquivalentTo(new[] { "upload.committed", "settlement.completed", "remittance.created", "remittance.delivered", "remittance.answered" }));
        var agreement = await receiver.Desk.Agreement(Receiver.Coffee.Number);
        var remittance = (await receiver.Desk.Read(work => work.Remittances.Of(agreement.Id))).Single();
        var created = Receiver.Body(receiver.Heard.Single(message => message.Body.Contains("remittance.created", StringComparison.Ordinal)));
        Assert.That(created["data"]!.ToJsonString(), Is.EqualTo($$"""{"agreement":"{{Receiver.Coffee.Number}}","ids":["{{remittance.Number}}"],"object":"remittance"}"""));
        Assert.That(receiver.Heard.Select(message => message.Body), Has.None.Contains("Ana").And.None.Contains("A001"));
    }

    [Test]
    public async Task A_file_that_is_received_first_is_told_when_it_was_checked_and_when_it_is_sent()
    {
        await using var receiver = await Receiver.Open();
        await receiver.Listen("upload.*");
        await using var spool = await FileSpool.Copy(new MemoryStream(Encoding.UTF8.GetBytes(Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "100.00")))), 1_000, CancellationToken.None);
        var number = (await new ReceiveUpload(receiver.Desk.Database).Run(Desk.Treasurer, new UploadRequest { Agreement = Receiver.Coffee.Number, FileName = "receipts.csv", Content = spool }, CancellationToken.None)).Value;
        await receiver.Drain();
        _ = (await new SendUpload(receiver.Desk.Database).Run(Desk.Treasurer, new SendRequest(number, false, null, null), CancellationToken.None)).Value;
        await receiver.Drain();
        Assert.That(receiver.Kinds, Is.EqualTo(new[] { "upload.checked", "upload.committed" }));
    }

    [Test]
    public void A_remittance_is_paid_settled_and_returned_once_at_each_step()
    {
        var delivered = new RemittanceState(DeliveryState.Delivered, AnswerState.None, MoneyState.Unpaid, 3860000, 0, 0);
        var settled = delivered.Answered(0).Paid(3860000);
        Assert.Multiple(() =>
        {
            Assert.That(WebhookTypes.Of(delivered with { Delivery = DeliveryState.Submitting }, delivered), Is.EqualTo(new[] { "remittance.delivered" }));
            Assert.That(WebhookTypes.Of(delivered, delivered.Paid(1000000)), Is.Empty);
            Assert.That(WebhookTypes.Of(delivered, settled), Is.EqualTo(new[] { "remittance.paid", "remittance.settled" }));
            Assert.That(WebhookTypes.Of(settled, settled.Paid(3870000)), Is.Empty);
            Assert.That(WebhookTypes.Of(settled, settled.Returned(3860000)), Is.EqualTo(new[] { "remittance.returned" }));
        });
    }

    [Test]
    public async Task Cases_that_are_opened_together_are_told_together_and_what_came_to_nothing_is_not_told()
    {
        await using var receiver = await Receiver.Open();
        await receiver.Listen("case.*");
        var rows = Receipts.Csv([.. Enumerable.Range(1, 130).Select(i => new Paid($"R{i}", $"X{i:D3}", "2021-01-15", "38600.00"))]);
        Assert.That((await receiver.Desk.Submit(Receiver.Coffee.Number, rows, "2021-01-31")).Value.State, Is.EqualTo("needs_fixes"));
        await receiver.Drain();
        Assert.That(receiver.Heard, Is.Empty);
        Assert.That((await receiver.Desk.Submit(Receiver.Coffee.Number, rows, "2021-01-31", request => request with { OnlyReady = true })).Value.State, Is.EqualTo("committed").Or.EqualTo("reconciled"));
        await receiver.Drain();
        Assert.That(receiver.Heard.Select(message => Receiver.Body(message)["data"]!["ids"]!.AsArray().Count), Is.EquivalentTo(new[] { 100, 30 }));
        Assert.That(receiver.Heard.Select(message => Receiver.Body(message)["data"]!["reason"]!.GetValue<string>()), Has.All.EqualTo("row_left_out"));
    }

    [Test]
    public async Task Nothing_is_kept_of_what_nobody_asked_for_nor_of_a_dry_run()
    {
        await using var receiver = await Receiver.Open();
        await receiver.Listen("period.closed");
        await receiver.Upload();
        Assert.That(await Events(receiver, Desk.Treasurer), Is.Empty);
        await receiver.Listen("upload.*");
        await receiver.Desk.Database.DryRun(Desk.Treasurer, async () =>
        {
            await receiver.Upload("R2");
            return true;
        }, CancellationToken.None);
        Assert.That(await Events(receiver, Desk.Treasurer), Is.Empty);
        await receiver.Upload("R3");
        Assert.That((await Events(receiver, Desk.Treasurer)).Select(one => one.Type), Is.EqualTo(new[] { "upload.committed" }));
    }

    [Test]
    public async Task An_organisation_hears_and_sees_only_what_is_of_its_own_agreements()
    {
        await using var receiver = await Receiver.Open();
        var own = new Actor("treasurer", (await receiver.Desk.Agreement(Receiver.Coffee.Number)).OrganisationId);
        var other = new Actor("other treasurer", await Another(receiver));
        var hers = await receiver.Listen("upload.*", own);
        var theirs = await receiver.Listen("*", other);
        await receiver.Upload();
        await receiver.Drain();
        Assert.That(receiver.Heard, Has.Count.EqualTo(1));
        Assert.Multiple(async () =>
        {
            Assert.That(((await receiver.Deliveries(hers.Endpoint)).Count, (await receiver.Deliveries(theirs.Endpoint)).Count), Is.EqualTo((1, 0)));
            Assert.That(((await Events(receiver, own)).Count, (await Events(receiver, other)).Count), Is.EqualTo((1, 0)));
            Assert.That((await receiver.Keep.All(other, CancellationToken.None)).Select(one => one.Endpoint), Is.EqualTo(new[] { theirs.Endpoint }));
            foreach (var refused in new[]
            {
                (await receiver.Keep.Change(other, hers.Endpoint, new EndpointChange(receiver.Url), CancellationToken.None)).Refusal, (await receiver.Keep.Rotate(other, hers.Endpoint, CancellationToken.None)).Refusal, (await receiver.Keep.Remove(other, hers.Endpoint, CancellationToken.None)).Refusal,
                (await receiver.Replay.Test(other, hers.Endpoint, CancellationToken.None)).Refusal, (await receiver.Replay.Deliveries(other, new DeliveryQuestion(hers.Endpoint), CancellationToken.None)).Refusal,
            }) Assert.That(refused!.Code, Is.EqualTo("webhook_endpoint_unknown"));
            Assert.That((await receiver.Keep.Add(other, new EndpointRequest(receiver.Url, ["*"], "COOP"), CancellationToken.None)).Refusal!.Code, Is.EqualTo("organisation_unknown"));
            Assert.That((await receiver.Replay.Show(other, Receiver.Id(receiver.Heard[0]), CancellationToken.None)).Refusal!.Code, Is.EqualTo("event_unknown"));
        });
    }

    [Test]
    public async Task What_an_organisation_sends_again_goes_to_nobody_else()
    {
        await using var receiver = await Receiver.Open();
        var own = new Actor("treasurer", (await receiver.Desk.Agreement(Receiver.Coffee.Number)).OrganisationId);
        await receiver.Listen("upload.*");
        await receiver.Upload();
        await receiver.Drain();
        await receiver.Listen("upload.*", own);
        Assert.That((await receiver.Replay.Resend(own, new ResendRequest(null, "2021-01-01", null), CancellationToken.None)).Value, Is.EqualTo(new ResentEvents(1, 1)));
        await receiver.Drain();
        Assert.That(receiver.Heard.Select(Receiver.Id).Distinct().ToList(), Has.Count.EqualTo(1));
        Assert.That(receiver.Heard, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Every_change_of_an_endpoint_is_audited_without_address_and_secret()
    {
        await using var receiver = await Receiver.Open();
        var made = await receiver.Listen("*");
        foreach (var step in new Func<Task<Outcome<KnownEndpoint>>>[]
        {
            () => receiver.Keep.Change(Desk.Treasurer, made.Endpoint, new EndpointChange(EventTypes: ["case.opened"]), CancellationToken.None), () => receiver.Keep.Rotate(Desk.Treasurer, made.Endpoint, CancellationToken.None),
            () => receiver.Keep.Disable(Desk.Treasurer, made.Endpoint, "it moves house", CancellationToken.None), () => receiver.Keep.Enable(Desk.Treasurer, made.Endpoint, CancellationToken.None),
            () => receiver.Keep.Remove(Desk.Treasurer, made.Endpoint, CancellationToken.None),
        }) _ = (await step()).Value;
        var audited = (await receiver.Desk.Read(work => work.Audit.List(Audit.Administration))).Where(one => one.Subject == made.Endpoint).ToList();
        Assert.That(audited.Select(one => one.UseCase), Is.EqualTo(new[] { "webhook-endpoint-added", "webhook-endpoint-changed", "webhook-secret-rotated", "webhook-endpoint-disabled", "webhook-endpoint-enabled", "webhook-endpoint-removed" }));
        Assert.That(audited.Select(one => one.Document), Has.None.Contains("http").And.None.Contains("whsec_"));
        Assert.That((await receiver.Keep.Show(Desk.Treasurer, made.Endpoint, CancellationToken.None)).Refusal!.Code, Is.EqualTo("webhook_endpoint_unknown"));
    }

    private static async Task<IReadOnlyList<KnownEvent>> Events(Receiver receiver, Actor by) => (await receiver.Replay.List(by, new EventQuestion(), CancellationToken.None)).Value;

    private static async Task<long> Another(Receiver receiver)
    {
        var draft = Receiver.Coffee.Node();
        (draft["number"], draft["organisation"]!["code"]) = ("OTHER-1", "OTHER");
        _ = (await new ImportAgreement(receiver.Desk.Database).Run(Desk.Treasurer, draft.ToJsonString(), CancellationToken.None)).Value;
        return (await receiver.Desk.Agreement("OTHER-1")).OrganisationId;
    }
}

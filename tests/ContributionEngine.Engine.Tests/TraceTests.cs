using System.Diagnostics;
using ContributionEngine.Core;
using ContributionEngine.Messaging;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>One trace leads from the treasurer's file to the fund's answer, through every message in between.</summary>
public sealed class TraceTests
{
    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    [Test]
    public async Task From_upload_to_acknowledgement_there_is_one_trace()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans) spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var fund = new ScriptedFund();
        ActivityTraceId trace;
        using (var command = Telemetry.Traces.StartActivity("test upload")!)
        {
            trace = command.TraceId;
            _ = (await desk.Submit(Coffee.Number, Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00")), "2021-01-31")).Value;
            _ = (await new RunSettlement(desk.Database).Begin(Desk.Treasurer, new SettlementRequest(Coffee.Number, "2021-01-31"), CancellationToken.None)).Value;
        }

        await new DirectDispatcher(desk.Database, MessageMap.Of(new FundChannels(_ => Outcome<IFundChannel>.Of(fund)))).Drain(Desk.Treasurer, CancellationToken.None);
        Assert.That(spans.Where(span => span.TraceId == trace).Select(span => span.OperationName),
            Is.SupersetOf(new[] { Reconcile.Queue, Cut.Queue, Deliver.Queue, PickUpAnswers.Queue }));
    }
}

using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Correcting;

/// <summary>Whatever people put right, in whatever order and between whatever the fund says: the books stay true.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CorrectingProperties
{
    private static readonly string[] MemberNos = ["A001", "A002", "A003", "X900"];

    [TestCaseSource(nameof(Seeds))]
    public async Task The_proof_holds_after_every_step(int seed)
    {
        var random = new Random(seed);
        await using var harvest = await Harvest.With(Draft(seed));
        var told = new List<string>();
        for (var day = new DateOnly(2021, 1, 10); day < new DateOnly(2021, 6, 1); day = day.AddDays(random.Next(3, 9)))
        {
            told.Add($"{day:yyyy-MM-dd} {await Step(harvest, random, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))}");
            Assert.That(await harvest.Desk.Breaks(), Is.Empty, string.Join('\n', told));
        }
    }

    private static IEnumerable<int> Seeds() => Enumerable.Range(1, 12);

    // By turns paid parts go alone, and what is late costs interest.
    private static AgreementDraft Draft(int seed)
    {
        var draft = Agreements.Coffee() with { Shortfall = seed % 2 == 0 ? "drop_unpaid" : "pro_rata" };
        return seed % 3 == 0 ? draft with { Parameters = new Dictionary<string, string>(draft.Parameters) { ["late_interest_percent_per_month"] = "1" } } : draft;
    }

    private static async Task<string> Step(Harvest harvest, Random random, string day)
    {
        switch (random.Next(10))
        {
            case < 4: return await Post(harvest, random, day);
            case 4: return await Cut(harvest, day);
            case 5: return await Say(harvest, random);
            case 6: return await Settle(harvest, day);
            default: return await Correct(harvest, random, day);
        }
    }

    private static async Task<string> Post(Harvest harvest, Random random, string day)
    {
        var rows = Enumerable.Range(0, 3).Select(i => new Paid(random.Next(3) == 0 ? "" : $"{day}-{i}", MemberNos[random.Next(4)], day, $"{random.Next(1, 60) * 1000}.00")).ToList();
        _ = (await harvest.Post(Receipts.Csv(rows), day, hold: true)).Value;
        return $"post {string.Join(", ", rows)}";
    }

    private static async Task<string> Cut(Harvest harvest, string day)
    {
        await harvest.Cut(day);
        return "cut";
    }

    private static async Task<string> Say(Harvest harvest, Random random)
    {
        var agreement = await harvest.Desk.Agreement(Harvest.Number);
        if (await harvest.Desk.Read(work => work.Remittances.Of(agreement.Id)) is not [.., var last]) return "nothing to say";
        var (outcome, line) = ((AcknowledgementOutcome[])[AcknowledgementOutcome.Accepted, AcknowledgementOutcome.Rejected, AcknowledgementOutcome.Returned])[random.Next(3)] is var said ? (said, random.Next((int)last.LineCount) + 1) : default;
        await harvest.Say(outcome, line);
        return $"{outcome} line {line}";
    }

    private static async Task<string> Settle(Harvest harvest, string day)
    {
        if ((await harvest.Claims()).FirstOrDefault(claim => claim.State == "open") is not { } open) return "nothing to settle";
        return $"settle {(await new SettleClaim(harvest.Desk.Database).Run(Desk.Treasurer, (open.Claim, "paid", day), CancellationToken.None)).Value}";
    }

    private static async Task<string> Correct(Harvest harvest, Random random, string day)
    {
        var receipts = await harvest.Desk.Read<IReadOnlyList<(string Id, string Upload)>>(async work =>
        {
            var all = new List<(string, string)>();
            await foreach (var row in work.Exports.Table("receipts", null).Value.Rows) all.Add((row[0]!, row[2]!));
            return all;
        });
        if (receipts.Count == 0) return "nothing to correct";
        var (id, upload) = receipts[random.Next(receipts.Count)];
        var kind = new[] { "reverse", "reverse", "move", "move", "refund", "assign", "undo" }[random.Next(7)];
        var request = new CorrectionRequest(kind, kind == "undo" ? upload : id, "by chance") { ToMember = MemberNos[random.Next(3)], AsOf = day };
        var outcome = await harvest.Correct(request);
        return $"{kind} {request.Subject} to {request.ToMember}: {outcome.Refusal?.Code ?? "done"}";
    }
}

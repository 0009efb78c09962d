using System.Text;
using ContributionEngine.Core;
using ContributionEngine.FundGateway;
using ContributionEngine.Testing;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Engine.Tests.Fund;

/// <summary>Answers that are picked up over HTTP, as bytes.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HttpAnswerTests
{
    [Test]
    public async Task A_body_is_one_answer_as_it_came_under_the_name_that_the_fund_gives_it()
    {
        await using var fund = await Giving("a,b\n1,2\n", response => response.Headers.ContentDisposition = "attachment; filename=\"ack 7.csv\"");
        await using var gate = Parcels.Gate();
        var answer = (await gate.Answers(Of(fund))).Single();
        Assert.That((answer.Name, Encoding.UTF8.GetString(answer.Content), $"{fund.Heard[0]}"), Is.EqualTo(("ack 7.csv", "a,b\n1,2\n", $"GET /answers/{Parcels.Reference}")));
    }

    [Test]
    public async Task The_parts_of_a_mixed_body_are_so_many_answers()
    {
        await using var fund = await Giving(
            "--x\r\nContent-Disposition: attachment; filename=\"one.xml\"\r\n\r\n<a>\n\n</a>\r\n--x\r\n\r\n{}\r\n--x--\r\n", response => response.ContentType = "multipart/mixed; boundary=x");
        await using var gate = Parcels.Gate();
        Assert.That((await gate.Answers(Of(fund))).Select(answer => $"{answer.Name} {Encoding.UTF8.GetString(answer.Content)}"), Is.EqualTo(new[] { "one.xml <a>\n\n</a>", $"{Parcels.Reference}-2 {{}}" }));
    }

    [TestCase(404)]
    [TestCase(204)]
    public async Task No_answer_yet_is_none(int status)
    {
        await using var fund = await HttpFund.Start((_, context) =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await using var gate = Parcels.Gate();
        Assert.That(await gate.Answers(Of(fund)), Is.Empty);
    }

    [Test]
    public async Task A_fund_that_fails_when_asked_for_answers_is_looked_at_again_later()
    {
        await using var fund = await HttpFund.Start((_, context) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var gate = Parcels.Gate();
        Assert.That(async () => await gate.Answers(Of(fund)), Throws.InstanceOf<IOException>().With.Message.EqualTo("The fund answered 500 when asked for its answers."));
    }

    [Test]
    public async Task An_answer_above_the_limit_is_named_and_not_kept()
    {
        await using var fund = await HttpFund.Start(async (_, context) =>
        {
            var piece = new byte[1 << 20];
            for (var sent = 0L; sent <= FundPipeline.AnswerBytesMax; sent += piece.Length) await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        });
        await using var gate = Parcels.Gate();
        var answer = (await gate.Answers(Of(fund))).Single();
        Assert.That((answer.Content.Length, answer.Trouble), Is.EqualTo((0, "it is longer than 67108864 bytes")));
    }

    private static Channel Of(HttpFund fund) => new("http", "csv") { Url = $"{fund.Url}/in", Answers = $"{fund.Url}/answers/{{reference}}" };

    private static Task<HttpFund> Giving(string body, Action<HttpResponse> head) => HttpFund.Start(async (_, context) =>
    {
        head(context.Response);
        await context.Response.WriteAsync(body);
    });
}

using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

/// <summary>Documents to take away or to print, at the address of what they are about: slips, text messages, statements, payment slips and advices.</summary>
internal static class DocumentRoutes
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/uploads/{number}/slips.{format:regex(^(pdf|html)$)}", (string number, string format, int? roll, [AsParameters] Wish wish) => Slips(new SlipsWanted { Upload = number }, (number, format, roll), wish)).Allows(Access.Users);
        site.MapGet("/receipts/{number}/slip.{format:regex(^(pdf|html)$)}", (string number, string format, int? roll, [AsParameters] Wish wish) => Slips(new SlipsWanted { Receipt = number }, (number, format, roll), wish)).Allows(Access.Users);
        site.MapGet("/members/{number}/slips.{format:regex(^(pdf|html)$)}", (string number, string format, string? agreement, [AsParameters] Wish wish) => Slips(new SlipsWanted { Member = number, Agreement = agreement ?? "" }, (number, format, null), wish)).Allows(Access.Users);
        site.MapGet("/uploads/{number}/messages.csv", Messages).Allows(Access.Users);
        site.MapGet("/members/{number}/statement.{format:regex(^(pdf|html|csv|json)$)}", OfMember).Allows(Access.Users);
        site.MapGet("/agreements/{number}/statement.{format:regex(^(pdf|html|csv|json)$)}", OfOrganisation).Allows(Access.Users);
        site.MapGet("/agreements/{number}/claims.csv", Claims).Allows(Access.Fund);
        site.MapGet("/funds/{number}/statement.{format:regex(^(pdf|html|csv|json)$)}", OfFund).Allows(Access.Fund);
        site.MapGet("/remittances/{number}/slip.{format:regex(^(pdf|html)$)}", PaymentSlip).Allows(Access.Users);
        site.MapGet("/runs/{number}/report.{format:regex(^(pdf|html|csv|json)$)}", OfRun).Allows(Access.Users);
        site.MapGet("/audit/extract.{format:regex(^(jsonl|csv|pdf|html|json)$)}", OfAudit).Allows(Access.Fund);
        site.MapGet("/remittances/{number}/advice.{format:regex(^(pdf|html|csv)$)}", Advice).Allows(Access.Users);
    }

    private static async Task<IResult> Slips(SlipsWanted wanted, (string Name, string Format, int? Roll) how, Wish wish)
    {
        if (how.Roll is { } roll && !ReceiptsHtml.Rolls.Contains(roll)) return Results.NotFound();
        var file = TakenAway.Begin();
        var printed = await new PrintReceipts(wish.Database).Run(wish.Actor, wanted with { PublicUrl = wish.Settings.PublicUrl, Language = wish.Tongue.Tag }, slips => how.Format == "pdf"
            ? ReceiptsPdf.Write(slips, (how.Name, wish.Tongue.Tag), file, wish.Stop)
            : ReceiptsHtml.Write(slips, (how.Name, wish.Tongue.Tag, how.Roll), file, wish.Stop), wish.Stop);
        return TakenAway.Answer(file, printed.Refusal, (how.Name, how.Format), wish);
    }

    private static async Task<IResult> Messages(string number, [AsParameters] Wish wish)
    {
        var file = TakenAway.Begin();
        var written = await new PrintReceipts(wish.Database).Run(wish.Actor, new SlipsWanted { Upload = number, PublicUrl = wish.Settings.PublicUrl, Language = wish.Tongue.Tag }, slips => ReceiptSms.Write(slips, file, wish.Stop), wish.Stop);
        return TakenAway.Answer(file, written.Refusal, ($"{number}-messages", "csv"), wish);
    }

    private static async Task<IResult> OfMember(string number, string format, string? agreement, [AsParameters] Wish wish) =>
        TakenAway.Written(await new ProveMember(wish.Database).Run(wish.Actor, (number, agreement ?? ""), wish.Settings.PublicUrl, wish.Stop), (statement, file) => file.Write(MemberStatementFile.Write(statement with { Language = statement.Language ?? wish.Tongue.Tag }, format)), ($"{number}-statement", format), wish);

    private static async Task<IResult> OfOrganisation(string number, string format, [AsParameters] Wish wish) =>
        TakenAway.Written(await new StateOrganisation(wish.Database).Run(wish.Actor, (number, wish.Tongue.Tag), wish.Stop), (statement, file) => OrganisationStatementFile.Write(statement, format, file), ($"{number}-statement", format), wish);

    private static async Task<IResult> OfFund(string number, string format, [AsParameters] Wish wish) =>
        TakenAway.Written(await new StateFund(wish.Database).Run(wish.Actor, (number, wish.Tongue.Tag), wish.Stop), (statement, file) => FundStatementFile.Write(statement, format, file), ($"{number}-statement", format), wish);

    private static async Task<IResult> OfRun(string number, string format, [AsParameters] Wish wish) =>
        TakenAway.Written(await new ReportSettlement(wish.Database).Run(wish.Actor, (number, wish.Tongue.Tag), wish.Stop), (report, file) => new SettlementReportFile(report, wish.Tongue.Word).Write(format, file), ($"{number}-report", format), wish);

    private static async Task<IResult> OfAudit([AsParameters] ExtractAsked asked, [AsParameters] Wish wish)
    {
        var file = TakenAway.Begin();
        var written = await new ExtractAudit(wish.Database).Write(wish.Actor, asked.In(asked.Format!, wish.Tongue), file, wish.Stop);
        return TakenAway.Answer(file, written.Refusal, ("audit", asked.Format!), wish);
    }

    private static async Task<IResult> Claims(string number, [AsParameters] Wish wish)
    {
        var file = TakenAway.Begin();
        return TakenAway.Answer(file, (await new SettleStateClaims(wish.Database).Export(wish.Actor, number, file, wish.Stop)).Refusal, ($"{number}-claims", "csv"), wish);
    }

    private static async Task<IResult> PaymentSlip(string number, string format, [AsParameters] Wish wish) =>
        TakenAway.Written(await new SlipRemittance(wish.Database).Run(wish.Actor, (number, wish.Tongue.Tag), wish.Stop), (slip, file) => PaymentSlipFile.Write(slip, format, file), ($"{number}-slip", format), wish);

    private static async Task<IResult> Advice(string number, string format, [AsParameters] Wish wish) =>
        TakenAway.Written(await new AdviseRemittance(wish.Database).Run(wish.Actor, (number, wish.Tongue.Tag, format != "csv"), wish.Stop), (advice, file) => RemittanceAdviceFile.Write(advice, format, file), ($"{number}-advice", format), wish);
}

/// <summary>Who asks for a document, and in which language.</summary>
internal sealed record Wish(HttpContext Call, Database Database, SiteSettings Settings, Tongue Tongue)
{
    public Actor Actor => Call.Actor();

    public CancellationToken Stop => Call.RequestAborted;
}

using ContributionEngine.Engine;
using ContributionEngine.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

internal static class StatementsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/statements/members/{number}", OfMember).ReadsFile(Access.Users, "What a member owes and has paid, with proofs: format json (the default), csv, html or pdf, in her own language where it is known");
        api.MapGet("/statements/organisations/{agreement}", OfOrganisation).ReadsFile(Access.Users, "What an organisation's members owe under an agreement, and the money that it has held: format json (the default), csv, html or pdf");
        api.MapGet("/statements/funds/{code}", OfFund).ReadsFile(Access.Fund, "What was sent to a fund and paid, by agreement and by remittance: format json (the default), csv, html or pdf");
    }

    private static Task<IResult> OfMember(string number, string agreement, string? format, [AsParameters] Wish wish) => TakenAway.ForPrograms(async (form, file) =>
    {
        var made = await new ProveMember(wish.Database).Run(wish.Actor, (number, agreement), wish.Settings.PublicUrl, wish.Stop);
        if (made.Ok(out var statement, out _)) file.Write(MemberStatementFile.Write(statement with { Language = statement.Language ?? wish.Tongue.Tag }, form));
        return made;
    }, (number, format, MemberStatementFile.Formats), wish);

    private static Task<IResult> OfOrganisation(string agreement, string? format, [AsParameters] Wish wish) => TakenAway.ForPrograms(async (form, file) =>
    {
        var made = await new StateOrganisation(wish.Database).Run(wish.Actor, (agreement, wish.Tongue.Tag), wish.Stop);
        if (made.Ok(out var statement, out _)) OrganisationStatementFile.Write(statement, form, file);
        return made;
    }, (agreement, format, OrganisationStatementFile.Formats), wish);

    private static Task<IResult> OfFund(string code, string? format, [AsParameters] Wish wish) => TakenAway.ForPrograms(async (form, file) =>
    {
        var made = await new StateFund(wish.Database).Run(wish.Actor, (code, wish.Tongue.Tag), wish.Stop);
        if (made.Ok(out var statement, out _)) FundStatementFile.Write(statement, form, file);
        return made;
    }, (code, format, FundStatementFile.Formats), wish);
}

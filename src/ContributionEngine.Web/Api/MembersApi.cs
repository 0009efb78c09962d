using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

internal sealed record MemberAnswer(string MemberNo, string NationalId, string FullName, string? Phone, string? Language, DateOnly EnrolledFrom, DateOnly? EnrolledTo, string Currency, string Owed, DateOnly? OwedSince, string Credit)
{
    public static MemberAnswer Of(ListedMember row) => new(
        row.MemberNo, row.NationalId, row.FullName, row.Phone, row.Language, row.EnrolledFrom, row.EnrolledTo, row.Currency, ApiJson.Text(row.Money(row.Owed)), row.OwedSince, ApiJson.Text(row.Money(row.Credit)));
}

internal sealed record MemberPlaceAnswer(string Agreement, DateOnly EnrolledFrom, DateOnly? EnrolledTo, string Currency, string Owed, string Paid, string Due, string Credit);

internal sealed record MemberShown(string MemberNo, string FullName, IReadOnlyList<MemberPlaceAnswer> Enrolments)
{
    public static MemberShown Of(ShownMember member) => new(member.MemberNo, member.FullName, [.. member.Enrolments.Select(place => new MemberPlaceAnswer(
        place.Agreement, place.EnrolledFrom, place.EnrolledTo, place.Owed.Currency.Code, place.Owed.ToMajor(), place.Paid.ToMajor(), place.Due.ToMajor(), place.Credit.ToMajor()))]);
}

internal sealed record EnrolmentAnswer(string Agreement, string MemberNo, string FullName, DateOnly EnrolledFrom, DateOnly? EnrolledTo)
{
    public static EnrolmentAnswer Of(ListedEnrolment row) => new(row.Agreement, row.MemberNo, row.FullName, row.EnrolledFrom, row.EnrolledTo);
}

/// <summary>A form with the members file and the number of the agreement.</summary>
internal sealed record MembersForm(string Agreement, IFormFile File);

internal static class MembersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/members", ([AsParameters] MembersWhere where, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.Members(where, slice), MemberAnswer.Of))
            .Reads<PageAnswer<MemberAnswer>>(Access.Users, "Members of an agreement by number, with what each owes and has to her credit");
        api.MapGet("/members/{number}", (string number, string? agreement, ApiCall call) => call.Show(new ShowMember(call.Database).Run(call.Actor, number, agreement, call.Stop), MemberShown.Of))
            .Reads<MemberShown>(Access.Users, "One member with her enrolments and her money");
        api.MapGet("/enrolments", ([AsParameters] EnrolmentsWhere where, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.Enrolments(where, slice), EnrolmentAnswer.Of))
            .Reads<PageAnswer<EnrolmentAnswer>>(Access.Users, "Enrolments, newest first");
        api.MapPost("/members/import", Import).Writes<ImportedMembers>(Access.Treasurers, "Add and change members by member number: all rows of the file or none").Takes<MembersForm>();
    }

    private static async Task<IResult> Import(HttpRequest request, ApiCall call)
    {
        if (!(await SentForm.Of(request, call.Stop)).Ok(out var form, out var refusal)) return Problems.Of(refusal);
        if (!form.Needs("agreement").Ok(out var agreement, out refusal)) return Problems.Of(refusal);
        return await call.Write(() => new ImportMembers(call.Database).Run(call.Actor, agreement, (form.File.OpenReadStream, form.File.FileName), call.Stop), imported => imported);
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ContributionEngine.Web;

/// <summary>Which page of a list is asked for.</summary>
internal sealed record PageAsked(int? Limit, string? After);

/// <summary>A page of a list. The next one is asked for with <c>after</c>.</summary>
internal sealed record PageAnswer<T>(IReadOnlyList<T> Data, bool HasMore, string? NextAfter);

/// <summary>One call of the API: who makes it, whether it only rehearses, and how an outcome is answered.</summary>
internal sealed class ApiCall(IHttpContextAccessor http, Database database, SiteSettings settings)
{
    public const string DryRun = "dry_run";

    private const int TagBytes = 16;

    private HttpContext Http => http.HttpContext!;

    // Asked for by what is said in words alone, which most answers are without.
    private Tongue Tongue => Http.RequestServices.GetRequiredService<Tongue>();

    public Actor Actor => Http.Actor();

    public Database Database => database;

    public SiteSettings Settings => settings;

    public CancellationToken Stop => Http.RequestAborted;

    /// <summary>The day or instant that a write sees the world at; null: now.</summary>
    public string? AsOf => Http.Request.Query["as_of"] is [{ Length: > 0 } day] ? day : null;

    public static bool IsDryRun(HttpContext call) => call.Request.Query[DryRun] is ["true"];

    /// <summary>What is wrong with a row, in the caller's words.</summary>
    public string Said(FoundProblem problem) => Said(Tongue.TagOf(problem), Tongue.Problem(problem));

    /// <summary>Why a file is refused, in the caller's words.</summary>
    public string Said(Refusal refusal) => Said(Tongue.TagOf(refusal), Tongue.Refusal(refusal with { Help = null }));

    /// <summary>What is odd about a file, as <c>code: sentence</c> with the sentence in the caller's words.</summary>
    public string Said(Remark remark) => Said(Tongue.TagOf(remark), $"{remark.Code}: {Tongue.Remark(remark)}");

    /// <summary>What a case is about, or what became of a delivery, in the caller's words.</summary>
    public string Told(Remark detail) => Said(Tongue.TagOf(detail), Tongue.Remark(detail));

    public Task<T> Read<T>(Func<Work, Task<T>> unit) => database.Read(Actor, unit, Stop);

    /// <summary>A page of a list.</summary>
    public async Task<IResult> Page<TRow, TAnswer>(PageAsked asked, Func<Lists, Slice, Task<Outcome<Page<TRow>>>> list, Func<TRow, TAnswer> answer)
        where TRow : Listed
    {
        if (!Begin(asked).Ok(out var slice, out var refusal)) return Problems.Of(refusal);
        if (!(await database.Page(Actor, lists => list(lists, slice), Stop)).Ok(out var page, out refusal)) return Problems.Of(refusal);
        return Results.Ok(new PageAnswer<TAnswer>([.. page.Rows.Select(answer)], page.HasMore, page.Next?.Opaque));
    }

    /// <summary>One thing, with the tag of what it is now.</summary>
    public async Task<IResult> Show<T, TAnswer>(Task<Outcome<T>> found, Func<T, TAnswer> answer)
    {
        if (!(await found).Ok(out var value, out var refusal)) return Problems.Of(refusal);
        var shown = answer(value);
        var tag = Tag(shown);
        Http.Response.Headers.ETag = tag;
        return Http.Request.Headers.IfNoneMatch.Contains(tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Ok(shown);
    }

    public Task<Outcome<Corrected>> Correct(CorrectionRequest request) => new CorrectMoney(database, settings.SecondPerson).Run(Actor, request, Stop);

    /// <summary>Carries out a use case, or rehearses it.</summary>
    public async Task<IResult> Write<T>(Func<Task<Outcome<T>>> step, Func<T, IResult> answer)
    {
        var outcome = IsDryRun(Http) ? await database.DryRun(Actor, step, Stop) : await step();
        return outcome.Ok(out var value, out var refusal) ? answer(value) : Problems.Of(refusal);
    }

    public Task<IResult> Write<T, TAnswer>(Func<Task<Outcome<T>>> step, Func<T, TAnswer> answer) => Write(step, value => Results.Ok(answer(value)));

    /// <summary>The refusal of a change to something that is not any more as the caller saw it, or null. Refusals: <c>precondition_failed</c>.</summary>
    public async Task<IResult?> Changed<T, TAnswer>(Func<Task<Outcome<T>>> current, Func<T, TAnswer> answer)
    {
        if (Http.Request.Headers.IfMatch is not [{ } seen] || seen == "*") return null;
        if (!(await current()).Ok(out var value, out var refusal)) return Problems.Of(refusal);
        return Tag(answer(value)) == seen ? null : Problems.Of(Refusal.Conflict("precondition_failed", "It has changed since you saw it."), StatusCodes.Status412PreconditionFailed);
    }

    private string Said(string tag, string words)
    {
        Languages.Tell(Http.Response, [tag]);
        return words;
    }

    private static Outcome<Slice> Begin(PageAsked asked)
    {
        if (asked.Limit is < 1 or > Slice.LimitMax) return Refusal.Usage("limit_out_of_range", $"«{asked.Limit}» rows are no page.") with { Field = "limit", Value = $"{asked.Limit}", Particulars = Particulars.Of(null, ("max", $"{Slice.LimitMax}")) };
        if (asked.After is null) return new Slice(asked.Limit ?? Slice.LimitUsual);
        return Mark.Read(asked.After).Ok(out var mark, out var refusal) ? new Slice(asked.Limit ?? Slice.LimitUsual, mark) : refusal with { Field = "after", Value = asked.After };
    }

    private static string Tag<T>(T shown) => $"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(shown, ApiJson.Options)).AsSpan(0, TagBytes))}\"";
}

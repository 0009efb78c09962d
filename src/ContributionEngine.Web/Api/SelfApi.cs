using ContributionEngine.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

/// <param name="Organisation">True for a treasurer, who sees her own organisation alone.</param>
internal sealed record SelfAnswer(string Name, string Role, bool Organisation);

internal sealed record KeyAnswer(string Id, string? Label, string? Starts, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, bool Active)
{
    public static KeyAnswer Of(KnownKey key) => new(key.Number, key.Label, key.Starts, key.CreatedAt, key.LastUsedAt, key.IsActive);
}

/// <summary>A key that was made just now: the only time that it is seen.</summary>
internal sealed record MadeKeyAnswer(string Id, string Key);

internal sealed record KeyAsked(string? Label = null);

internal static class SelfApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me", (HttpContext http) => Results.Ok(new SelfAnswer(http.Actor().Name, SignedIn.Role(http.User)!, http.Actor().OrganisationId is not null))).Reads<SelfAnswer>(Access.Users, "Who you are here");
        api.MapGet("/me/keys", Keys).Reads<IReadOnlyList<KeyAnswer>>(Access.Users, "Your keys");
        api.MapPost("/me/keys", (KeyAsked asked, ApiCall call) => call.Write(() => new KeepKeys(call.Database).MakeOwn(call.Actor, asked.Label, call.Stop), made => Results.Created($"{Api.Root}/me/keys", new MadeKeyAnswer(made.Number, made.Key))))
            .WritesSecret<MadeKeyAnswer>(Access.Users, "Make a key; it is shown this once", StatusCodes.Status201Created);
        api.MapPost("/me/keys/{id}/revoke", (string id, ApiCall call) => call.Write(() => new KeepKeys(call.Database).RevokeOwn(call.Actor, id, call.Stop), KeyAnswer.Of)).Writes<KeyAnswer>(Access.Users, "End one of your keys");
    }

    private static async Task<IResult> Keys(ApiCall call) => (await new KeepKeys(call.Database).Own(call.Actor, call.Stop)).Ok(out var keys, out var refusal) ? Results.Ok(keys.Select(KeyAnswer.Of).ToList()) : Problems.Of(refusal);
}

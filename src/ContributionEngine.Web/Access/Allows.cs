using ContributionEngine.Engine;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Web;

/// <summary>Who may use a page or an endpoint, in the engine's own terms. There is none without it.</summary>
/// <param name="changes">Who may also send what changes something.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AllowsAttribute(Access access, Access changes) : Attribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public AllowsAttribute(Access access) : this(access, access)
    {
    }

    public Access Access => access;

    public Access Changes => changes;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

internal static class Allowing
{
    public static TBuilder Allows<TBuilder>(this TBuilder endpoint, Access access) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AllowsAttribute(access));
}

/// <summary>
/// Lets a signed-in user through where her role may go; whose money she sees there is limited by each query. It stands where the
/// framework would ask a service for each requirement: here is one kind of them, and whatever is of another lets nobody through.
/// </summary>
internal sealed class Doorkeeper(IAuthorizationService unused) : PolicyEvaluator(unused)
{
    public override Task<PolicyAuthorizationResult> AuthorizeAsync(AuthorizationPolicy policy, AuthenticateResult authenticated, HttpContext call, object? resource)
    {
        foreach (var requirement in policy.Requirements)
        {
            if (!Lets(call, requirement)) return Task.FromResult(authenticated.Succeeded ? PolicyAuthorizationResult.Forbid() : PolicyAuthorizationResult.Challenge());
        }

        return Task.FromResult(PolicyAuthorizationResult.Success());
    }

    private static bool Lets(HttpContext call, IAuthorizationRequirement requirement)
    {
        if (requirement is not AllowsAttribute allows) return false;
        var needed = HttpMethods.IsGet(call.Request.Method) || HttpMethods.IsHead(call.Request.Method) ? allows.Access : allows.Changes;
        return needed == Access.Anyone || (SignedIn.Role(call.User) is { } role && Door.May(role, needed));
    }
}

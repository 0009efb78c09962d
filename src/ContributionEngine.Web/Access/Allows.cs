using ContributionEngine.Engine;
using Microsoft.AspNetCore.Authorization;
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

/// <summary>Lets a signed-in user through where her role may go; whose money she sees there is limited by each query.</summary>
internal sealed class AllowsHandler : AuthorizationHandler<AllowsAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AllowsAttribute requirement)
    {
        var looks = context.Resource is not HttpContext call || HttpMethods.IsGet(call.Request.Method) || HttpMethods.IsHead(call.Request.Method);
        var needed = looks ? requirement.Access : requirement.Changes;
        if (needed == Access.Anyone || (SignedIn.Role(context.User) is { } role && Door.May(role, needed))) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

using ContributionEngine.Engine;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace ContributionEngine.Web;

/// <summary>Who may use a page or an endpoint, in the engine's own terms. There is none without it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AllowsAttribute(Access access) : Attribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Access Access => access;

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
        if (requirement.Access == Access.Anyone || (SignedIn.Role(context.User) is { } role && Door.May(role, requirement.Access))) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

using ContributionEngine.Engine;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>What a person sees when a page is not there, is not hers, or failed.</summary>
[Allows(Access.Anyone)]
[IgnoreAntiforgeryToken]
public sealed class ProblemModel : Screen
{
    private static readonly int[] Told = [403, 404, 503];

    public string Kind { get; private set; } = "other";

    public string Trace => Problems.Trace(HttpContext);

    public void OnGet(int status) => Kind = Told.Contains(status) ? $"{status}" : "other";

    public void OnPost(int status) => OnGet(status);
}

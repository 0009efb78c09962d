using ContributionEngine.Core;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace ContributionEngine.Web;

/// <summary>What every page has: who acts, the database, the reader's language, and a way to say no.</summary>
public abstract class Screen : PageModel
{
    protected Actor Actor => HttpContext.Actor();

    protected Database Database => HttpContext.RequestServices.GetRequiredService<Database>();

    protected CancellationToken Stop => HttpContext.RequestAborted;

    public Tongue T => HttpContext.RequestServices.GetRequiredService<Tongue>();

    /// <summary>What was refused; shown above the page with the words of the reader.</summary>
    public Refusal? Refused { get; private set; }

    /// <summary>The page again with what was refused, as 4xx: a form keeps what was typed.</summary>
    protected PageResult Refuse(Refusal refusal)
    {
        Refused = refusal;
        Response.StatusCode = Problems.Status(refusal);
        return Page();
    }

    /// <summary>Nothing of that name is visible to the acting user, or it cannot be shown: the page of that status.</summary>
    protected StatusCodeResult Gone(Refusal refusal) => StatusCode(Problems.Status(refusal));
}

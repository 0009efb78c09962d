using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace ContributionEngine.Web;

/// <summary>What every page has: who acts, the database, the reader's language, and a way to say no.</summary>
public abstract class Screen : PageModel
{
    /// <summary>Bytes of a file that is read whole, such as an agreement or a pack.</summary>
    private const long TextBytesMax = 2_000_000;

    protected Actor Actor => HttpContext.Actor();

    protected Database Database => HttpContext.RequestServices.GetRequiredService<Database>();

    /// <summary>Above which amount a second person decides.</summary>
    protected FourEyes SecondPerson => HttpContext.RequestServices.GetRequiredService<SiteSettings>().SecondPerson;

    /// <summary>Puts money right as the acting user.</summary>
    protected Task<Outcome<Corrected>> Correct(CorrectionRequest request) => new CorrectMoney(Database, SecondPerson).Run(Actor, request, Stop);

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

    /// <summary>Whether the acting user may do what asks for an access: what she may not, she is not shown.</summary>
    public bool May(Access access) => SignedIn.Role(User) is { } role && Door.May(role, access);

    /// <summary>What was typed, without blanks at its ends; null where nothing was.</summary>
    protected static string? Given(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    /// <summary>A file that was sent and is not empty. Refusals: <c>file_needed</c>.</summary>
    protected static Outcome<IFormFile> Attached(IFormFile? file) =>
        file is { Length: > 0 } ? Outcome<IFormFile>.Of(file) : Refusal.Usage("file_needed", "No file was chosen.") with { Field = "file", Help = "Choose a file." };

    /// <summary>The text of a small file that was sent. Refusals: <c>file_needed</c>, <c>file_too_large</c>.</summary>
    protected async Task<Outcome<string>> Text(IFormFile? sent)
    {
        if (!Attached(sent).Ok(out var file, out var refusal)) return refusal;
        if (file.Length > TextBytesMax) return Refusal.Input("file_too_large", $"{file.FileName} has more than {TextBytesMax} bytes.") with { Field = "file", Help = "Choose another file." };
        using var reader = new StreamReader(file.OpenReadStream());
        return await reader.ReadToEndAsync(Stop);
    }

    /// <summary>A page of a list as of one moment.</summary>
    /// <param name="after">The cursor that the page before gave; null: the first page.</param>
    protected async Task<Outcome<Page<T>>> Listed<T>(string? after, Func<Lists, Slice, Task<Outcome<Page<T>>>> list) where T : Listed
    {
        Mark? mark = null;
        if (after is not null)
        {
            if (!Mark.Read(after).Ok(out var read, out var refusal)) return refusal;
            mark = read;
        }

        return await Database.Page(Actor, lists => list(lists, new Slice(After: mark)), Stop);
    }

    /// <summary>A key of its own for a form that is to be sent once.</summary>
    public static string FormKey() => System.Security.Cryptography.RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Does once what a form asks for, however often it comes: by a second press, or again from an earlier page. Refusals: <c>form_sent_before</c>, <c>request_in_flight</c>, and those of the step.</summary>
    /// <param name="key">As the form had it from <see cref="FormKey"/>.</param>
    protected async Task<Outcome<T>> Once<T>(string? key, Func<Task<Outcome<T>>> step)
    {
        var (once, name, isDone) = (new OnceOnly(Database), $"form {Given(key) ?? FormKey()}", false);
        if (!(await once.Begin(Actor, (name, ""), Stop)).Ok(out var before, out var refusal)) return refusal;
        if (before is not null) return Refusal.Conflict("form_sent_before", "This form was sent before: what it asked for was done then, and is not done twice.") with { Help = "Look at the list. Fill the form in again for another one." };
        try
        {
            var outcome = await step();
            isDone = outcome.Refusal is null;
            if (isDone) await once.End(Actor, name, new SentAnswer(StatusCodes.Status200OK, null, null, []));
            return outcome;
        }
        finally
        {
            if (!isDone) await once.Forget(Actor, name);
        }
    }

    /// <summary>Nothing of that name is visible to the acting user, or it cannot be shown: the page of that status.</summary>
    protected StatusCodeResult Gone(Refusal refusal) => StatusCode(Problems.Status(refusal));
}

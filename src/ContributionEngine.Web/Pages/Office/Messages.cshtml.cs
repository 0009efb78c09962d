using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Messages that failed too often and wait for a person.</summary>
[Allows(Access.Fund, Access.Officers)]
public sealed class MessagesModel : Screen
{
    public Page<ListedMessage>? Found { get; private set; }

    public async Task<IActionResult> OnGet(string? after) => await Load(after) is { } refused ? Refuse(refused) : Page();

    public async Task<IActionResult> OnPostRetry(long id) => await After((await new ParkedMessages(Database).Retry(Actor, id, Stop)).Refusal);

    public async Task<IActionResult> OnPostSkip(long id, string? reason) =>
        await After(Given(reason) is { } why ? (await new ParkedMessages(Database).Skip(Actor, id, why, Stop)).Refusal : Refusal.Usage("reason_needed", "Say why.") with { Field = $"reason-{id}" });

    private async Task<IActionResult> After(Refusal? refused)
    {
        if (refused is null) return Redirect("/messages");
        await Load(null);
        return Refuse(refused);
    }

    private async Task<Refusal?> Load(string? after)
    {
        if (!(await Listed(after, (lists, slice) => lists.ParkedMessages(slice))).Ok(out var found, out var refusal)) return refusal;
        Found = found;
        return null;
    }
}

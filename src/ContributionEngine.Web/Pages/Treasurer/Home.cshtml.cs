using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Where a treasurer begins: what the fund asks her, what is to do under each agreement, and the sheets that came last.</summary>
[Allows(Access.Users, Access.Treasurers)]
public sealed class HomeModel : Screen
{
    /// <summary>Number of the question that she answers.</summary>
    [BindProperty]
    public string? Question { get; set; }

    /// <summary>A remittance, or one of the words of <see cref="QuestionShown"/>.</summary>
    [BindProperty]
    public string? Answer { get; set; }

    /// <summary>The remittance that is chosen from the list.</summary>
    [BindProperty]
    public string? Other { get; set; }

    /// <summary>What she has answered just now: ours or not_ours.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Answered { get; set; }

    public IReadOnlyList<HomeAgreement> Agreements { get; private set; } = [];

    public IReadOnlyList<UploadEntry> Recent { get; private set; } = [];

    /// <summary>What the fund asks about bank money; the fund's own people are asked nothing.</summary>
    public IReadOnlyList<QuestionShown> Questions { get; private set; } = [];

    public async Task<IActionResult> OnGet() => await Look() ?? Page();

    public async Task<IActionResult> OnPostAnswer()
    {
        var remittance = Answer == QuestionShown.Another ? Other : Answer;
        var said = new MoneyAnswer(Question ?? "", Answer == QuestionShown.NotOurs ? null : Given(remittance), Answer == QuestionShown.NotOurs);
        if ((await new AskTreasurer(Database).Answer(Actor, said, Stop)).Ok(out var known, out var refusal)) return RedirectToPage("/Treasurer/Home", new { answered = known.Answer });
        var refused = Refuse(refusal with { Field = QuestionShown.FieldOf(Question ?? "") });
        return await Look() ?? refused;
    }

    private async Task<IActionResult?> Look()
    {
        var home = new TreasurerHome(Database);
        if (!(await home.Of(Actor, Stop)).Ok(out var agreements, out var refusal)) return Gone(refusal);
        (Agreements, Recent) = (agreements, await home.Recent(Actor, Stop));
        if (Actor.OrganisationId is null || !May(Access.Treasurers)) return null;
        Questions = [.. (await new AskTreasurer(Database).Waiting(Actor, Stop)).Select(one => one.Question == Question ? new QuestionShown(one, Refused, Answer, Other) : new QuestionShown(one, null, null, null))];
        return null;
    }
}

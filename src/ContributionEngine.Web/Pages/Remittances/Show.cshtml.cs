using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One remittance: its way, its totals, its lines, and what may be done with it. A treasurer reads her own.</summary>
[Allows(Access.Users)]
public sealed class RemittanceModel : Screen
{
    public static readonly string[] Outcomes = ["sent", "accepted", "rejected", "returned"];

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Outcome { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The action that was carried out just now.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public KnownRemittance Remittance { get; private set; } = null!;

    public Page<ListedLine> Lines { get; private set; } = null!;

    public IReadOnlyList<ListedDelivery> Deliveries { get; private set; } = [];

    public IReadOnlyList<ListedAcknowledgement> Answers { get; private set; } = [];

    public IReadOnlyList<ListedMatching> Payments { get; private set; } = [];

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Remittance.TimeZone);

    public bool MayAct => May(Access.Officers);

    /// <summary>What of the four totals is not explained: nothing, once the bank shows what is payable.</summary>
    public Money LeftOver => (Remittance.State == "cancelled" ? Money.Zero(Remittance.Total.Currency) : Remittance.Payable) - Remittance.Paid;

    public async Task<IActionResult> OnGet()
    {
        if (!(await new ShowRemittance(Database).Run(Actor, Number, Stop)).Ok(out var found, out var refusal)) return Gone(refusal);
        Remittance = found;
        if (!(await Listed(After, (lists, slice) => lists.Lines(found.Number, new LinesWhere { Outcome = Given(Outcome) }, slice))).Ok(out var page, out refusal)) return Gone(refusal);
        Lines = page;
        await Way(found.Number);
        return Page();
    }

    private async Task Way(string number)
    {
        var most = new Slice(Slice.LimitMax);
        Deliveries = await Database.Read(Actor, async work => (await work.Lists.Deliveries(new DeliveriesWhere { Remittance = number }, most)).Value.Rows, Stop);
        Answers = await Database.Read(Actor, async work => (await work.Lists.Acknowledgements(new AcknowledgementsWhere { Remittance = number }, most)).Value.Rows, Stop);
        Payments = await Database.Read(Actor, async work => (await work.Lists.Matches(new MatchesWhere { Remittance = number, State = "live" }, most)).Value.Rows, Stop);
    }
}

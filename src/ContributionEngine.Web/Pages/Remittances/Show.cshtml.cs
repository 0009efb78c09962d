using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One remittance: its way, its totals, its lines, and what may be done with it. A treasurer reads her own, and tells what she has paid.</summary>
[Allows(Access.Users, Access.Treasurers)]
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

    [BindProperty(Name = "paid_on")]
    public string? PaidOn { get; set; }

    [BindProperty]
    public string? Channel { get; set; }

    [BindProperty]
    public string? Slip { get; set; }

    [BindProperty]
    public string? Amount { get; set; }

    public KnownRemittance Remittance { get; private set; } = null!;

    /// <summary>What the treasurer has told of payments.</summary>
    public IReadOnlyList<KnownToldPayment> Told { get; private set; } = [];

    public Page<ListedLine> Lines { get; private set; } = null!;

    public IReadOnlyList<ListedDelivery> Deliveries { get; private set; } = [];

    public IReadOnlyList<ListedAcknowledgement> Answers { get; private set; } = [];

    public IReadOnlyList<ListedMatching> Payments { get; private set; } = [];

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Remittance.TimeZone);

    public bool MayAct => May(Access.Officers);

    /// <summary>Whoever looks is of the organisation that pays, and money is awaited.</summary>
    public bool MayTell => Actor.OrganisationId is not null && Remittance.AwaitsMoney;

    public bool IsHers(KnownToldPayment told) => told.ToldBy == Actor.Name;

    /// <summary>What of the four totals is not explained: nothing, once the bank shows what is payable.</summary>
    public Money LeftOver => (Remittance.State == "cancelled" ? Money.Zero(Remittance.Total.Currency) : Remittance.Payable) - Remittance.Paid;

    public async Task<IActionResult> OnGet()
    {
        if (await Look() is { } gone) return Gone(gone);
        (PaidOn, Amount) = ($"{TimeZoneInfo.ConvertTime(Database.Clock.GetUtcNow(), Zone):yyyy-MM-dd}", T.Amount(Remittance.Open));
        return Page();
    }

    public async Task<IActionResult> OnPostTell()
    {
        if (await Look() is { } gone) return Gone(gone);
        if (!T.ReadAmount(Amount ?? "", Remittance.Open.Currency).Ok(out var amount, out var refusal)) return Refuse(refusal);
        return (await new TellPayment(Database).Tell(Actor, new ToldRequest(Remittance.Number, PaidOn ?? "", Channel ?? "", Slip ?? "", amount.ToMajor()), Stop)).Ok(out _, out refusal) ? Again("tell") : Refuse(refusal);
    }

    public async Task<IActionResult> OnPostTakeBack(long told)
    {
        if (await Look() is { } gone) return Gone(gone);
        return (await new TellPayment(Database).TakeBack(Actor, (Remittance.Number, told), Stop)).Ok(out _, out var refusal) ? Again("take_back") : Refuse(refusal);
    }

    private RedirectToPageResult Again(string done) => RedirectToPage("/Remittances/Show", new { number = Remittance.Number, done });

    private async Task<Refusal?> Look()
    {
        if (!(await new ShowRemittance(Database).Run(Actor, Number, Stop)).Ok(out var found, out var refusal)) return refusal;
        Remittance = found;
        if (!(await Listed(After, (lists, slice) => lists.Lines(found.Number, new LinesWhere { Outcome = Given(Outcome) }, slice))).Ok(out var page, out refusal)) return refusal;
        Lines = page;
        Told = (await new TellPayment(Database).List(Actor, found.Number, Stop)).Value;
        await Way(found.Number);
        return null;
    }

    private async Task Way(string number)
    {
        var most = new Slice(Slice.LimitMax);
        Deliveries = await Database.Read(Actor, async work => (await work.Lists.Deliveries(new DeliveriesWhere { Remittance = number }, most)).Value.Rows, Stop);
        Answers = await Database.Read(Actor, async work => (await work.Lists.Acknowledgements(new AcknowledgementsWhere { Remittance = number }, most)).Value.Rows, Stop);
        Payments = await Database.Read(Actor, async work => (await work.Lists.Matches(new MatchesWhere { Remittance = number, State = "live" }, most)).Value.Rows, Stop);
    }
}

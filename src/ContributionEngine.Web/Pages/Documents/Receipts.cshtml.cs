using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace ContributionEngine.Web.Pages;

/// <summary>The receipts of a sheet: to print, to send, and one by one.</summary>
[Allows(Access.Users)]
public sealed class ReceiptsModel : Screen
{
    public SlipPage Listed { get; private set; } = null!;

    /// <summary>The first message as it would be sent; null where there is none.</summary>
    public string? Sample { get; private set; }

    public async Task<IActionResult> OnGet(string number, string? after)
    {
        var settings = HttpContext.RequestServices.GetRequiredService<SiteSettings>();
        if (!(await new ListSlips(Database).Run(Actor, new SlipsWanted { Upload = number, PublicUrl = settings.PublicUrl, Language = T.Tag }, after, Stop)).Ok(out var listed, out var refusal)) return Gone(refusal);
        (Listed, Sample) = (listed, listed.Slips.Count == 0 ? null : ReceiptSms.Of(listed.Slips[0]));
        return Page();
    }

    public string Amount(ReceiptSlip slip, long minor) => T.Amount(new Money(minor, slip.Currency));
}

using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ContributionEngine.Web;

/// <summary><c>&lt;status-tag of="paid" /&gt;</c>: a state by word, sign and colour.</summary>
[HtmlTargetElement("status-tag", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StatusTag(Tongue tongue) : TagHelper
{
    private static readonly string[] Good = ["paid", "settled", "accepted", "reconciled", "resolved", "matched", "completed", "active", "posted", "delivered", "closed", "certain", "booked", "enabled", "confirmed"];
    private static readonly string[] Bad = ["rejected", "refused", "returned", "failed", "written_off", "needs_fixes", "reversed", "parked"];
    private static readonly string[] Soft = ["withdrawn", "undone", "cancelled", "not_ours", "ended", "draft", "scheduled", "planned", "possible", "asked", "moved", "disabled", "expired", "extinguished"];

    /// <summary>The engine's word for the state.</summary>
    public string? Of { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var (look, sign) = Good.Contains(Of) ? ("good", "✓") : Bad.Contains(Of) ? ("bad", "✗") : Soft.Contains(Of) ? ("soft", "–") : ("warn", "●");
        (output.TagName, output.TagMode) = ("span", TagMode.StartTagAndEndTag);
        output.Attributes.SetAttribute("class", $"tag {look}");
        output.Content.SetHtmlContent($"<span aria-hidden=\"true\">{sign}</span> ").Append(tongue.Word("state", Of));
    }
}

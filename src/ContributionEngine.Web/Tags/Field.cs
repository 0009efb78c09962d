using ContributionEngine.Core;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ContributionEngine.Web;

/// <summary>
/// <c>&lt;field name="amount" label="..." hint="..." error="Model.Refused"&gt;input&lt;/field&gt;</c>: a label, a hint, what was refused of this field in the same words as in the
/// summary, and the input inside, which takes <c>id</c> and <c>name</c> by itself and says <c>aria-describedby="NAME-said"</c>.
/// </summary>
[HtmlTargetElement("field")]
public sealed class Field(Tongue tongue) : TagHelper
{
    public string Name { get; set; } = "";

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    public Refusal? Error { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inside = await output.GetChildContentAsync();
        var refused = Error is null ? null : Error.Field == Name ? Error : Error.Errors.FirstOrDefault(error => error.Field == Name);
        (output.TagName, output.TagMode) = ("div", TagMode.StartTagAndEndTag);
        output.Attributes.SetAttribute("class", refused is null ? "field" : "field bad");
        output.Content.AppendHtml($"<label for=\"{Name}\">").Append(Label).AppendHtml($"</label><div id=\"{Name}-said\">");
        if (!string.IsNullOrEmpty(Hint)) output.Content.AppendHtml("<p class=\"hint\">").Append(Hint).AppendHtml("</p>");
        if (refused is not null) output.Content.AppendHtml("<p class=\"error\">").Append(tongue.Refusal(refused)).AppendHtml("</p>");
        output.Content.AppendHtml("</div>").AppendHtml(inside);
    }
}

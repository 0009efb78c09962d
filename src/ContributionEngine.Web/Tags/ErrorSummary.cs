using ContributionEngine.Core;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ContributionEngine.Web;

/// <summary><c>&lt;error-summary of="Model.Refused" /&gt;</c>: what was refused, above the page, with a link to the field that it is about, and where the keyboard goes on; nothing when nothing was.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorSummary(Tongue tongue) : TagHelper
{
    public Refusal? Of { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Of is null)
        {
            output.SuppressOutput();
            return;
        }

        (output.TagName, output.TagMode) = ("div", TagMode.StartTagAndEndTag);
        foreach (var (name, value) in new[] { ("class", "alert"), ("role", "alert"), ("tabindex", "-1"), ("id", "problem"), ("autofocus", "autofocus") }) output.Attributes.SetAttribute(name, value);
        output.Content.AppendHtml("<h2>").Append(tongue["error.heading"]).AppendHtml("</h2><ul>");
        foreach (var error in Of.Errors.Count > 0 ? Of.Errors : [Of])
        {
            output.Content.AppendHtml(error.Field is { } field ? $"<li><a href=\"#{System.Net.WebUtility.HtmlEncode(field)}\">" : "<li>").Append(tongue.Refusal(error)).AppendHtml(error.Field is null ? "</li>" : "</a></li>");
        }

        output.Content.AppendHtml("</ul>");
    }
}

using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;

namespace ContributionEngine.Web;

/// <summary><c>&lt;pager next="CURSOR" /&gt;</c>: on to the next page and back to the first, with the filters of this one.</summary>
[HtmlTargetElement("pager", TagStructure = TagStructure.WithoutEndTag)]
public sealed class Pager(Tongue tongue) : TagHelper
{
    private const string After = "after";

    /// <summary>Cursor of the next page; null or empty on the last.</summary>
    public string? Next { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var request = View.HttpContext.Request;
        var filters = request.Query.Where(pair => pair.Key != After).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value)).ToList();
        if (string.IsNullOrEmpty(Next) && !request.Query.ContainsKey(After))
        {
            output.SuppressOutput();
            return;
        }

        (output.TagName, output.TagMode) = ("p", TagMode.StartTagAndEndTag);
        output.Attributes.SetAttribute("class", "row pager");
        if (request.Query.ContainsKey(After)) Link(output, QueryHelpers.AddQueryString(request.Path, filters), "pager.first");
        if (!string.IsNullOrEmpty(Next)) Link(output, QueryHelpers.AddQueryString(request.Path, [.. filters, KeyValuePair.Create(After, (string?)Next)]), "pager.next");
    }

    private void Link(TagHelperOutput output, string address, string text)
    {
        var link = new TagBuilder("a");
        link.AddCssClass("btn second");
        link.Attributes["href"] = address;
        link.InnerHtml.Append(tongue[text]);
        output.Content.AppendHtml(link);
    }
}

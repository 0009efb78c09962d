using System.Net;
using System.Text.RegularExpressions;

namespace ContributionEngine.Web.Tests;

/// <summary>A form of a page, sent as a browser would, for steps that need no browser.</summary>
internal sealed partial class Form(HttpClient client, string path)
{
    /// <summary>Sends it to a handler of its page, with the token that the page has; gives the page that comes back.</summary>
    public async Task<string> Post(string? handler, params (string Name, string Value)[] fields)
    {
        var (status, page) = await Send(handler, fields);
        return status < 400 ? page : throw new InvalidOperationException($"{path} {handler}: {status}");
    }

    /// <summary>The same whatever comes back: its status, and the page.</summary>
    public Task<(int Status, string Page)> Send(string? handler, params (string Name, string Value)[] fields) => To(path, handler, fields);

    /// <summary>The same to another page than the one whose token it has.</summary>
    public async Task<(int Status, string Page)> To(string target, string? handler, params (string Name, string Value)[] fields)
    {
        using var shown = await client.GetAsync(path);
        var token = Token().Match(await shown.Content.ReadAsStringAsync()).Groups[1].Value;
        using var content = new FormUrlEncodedContent(fields.Append(("form", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var answer = await client.PostAsync(handler is null ? target : $"{target}?handler={handler}", content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The text of the first element of that name.</summary>
    public static string Shown(string page, string element) => WebUtility.HtmlDecode(Regex.Match(page, $"<{element}>([^<]*)</{element}>").Groups[1].Value);

    [GeneratedRegex("name=\"form\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

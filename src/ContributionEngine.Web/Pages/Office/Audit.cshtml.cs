using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Who did what, newest first, and whether every chain is whole.</summary>
[Allows(Access.Fund)]
public sealed class AuditModel : Screen
{
    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Subject { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public Page<ListedEvent>? Found { get; private set; }

    /// <summary>Links that were changed, where the chains were looked through; empty when all of them hold.</summary>
    public IReadOnlyList<string>? Breaks { get; private set; }

    public async Task<IActionResult> OnGet(string? after, bool verify)
    {
        if (!Day(From, "from").Ok(out var from, out var refusal) || !Day(To, "to").Ok(out var to, out refusal)) return Refuse(refusal);
        var where = new EventsWhere { Agreement = Given(Agreement), Actor = Given(Who), Subject = Given(Subject), From = from, To = to };
        if (!(await Listed(after, (lists, slice) => lists.AuditEvents(where, slice))).Ok(out var found, out refusal)) return Refuse(refusal);
        Found = found;
        if (verify) Breaks = [.. (await Database.Read(Actor, work => work.Proofs.Audit(), Stop)).Select(one => $"{one.Subject}: {one.Detail}")];
        return Page();
    }

    /// <summary>The agreement and days that are looked at, for the address of an extract.</summary>
    public QueryString Range => QueryString.Create(new[] { ("agreement", Agreement), ("from", From), ("to", To) }.Where(pair => Given(pair.Item2) is not null).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));

    /// <summary>What an event's document says, member by member.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(ListedEvent row)
    {
        using var document = JsonDocument.Parse(row.Document);
        return document.RootElement.ValueKind == JsonValueKind.Object ? [.. document.RootElement.EnumerateObject().Select(member => (member.Name.Replace('_', ' '), member.Value.ToString()))] : [("", row.Document)];
    }

    private static Outcome<DateOnly?> Day(string? typed, string field)
    {
        if (Given(typed) is not { } text) return (DateOnly?)null;
        return AsOf.ReadDay(text).Ok(out var day, out var refusal) ? day : refusal with { Field = field };
    }
}

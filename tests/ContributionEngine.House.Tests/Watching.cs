using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using YamlDotNet.RepresentationModel;

namespace ContributionEngine.House.Tests;

/// <summary>What is measured is shown, what is alerted on is measured, and every alert says what to do.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class Watching
{
    private const string Alerts = "deploy/prometheus/alerts.yaml";
    private const string Tried = "deploy/prometheus/alerts.test.yaml";
    private const string Dashboard = "deploy/grafana/contribution-engine.json";
    private const string Runbooks = "docs/runbooks";
    private const string Production = "docs/production.md";

    /// <summary>What the program measures, by the names that Prometheus knows.</summary>
    private static readonly string[] Metrics =
    [
        "contribution_engine_outbox_ready", "contribution_engine_outbox_in_flight", "contribution_engine_outbox_parked", "contribution_engine_outbox_oldest_age_seconds",
        "contribution_engine_outbox_published_total", "contribution_engine_relay_recycled_total", "contribution_engine_shards_owned",
        "contribution_engine_messages_handled_total", "contribution_engine_message_duration_seconds",
        "contribution_engine_chunks_pending", "contribution_engine_receipts_posted_total", "contribution_engine_remittances_unknown", "contribution_engine_cases_open",
        "contribution_engine_cutoffs_overdue", "contribution_engine_money_unbalanced", "contribution_engine_database_up", "contribution_engine_broker_up",
    ];

    // A login of the database, in documents that name metrics too.
    private static readonly string[] NoMetrics = ["contribution_engine_owner"];

    private static readonly string[] Sections = ["What it means", "Look", "Do", "Over"];

    private static IReadOnlyList<YamlNode> Rules => [.. Yaml.Read(Alerts)[0].At("groups").Items().SelectMany(group => group.At("rules").Items())];

    private static IReadOnlyList<YamlNode> Tests => [.. Yaml.Read(Tried)[0].At("tests").Items()];

    [Test]
    public void The_list_of_what_is_measured_is_the_program_s_own()
    {
        var measured = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Telemetry.Name) measured.Add(NameOf(instrument));
            },
        };
        RuntimeHelpers.RunClassConstructor(typeof(Telemetry).TypeHandle);
        _ = new Host.Watching(new Database(new Sqlite(""), TimeProvider.System), NullLogger.Instance);
        listener.Start();
        Assert.That(measured, Is.EquivalentTo(Metrics));
    }

    [Test]
    public void Whatever_is_shown_alerted_on_or_explained_is_measured() => Rule.Holds(
        from path in House.FilesIn("deploy", "*").Where(path => !path.EndsWith(".sql", StringComparison.Ordinal)).Concat(House.FilesIn(Runbooks, "*.md")).Append(Production)
        from name in Named(House.Text(path))
        where !Metrics.Contains(name) && !NoMetrics.Contains(name)
        select new Offence(path, name, $"{name} is not measured"));

    [Test]
    public void Whatever_is_measured_is_on_the_dashboard() => Rule.Holds(Metrics.Except(Named(string.Join('\n', Queries()))).Select(name => new Offence(Dashboard, name, $"{name} is on no panel")));

    [Test]
    public void The_panels_of_the_dashboard_have_a_name_and_a_place_of_their_own() => Assert.Multiple(() =>
    {
        Assert.That(Panels().Select(panel => panel.GetProperty("id").GetInt32()), Is.Unique);
        Assert.That(Panels().Select(panel => panel.GetProperty("title").GetString()), Has.All.Not.Empty);
        Assert.That(Panels().Select(panel => panel.GetProperty("gridPos")).Select(place => (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32())), Is.Unique);
    });

    [Test]
    public void Every_alert_says_how_bad_it_is_and_where_to_read_on() => Rule.Holds(
        from rule in Rules
        let name = rule.Text("alert")
        from fault in new[]
        {
            rule.Text("expr") == "" ? "has no expr" : null,
            rule.Text("for") == "" ? "has no for" : null,
            rule.Text("labels", "severity") is "critical" or "warning" or "info" ? null : "has no severity",
            rule.Text("annotations", "summary") == "" || rule.Text("annotations", "description") == "" ? "has no summary or description" : null,
            rule.Text("annotations", "runbook_url") == Page(name) ? null : $"does not lead to {Page(name)}",
        }
        where fault is not null
        select new Offence(Alerts, name, $"{name} {fault}"));

    [Test]
    public void Every_alert_has_its_runbook_and_every_runbook_its_alert()
    {
        var (wanted, there) = (Rules.Select(rule => Page(rule.Text("alert"))).ToList(), House.FilesIn(Runbooks, "*").ToList());
        Rule.Holds(wanted.Except(there).Select(page => new Offence(Alerts, page, $"{page} is missing")).Concat(there.Except(wanted).Select(page => new Offence(page, page, "no alert leads here"))));
    }

    [Test]
    public void Every_runbook_says_what_it_means_what_to_look_at_what_to_do_and_when_it_is_over() => Rule.Holds(
        from rule in Rules
        let name = rule.Text("alert")
        where House.Has(Page(name))
        let lines = Markdown.Read(Page(name)).Lines
        from fault in Sections.Where(section => !lines.Contains($"## {section}")).Select(section => $"has no section «{section}»")
            .Append(lines[0].StartsWith($"# {name}: ", StringComparison.Ordinal) ? null : $"is not headed by {name}")
            .Append(lines.Any(line => line.StartsWith($"Alert `{name}`, {rule.Text("labels", "severity")}: ", StringComparison.Ordinal)) ? null : "does not say its alert and how bad it is")
        where fault is not null
        select new Offence(Page(name), name, fault));

    [Test]
    public void The_table_of_alerts_in_the_document_is_complete() => Assert.That(
        Markdown.Read(Production).Table("## Metrics and alerts").Skip(1).Select(row => (row[0], row[1])),
        Is.EquivalentTo(Rules.Select(rule => (rule.Text("alert"), rule.Text("labels", "severity")))));

    [Test]
    public void Every_alert_is_tried_as_it_fires_and_as_it_does_not()
    {
        var alerts = Rules.Select(rule => rule.Text("alert")).ToList();
        Assert.That(Tests.SelectMany(Outcomes).Where(tried => tried.Fires).Select(tried => tried.Alert).Distinct(), Is.EquivalentTo(alerts));
        Assert.That(Tests.SelectMany(Outcomes).Where(tried => !tried.Fires).Select(tried => tried.Alert), Is.EquivalentTo(alerts));
    }

    // As Prometheus spells it.
    private static string NameOf(Instrument instrument) => $"{instrument.Name.Replace('.', '_')}{(instrument.Unit == "s" ? "_seconds" : "")}{(instrument is Counter<long> ? "_total" : "")}";

    private static IEnumerable<(string Alert, bool Fires)> Outcomes(YamlNode test) =>
        test.At("alert_rule_test").Items().Select(tried => (tried.Text("alertname"), tried.At("exp_alerts").Items().Any()));

    private static string Page(string alert) => $"{Runbooks}/{string.Join('-', Names.Words(alert)).ToLowerInvariant()}.md";

    private static IEnumerable<string> Named(string text) =>
        Metric().Matches(text).Select(match => match.Value).Select(name => Metrics.Contains(name) ? name : PartOfHistogram().Replace(name, "")).Distinct();

    private static IReadOnlyList<JsonElement> Panels()
    {
        using var dashboard = JsonDocument.Parse(House.Text(Dashboard));
        return [.. dashboard.RootElement.GetProperty("panels").EnumerateArray().Select(panel => panel.Clone())];
    }

    private static IEnumerable<string> Queries() =>
        Panels().Where(panel => panel.TryGetProperty("targets", out _)).SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!);

    [GeneratedRegex("contribution_engine_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex("_(?:bucket|sum|count)$")]
    private static partial Regex PartOfHistogram();
}

using System.Text.Json;
using System.Text.RegularExpressions;
using ContributionEngine.Core;
using ContributionEngine.Messaging;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ContributionEngine.House.Tests;

/// <summary>The deploy files hold together: they can be read, name what is there, and keep no secret.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class Deployment
{
    private const string Compose = "deploy/compose.yaml";
    private const string Example = "deploy/.env.example";
    private const string Kubernetes = "deploy/k8s";
    private const string Unit = "deploy/systemd/contribution-engine@.service";

    private const int SecondsToEnd = 10;

    private static readonly string[] Settings = ["DB", "BUS", "KEY", "OUTPUT", "OTLP", "FUND_DIR", "KEYS_DIR", "OIDC_AUTHORITY", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "WEBHOOK_ALLOW_LOCAL"];
    private static readonly string[] ReadByCompose = ["COMPOSE_PROFILES"];

    private static IEnumerable<string> Kustomizations => House.FilesIn(Kubernetes, "kustomization.yaml");

    [Test]
    public void Every_file_can_be_read() => Rule.Holds(
        from path in House.FilesIn("deploy", "*")
        let fault = path.EndsWith(".yaml", StringComparison.Ordinal) ? Unreadable(() => Yaml.Read(path)) : path.EndsWith(".json", StringComparison.Ordinal) ? Unreadable(() => JsonDocument.Parse(House.Text(path))) : null
        where fault is not null
        select new Offence(path, path, fault));

    [Test]
    public void Every_setting_is_one_that_the_program_reads() => Rule.Holds(
        from path in House.FilesIn("deploy", "*").Except(House.FilesIn("deploy/schema", "*")).Concat(House.FilesIn("docs/runbooks", "*.md")).Append("docs/production.md").Append("docs/backup.md")
        from match in Setting().Matches(House.Text(path))
        where !Settings.Contains(match.Groups[1].Value)
        select new Offence(path, match.Value, $"{match.Value} is no setting of the program"));

    [Test]
    public void What_a_kustomization_names_is_there() => Rule.Holds(
        from path in Kustomizations
        from named in Named(Yaml.Read(path)[0])
        where !House.Has($"{Folder(path)}/{named}")
        select new Offence(path, named, $"{named} is not there"));

    [Test]
    public void Every_manifest_is_named_by_its_kustomization_or_is_an_example() => Rule.Holds(
        from path in Kustomizations
        let named = Named(Yaml.Read(path)[0]).ToList()
        from manifest in House.FilesIn(Folder(path), "*.yaml")
        where Folder(manifest) == Folder(path) && manifest != path && !manifest.EndsWith(".example.yaml", StringComparison.Ordinal) && !named.Contains(Path.GetFileName(manifest))
        select new Offence(manifest, manifest, $"{path} does not name it"));

    [Test]
    public void The_variables_of_compose_are_those_of_its_example()
    {
        var compose = Variable().Matches(House.Text(Compose)).Select(match => match.Groups[1].Value).Concat(PassedOn()).ToHashSet();
        var example = Assignment().Matches(House.Text(Example)).Select(match => match.Groups[1].Value).ToHashSet();
        var used = Variable().Matches(House.Text(Example)).Select(match => match.Groups[1].Value).Concat(ReadByCompose);
        Rule.Holds(compose.Except(example).Select(name => new Offence(Example, name, $"{name} is missing")).Concat(example.Except(compose).Except(used).Select(name => new Offence(Example, name, $"nothing reads {name}"))));
    }

    [Test]
    public void No_password_stands_in_a_deploy_file() => Rule.Holds(
        from path in House.FilesIn("deploy", "*")
        from match in Password().Matches(House.Text(path))
        let value = match.Groups[1].Value
        where value != "PASSWORD" && !value.StartsWith('$') && !value.StartsWith('*') && !value.StartsWith('&')
        select new Offence(path, value, $"«{match.Value}» gives a password away"));

    [Test]
    public void What_the_image_copies_is_in_the_repository_and_let_through()
    {
        var ignore = House.Text("deploy/Dockerfile.dockerignore").Split('\n');
        Rule.Holds(
            from line in House.Text("deploy/Dockerfile").Split('\n')
            where line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)
            from source in line.Split(' ')[1..^1]
            let path = source.TrimStart('.', '/') is var plain && source.StartsWith("./", StringComparison.Ordinal) ? plain : source
            where !House.Has(path) || !ignore.Contains($"!{path}")
            select new Offence("deploy/Dockerfile", path, $"{path} is not there, or Dockerfile.dockerignore keeps it out"));
    }

    [Test]
    public void A_worker_has_the_same_memory_wherever_it_runs() => Assert.That(
        new[]
        {
            Yaml.Read(Compose)[0].Text("services", "worker", "deploy", "resources", "limits", "memory").TrimEnd('M'),
            Worker().At("spec", "template", "spec", "containers").Items().Single().Text("resources", "limits", "memory").Replace("Mi", "", StringComparison.Ordinal),
            Line(Unit, "MemoryMax=").TrimEnd('M'),
        },
        Has.All.EqualTo("300"));

    [Test]
    public void A_role_has_time_to_end_what_it_has_in_hand() => Assert.That(
        new[]
        {
            Yaml.Read(Compose)[0].Text("x-role", "stop_grace_period").TrimEnd('s'),
            Yaml.Read($"{Kubernetes}/base/role.yaml")[0].Text("spec", "template", "spec", "terminationGracePeriodSeconds"),
            Line(Unit, "TimeoutStopSec="),
        }.Select(seconds => int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)),
        Has.All.GreaterThan(SecondsToEnd));

    [Test]
    public void The_documents_name_every_queue_of_the_map()
    {
        var queues = MessageMap.Of(new Engine.FundChannels(_ => Refusal.Usage("none", "No channel is needed to read the map."))).Select(route => route.Queue).ToList();
        Assert.That(Markdown.Read("docs/production.md").Table("## Roles").Skip(1).SelectMany(row => row[3].Split(", ")).Select(name => name.Trim('`')).Where(name => name != ""), Is.EquivalentTo(queues));
        Assert.That(Purged().Match(House.Text("docs/backup.md")).Groups[1].Value.Split(' '), Is.EquivalentTo(queues.Append("dead-letters")));
    }

    private static YamlNode Worker() => Yaml.Read($"{Kubernetes}/base/worker.yaml")[0];

    private static string Line(string path, string start) => House.Text(path).Split('\n').Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..];

    private static string Folder(string path) => path[..path.LastIndexOf('/')];

    private static IEnumerable<string> Named(YamlNode kustomization) =>
        kustomization.At("resources").Texts().Concat(kustomization.At("components").Texts()).Concat(kustomization.At("patches").Items().Select(patch => patch.Text("path")).Where(path => path != ""));

    // A variable without a value is passed on as it is.
    private static IEnumerable<string> PassedOn() =>
        from pair in Yaml.Read(Compose)[0].Pairs()
        where pair.Key == "environment"
        from variable in pair.Value.Entries()
        where variable.Value is YamlScalarNode { Value: null or "" }
        select variable.Key;

    private static string? Unreadable(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception fault) when (fault is YamlException or JsonException)
        {
            return fault.Message;
        }
    }

    [GeneratedRegex("CONTRIBUTION_ENGINE_([A-Z_]+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();

    [GeneratedRegex("^#?([A-Z_]+)=", RegexOptions.Multiline)]
    private static partial Regex Assignment();

    [GeneratedRegex("""
        (?:password=|_PASS(?:WORD)?: |amqps?://[\w-]+:)([^;"'\s@]+)
        """, RegexOptions.IgnoreCase)]
    private static partial Regex Password();

    [GeneratedRegex("for queue in ([a-z -]+);")]
    private static partial Regex Purged();
}

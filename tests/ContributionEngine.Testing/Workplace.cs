using System.Text;
using System.Text.Json.Nodes;

namespace ContributionEngine.Testing;

/// <summary>A temporary folder with a database of its own, in which commands run; gone when disposed.</summary>
public sealed class Workplace : IDisposable, IAsyncDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("contribution-").FullName;

    /// <summary>The database file that commands use unless they name another.</summary>
    public string Database => PathOf("work.db");

    /// <summary>What the environment of its commands says; without another word, that they use the database file.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; set; } = Cli.OnFile;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a file as UTF-8 without a mark and gives its path.</summary>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>Runs a command line, whatever its end.</summary>
    public async Task<Answer> Run(string command)
    {
        using var running = Start(command);
        return await running.Ended();
    }

    /// <summary>Starts a command line and leaves it running.</summary>
    public RunningCommand Start(string command) => Cli.Start(Folder, command, Settings);

    /// <summary>Runs a step that must end with 0.</summary>
    public async Task<Answer> Ok(string command) => (await Run(command)).Exits(0);

    /// <summary>The data of a command that must end with 0.</summary>
    public async Task<JsonNode> Json(string command) => (await Ok($"{command} -o json")).Json;

    /// <summary>A table of <c>export</c>.</summary>
    public async Task<Table> Export(string what) => Table.Parse((await Ok($"export {what}")).Out);

    /// <summary>Takes in an agreement and its members and works out the schedule as of the agreement's first day.</summary>
    public async Task Begin(AgreementDraft agreement, IEnumerable<Person> members)
    {
        Write("agreement.json", agreement.Json);
        Write("members.csv", Members.Csv(members));
        await Ok("agreement import agreement.json");
        await Ok($"member import members.csv --agreement {agreement.Number}");
        await Ok($"schedule generate --agreement {agreement.Number} --as-of {agreement.Start}");
    }

    /// <summary>A workplace that starts with copies of all files of this one; nothing may be running here.</summary>
    public Workplace Copy()
    {
        var copy = new Workplace();
        foreach (var path in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var target = copy.PathOf(Path.GetRelativePath(Folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        return copy;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

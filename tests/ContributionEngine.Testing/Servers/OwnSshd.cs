using System.Diagnostics;

namespace ContributionEngine.Testing;

/// <summary>A fund's SFTP server of one test: OpenSSH with keys of its own, run as whoever runs the test.</summary>
public sealed class OwnSshd : OwnServer
{
    private const string Kind = "sshd";
    private const string Variable = "CONTRIBUTION_ENGINE_TEST_SFTP";
    private const string Settings = "config";

    private OwnSshd(string folder, string printed)
        : base(folder, Kind) => Address = ServersScript.Exported(printed, Variable);

    /// <summary>sftp address of its directory, with the user.</summary>
    public string Address { get; }

    public int Port => new Uri(Address).Port;

    /// <summary>The directory that the address names, as this machine sees it.</summary>
    public string Files => Path.Combine(Place, "files");

    /// <summary>File with the private key by which the user logs in.</summary>
    public string UserKey => Path.Combine(Place, "user_key");

    public static Task<OwnSshd> Create() => Made(Kind, (folder, printed) => new OwnSshd(folder, printed));

    /// <summary>The fingerprint of a host key as OpenSSH prints it.</summary>
    /// <param name="kind">ed25519 or ecdsa.</param>
    public string Fingerprint(string kind) => KeyTool($"-lf {HostKey(kind)}.pub").Split(' ')[1];

    /// <summary>Ends the server and starts it with new host keys.</summary>
    public async Task ChangeHostKeys()
    {
        foreach (var kind in new[] { "ed25519", "ecdsa" })
        {
            File.Delete(HostKey(kind));
            KeyTool($"-q -t {kind} -N \"\" -f {HostKey(kind)}");
        }

        await Restart("Subsystem sftp internal-sftp");
    }

    /// <summary>Ends the server and starts it so that it denies some requests, such as <c>rename</c>; none: as before.</summary>
    public Task Deny(string requests) => Restart($"ForceCommand internal-sftp{(requests.Length == 0 ? "" : $" -P {requests}")}");

    // Settings name a command once, by its first word.
    private async Task Restart(string setting)
    {
        var path = Path.Combine(Place, Settings);
        await Stop();
        var word = setting.Split(' ')[0];
        await File.WriteAllLinesAsync(path, [.. (await File.ReadAllLinesAsync(path)).Where(line => !line.StartsWith(word, StringComparison.Ordinal)), setting]);
        await Start();
    }

    private string HostKey(string kind) => Path.Combine(Place, $"host_{kind}");

    private static string KeyTool(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ssh-keygen", arguments) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"ssh-keygen {arguments} ended with {process.ExitCode}.");
    }
}

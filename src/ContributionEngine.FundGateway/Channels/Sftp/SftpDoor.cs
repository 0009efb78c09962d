using System.Net.Sockets;
using ContributionEngine.Engine;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace ContributionEngine.FundGateway;

/// <summary>Opens a session with a fund's SFTP server that has shown the agreed host key. Before that, nothing of ours is said to it.</summary>
internal static class SftpDoor
{
    private const string Pem = "-----BEGIN";

    /// <summary>The session, or why there is none.</summary>
    public static async Task<(SftpClient? Session, Handover? Trouble)> Open(SftpPlace place, FundPipeline numbers, CancellationToken stop)
    {
        // A server has keys of several kinds and shows one of the kind that is asked for; the agreed one may be of any.
        var shown = new List<string>();
        while (true)
        {
            var (session, otherKey, trouble) = await Try(place, numbers, shown, stop);
            if (session is not null) return (session, null);
            if (otherKey is null || shown.Contains(otherKey)) return (null, shown.Count == 0 ? trouble : Stranger(place, shown));
            shown.Add(otherKey);
        }
    }

    /// <summary>What went wrong on a session that was open, in words; null: nothing that a server or a network does.</summary>
    public static string? Words(Exception trouble) => trouble is SshException or SocketException or IOException or ObjectDisposedException ? FundText.Of(trouble.Message) : null;

    /// <summary>Why there is no session, in words.</summary>
    public static string Words(Handover trouble) => trouble switch
    {
        Handover.NotReached away => away.Why.Sentence,
        Handover.Mistrusted stranger => stranger.Why.Sentence,
        _ => throw new InvalidOperationException($"{trouble} is no reason for having no session."),
    };

    private static async Task<(SftpClient? Session, string? OtherKey, Handover? Trouble)> Try(SftpPlace place, FundPipeline numbers, List<string> shown, CancellationToken stop)
    {
        SftpClient? client = null;
        string? otherKey = null;
        try
        {
            client = new SftpClient(Connection(place, numbers, shown)) { OperationTimeout = numbers.AttemptMax };
            client.HostKeyReceived += (_, key) =>
            {
                var fingerprint = $"SHA256:{key.FingerPrintSHA256.TrimEnd('=')}";
                key.CanTrust = fingerprint == place.HostKey.TrimEnd('=');
                if (!key.CanTrust) otherKey = $"{key.HostKeyName} {fingerprint}";
            };
            await client.ConnectAsync(stop);
            return (client, null, null);
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested && Verdict(trouble, numbers) is not null)
        {
            client?.Dispose();
            return (null, otherKey, Verdict(trouble, numbers));
        }
    }

    private static Handover? Verdict(Exception trouble, FundPipeline numbers) => trouble switch
    {
        SshAuthenticationException => new Handover.NotReached("login_denied", $"the fund does not accept our credentials: {FundText.Of(trouble.Message):text}") { Wait = numbers.DeniedRest },
        SshConnectionException or SshOperationTimeoutException => new Handover.NotReached("not_reached", $"{FundText.Of(trouble.Message):text}"),
        SshException => new Handover.NotReached("key_unusable", $"the private key that channel.secret names cannot be used: {FundText.Of(trouble.Message):text}") { Wait = numbers.DeniedRest },
        _ => Words(trouble) is { } words ? new Handover.NotReached("not_reached", $"{words:text}") : null,
    };

    private static Handover.Mistrusted Stranger(SftpPlace place, List<string> shown) => new(
        "host_key", $"The host key of {place.Address:address} has changed, or somebody else listens there: the agreement has {place.HostKey:key}, and shown was {string.Join(", ", shown):keys}. Nothing was sent.");

    private static ConnectionInfo Connection(SftpPlace place, FundPipeline numbers, List<string> shown)
    {
        var connection = new ConnectionInfo(place.Host, place.Port, place.User, Methods(place)) { Timeout = numbers.ConnectTimeout, RetryAttempts = 1 };
        var unwanted = connection.HostKeyAlgorithms.Keys.Where(name => name.Contains("-cert-", StringComparison.Ordinal) || shown.Any(key => KindOf(key) == KindOf(name))).ToList();
        foreach (var name in unwanted) connection.HostKeyAlgorithms.Remove(name);
        return connection;
    }

    private static AuthenticationMethod[] Methods(SftpPlace place)
    {
        var secret = place.Secret.Value;
        if (secret.StartsWith(Pem, StringComparison.Ordinal))
        {
            return [new PrivateKeyAuthenticationMethod(place.User, new PrivateKeyFile(new MemoryStream(System.Text.Encoding.ASCII.GetBytes($"{secret}\n"))))];
        }

        var asked = new KeyboardInteractiveAuthenticationMethod(place.User);
        asked.AuthenticationPrompt += (_, questions) =>
        {
            foreach (var question in questions.Prompts) question.Response = secret;
        };
        return [new PasswordAuthenticationMethod(place.User, secret), asked];
    }

    // «ecdsa-sha2-nistp256 SHA256:...»; one key of RSA goes by several names.
    private static string KindOf(string key) => key.Split(' ')[0] is var name && name.Contains("rsa", StringComparison.Ordinal) ? "rsa" : name;
}

using ContributionEngine.Core;

namespace ContributionEngine.FundGateway;

/// <summary>Where a fund's SFTP server is, who we are there, and by which key it proves to be the fund.</summary>
/// <param name="Directory">As the server names it; <c>.</c> is where a login begins.</param>
/// <param name="HostKey">Fingerprint as OpenSSH prints it, such as <c>SHA256:...</c>.</param>
internal sealed record SftpPlace(string Host, int Port, string User, string Directory, string HostKey)
{
    private const int SshPort = 22;
    private const string Home = "/~/";

    /// <summary>A password, or a private key as PEM; kept out of what a record prints.</summary>
    public required Lazy<string> Secret { get; init; }

    /// <summary>What the circuit is about.</summary>
    public string Address => $"sftp://{Host}:{Port}";

    /// <summary>Reads <c>sftp://user@host:port/directory</c>; <c>/~/directory</c> is below where a login begins. Refusals: <c>sftp_place_malformed</c>, <c>secret_missing</c>.</summary>
    public static Outcome<SftpPlace> Of(Channel channel)
    {
        if (!Uri.TryCreate(channel.Url, UriKind.Absolute, out var url) || url.UserInfo.Length == 0 || url.UserInfo.Contains(':', StringComparison.Ordinal))
        {
            return Refusal.Input("sftp_place_malformed", $"channel.url «{channel.Url}» is not of the form sftp://user@host:port/directory, without a password.") with { Particulars = Particulars.Of(null, ("url", channel.Url)) };
        }

        if (!Secrets.Of(channel.Secret!).Ok(out var secret, out var refusal)) return refusal;
        var path = Uri.UnescapeDataString(url.AbsolutePath).TrimEnd('/');
        var directory = path.Length == 0 || path == "/~" ? "." : path.StartsWith(Home, StringComparison.Ordinal) ? path[Home.Length..] : path;
        return new SftpPlace(url.Host, url.Port > 0 ? url.Port : SshPort, Uri.UnescapeDataString(url.UserInfo), directory, channel.HostKey!) { Secret = new Lazy<string>(secret) };
    }

    /// <summary>A name in the directory.</summary>
    public string PathOf(string name) => $"{Directory}/{name}";

    /// <summary>Another directory: below this one, unless it begins at the root.</summary>
    public string Below(string directory) => directory.StartsWith('/') ? directory.TrimEnd('/') : PathOf(directory.TrimEnd('/'));
}

namespace ContributionEngine.Core;

/// <summary>What each kind of channel must say in an agreement file.</summary>
internal static class ChannelChecks
{
    public static Refusal? Fault(this Channel channel)
    {
        if (channel.AnswersDueDays is < 1 or > 366) return No("answers_due_days", "must be 1 to 366");
        return channel.Kind switch
        {
            "simulator" => null,
            "folder" => Needed(channel, ("path", channel.Path)),
            "http" => Needed(channel, ("url", channel.Url)) ?? Safe("url", channel.Url) ?? Safe("status_url", channel.StatusUrl) ?? Safe("answers", channel.Answers) ?? Http(channel),
            "sftp" => Needed(channel, ("url", channel.Url), ("secret", channel.Secret), ("host_key", channel.HostKey)) ?? Address("url", channel.Url, "sftp"),
            "message" => Needed(channel, ("url", channel.Url), ("secret", channel.Secret)) ?? Safe("url", channel.Url, "amqp", "amqps"),
            _ => No("kind", $"«{channel.Kind}» is not simulator, folder, http, sftp or message"),
        };
    }

    private static Refusal? Http(Channel channel) => channel.Auth switch
    {
        ChannelAuth.ApiKey => Needed(channel, ("secret", channel.Secret)),
        ChannelAuth.Oauth2 => Needed(channel, ("token_url", channel.TokenUrl), ("client_id", channel.ClientId), ("secret", channel.Secret)) ?? Safe("token_url", channel.TokenUrl),
        ChannelAuth.Mtls => Needed(channel, ("certificate", channel.Certificate)),
        _ => null,
    };

    private static Refusal? Needed(Channel channel, params ReadOnlySpan<(string Field, string? Value)> fields)
    {
        foreach (var (field, value) in fields)
        {
            if (string.IsNullOrWhiteSpace(value)) return No(field, $"is required for a channel of kind {channel.Kind}");
        }

        return null;
    }

    // Whoever listens between us and the fund could read along, and the secret with it.
    private static Refusal? Safe(string field, string? text, string plain = "http", string secure = "https") =>
        text is null ? null : Address(field, text, plain, secure) ?? (new Uri(text) is { IsLoopback: false } address && address.Scheme == plain ? No(field, $"«{text}» is not {secure}; only an address of this machine may do without") : null);

    private static Refusal? Address(string field, string? text, params string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme)
            ? null
            : No(field, $"«{text}» is not an address that begins with {string.Join(" or ", schemes.Select(scheme => $"{scheme}://"))}");

    private static Refusal No(string field, string what) => AgreementFile.Invalid($"channel.{field}", what);
}

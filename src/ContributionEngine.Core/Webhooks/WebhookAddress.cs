using System.Net;
using System.Net.Sockets;

namespace ContributionEngine.Core;

/// <summary>Where a message may be sent: to the public internet over https, so that nobody reaches what stands behind our own walls through us.</summary>
public static class WebhookAddress
{
    /// <summary>Longest address, in characters.</summary>
    public const int LengthMax = 400;

    private static readonly string[] LocalNames = ["localhost", "local", "internal", "lan", "home.arpa"];

    // Everything of IPv4 that is not one host of the internet (IANA special-purpose registry, multicast and reserved).
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // Of IPv6 only this is given out; of it, these lead elsewhere or nowhere.
    private static readonly IPNetwork GivenOut = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] NotGivenOut = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    /// <summary>True for one host of the internet. An IPv4 address in the clothes of IPv6 is none.</summary>
    public static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !NotPublic.Any(network => network.Contains(address)),
        AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6 && address.ScopeId == 0 && GivenOut.Contains(address) && !NotGivenOut.Any(network => network.Contains(address)),
        _ => false,
    };

    /// <summary>Reads an address as somebody gives it. Refusals: <c>webhook_url_refused</c>.</summary>
    /// <param name="mayBeLocal">Also plain http, and addresses of our own network.</param>
    public static Outcome<Uri> Read(string text, bool mayBeLocal)
    {
        if (text.Length > LengthMax) return TooLong(text);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0) return Refused(text, "it is no address such as https://receiver.example/hooks");
        if (url.AbsoluteUri.Length > LengthMax) return TooLong(text);
        if (url.Scheme != "https" && !(mayBeLocal && url.Scheme == "http")) return Refused(text, "it does not begin with https://");
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0) return Refused(text, "it holds a user or a fragment");
        return mayBeLocal || !IsLocal(url) ? url : Refused(text, "it leads to no public host");
    }

    private static bool IsLocal(Uri url) => IPAddress.TryParse(url.DnsSafeHost, out var address)
        ? !IsPublic(address)
        : !url.DnsSafeHost.Contains('.', StringComparison.Ordinal) || LocalNames.Any(name => $".{url.DnsSafeHost.TrimEnd('.')}".EndsWith($".{name}", StringComparison.OrdinalIgnoreCase));

    private static Refusal TooLong(string text) => Refused(text.Length > LengthMax ? text[..LengthMax] : text, $"it is longer than {LengthMax} characters");

    private static Refusal Refused(string text, string why) => Refusal.Input("webhook_url_refused", $"Nothing is sent to «{text}»: {why}.") with
    {
        Field = "url", Value = text, Help = "Give a public address that begins with https://; for a receiver in your own network an operator sets webhook_allow_local.",
    };
}

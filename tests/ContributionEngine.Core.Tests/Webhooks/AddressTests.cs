using System.Net;

namespace ContributionEngine.Core.Tests.Webhooks;

/// <summary>Where events may be sent.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AddressTests
{
    [TestCase("https://receiver.example/hooks")]
    [TestCase("https://receiver.example:8443/hooks?token=1")]
    [TestCase("https://93.184.216.34/")]
    [TestCase("https://[2606:2800:220:1::]/")]
    public void A_public_address_over_https_is_taken(string url) => Assert.That(WebhookAddress.Read(url, mayBeLocal: false).Refusal, Is.Null);

    [TestCase("http://169.254.169.254/latest/meta-data")]
    [TestCase("https://169.254.169.254/latest/meta-data")]
    [TestCase("http://receiver.example/hooks")]
    [TestCase("https://localhost/")]
    [TestCase("https://db/")]
    [TestCase("https://metadata.google.internal/")]
    [TestCase("https://127.1/")]
    [TestCase("https://2130706433/")]
    [TestCase("https://0x7f.0.0.1/")]
    [TestCase("https://[::1]/")]
    [TestCase("https://[::ffff:93.184.216.34]/")]
    [TestCase("https://user:secret@receiver.example/")]
    [TestCase("https://receiver.example/#part")]
    [TestCase("ftp://receiver.example/")]
    [TestCase("receiver.example")]
    public void Anything_else_is_refused(string url) => Assert.That(WebhookAddress.Read(url, mayBeLocal: false).Refusal!.Code, Is.EqualTo("webhook_url_refused"));

    [Test]
    public void An_address_that_is_too_long_is_refused() => Assert.Multiple(() =>
    {
        Assert.That(WebhookAddress.Read($"https://receiver.example/{new string('a', 375)}", mayBeLocal: false).Refusal, Is.Null);
        Assert.That(WebhookAddress.Read($"https://receiver.example/{new string('a', 376)}", mayBeLocal: false).Refusal, Is.Not.Null);
    });

    [TestCase("http://127.0.0.1:8080/hooks")]
    [TestCase("https://intranet/hooks")]
    public void Where_an_operator_allows_it_a_receiver_may_be_near(string url) => Assert.That(WebhookAddress.Read(url, mayBeLocal: true).Refusal, Is.Null);

    [TestCase("0.0.0.0"), TestCase("10.255.255.255"), TestCase("100.64.0.1"), TestCase("100.127.255.255"), TestCase("127.0.0.1"), TestCase("169.254.169.254"), TestCase("172.16.0.1"), TestCase("172.31.255.255")]
    [TestCase("192.0.0.1"), TestCase("192.0.2.1"), TestCase("192.88.99.1"), TestCase("192.168.1.1"), TestCase("198.18.0.1"), TestCase("198.51.100.1"), TestCase("203.0.113.1"), TestCase("224.0.0.1"), TestCase("255.255.255.255")]
    [TestCase("::"), TestCase("::1"), TestCase("::ffff:8.8.8.8"), TestCase("64:ff9b::a00:1"), TestCase("100::1"), TestCase("2001::1"), TestCase("2001:db8::1"), TestCase("2002:a00:1::1"), TestCase("fc00::1"), TestCase("fd00:ec2::254"), TestCase("fe80::1"), TestCase("fe80::1%3"), TestCase("ff02::1")]
    public void What_is_no_host_of_the_internet_is_not_public(string address) => Assert.That(WebhookAddress.IsPublic(IPAddress.Parse(address)), Is.False);

    [TestCase("8.8.8.8"), TestCase("9.255.255.255"), TestCase("11.0.0.0"), TestCase("100.63.255.255"), TestCase("100.128.0.0"), TestCase("172.15.255.255"), TestCase("172.32.0.0"), TestCase("223.255.255.255"), TestCase("2606:4700::1111"), TestCase("2a00:1450::1")]
    public void What_is_beside_such_an_address_is_public(string address) => Assert.That(WebhookAddress.IsPublic(IPAddress.Parse(address)), Is.True);
}

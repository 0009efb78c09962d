using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ContributionEngine.Core;
using ContributionEngine.Testing;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace ContributionEngine.Engine.Tests.Announcing;

/// <summary>A receiver checks what it hears with an implementation of Standard Webhooks that is not ours.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class SigningTests
{
    [Test]
    public async Task What_a_receiver_hears_is_signed_under_its_secret()
    {
        await using var receiver = await Receiver.Open();
        var endpoint = await receiver.Listen("upload.committed");
        await receiver.Upload();
        await receiver.Drain();
        var heard = receiver.Heard.Single();
        Assert.That(Verifies(endpoint.Secret!, heard), Is.True);
        Assert.That(Verifies(endpoint.Secret!, heard with { Body = heard.Body.Replace("committed", "withdrawn", StringComparison.Ordinal) }), Is.False);
        Assert.That(Verifies(WebhookSignature.Secret(new byte[32]), heard), Is.False);
    }

    [Test]
    public async Task The_program_that_the_document_shows_verifies_what_a_receiver_hears()
    {
        await using var receiver = await Receiver.Open();
        var endpoint = await receiver.Listen("*");
        await Test(receiver, endpoint);
        var heard = receiver.Heard.Single();
        Assert.That(await Documented(receiver, endpoint.Secret!, heard), Is.EqualTo(Receiver.Id(heard)));
        Assert.That(await Documented(receiver, endpoint.Secret!, heard with { Body = heard.Body + " " }), Is.Empty);
    }

    [Test]
    public async Task A_message_of_six_minutes_ago_is_refused()
    {
        await using var receiver = await Receiver.Open();
        receiver.Desk.Clock.Move(TimeSpan.FromMinutes(-6));
        var endpoint = await receiver.Listen("*");
        _ = (await receiver.Replay.Test(Desk.Treasurer, endpoint.Endpoint, CancellationToken.None)).Value;
        await receiver.Drain();
        Assert.That(Verifies(endpoint.Secret!, receiver.Heard.Single()), Is.False);
    }

    [Test]
    public async Task For_24_hours_after_a_rotation_both_secrets_verify_and_then_the_new_one_alone()
    {
        await using var receiver = await Receiver.Open();
        receiver.Desk.Clock.Move(TimeSpan.FromHours(-24));
        var first = await receiver.Listen("*");
        var second = (await receiver.Keep.Rotate(Desk.Treasurer, first.Endpoint, CancellationToken.None)).Value;
        receiver.Desk.Clock.Move(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await Test(receiver, first);
        Assert.That((Verifies(first.Secret!, receiver.Heard[0]), Verifies(second.Secret!, receiver.Heard[0])), Is.EqualTo((true, true)));
        receiver.Desk.Clock.Move(TimeSpan.FromSeconds(1));
        await Test(receiver, first);
        Assert.That((Verifies(first.Secret!, receiver.Heard[1]), Verifies(second.Secret!, receiver.Heard[1])), Is.EqualTo((false, true)));
    }

    private static async Task Test(Receiver receiver, KnownEndpoint endpoint)
    {
        _ = (await receiver.Replay.Test(Desk.Treasurer, endpoint.Endpoint, CancellationToken.None)).Value;
        await receiver.Drain();
    }

    private static async Task<string> Documented(Receiver receiver, string secret, Heard heard)
    {
        var program = Shown().Match(await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "webhooks.md"))).Groups[1].Value;
        receiver.Desk.Place.Write("verify.py", $"{program}\nimport json\n\nheard = json.load(open('heard.json'))\nprint(verify([heard['Secret']], heard['Headers'], heard['Body'].encode()))\n");
        receiver.Desk.Place.Write("heard.json", JsonSerializer.Serialize(new { Secret = secret, heard.Headers, heard.Body }));
        using var python = Process.Start(new ProcessStartInfo("python3", ["verify.py"]) { WorkingDirectory = receiver.Desk.Place.Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return said.Trim();
    }

    [GeneratedRegex("```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shown();

    // The header may hold several signatures, of which one has to fit; this implementation looks at the first alone.
    private static bool Verifies(string secret, Heard heard) => heard.Headers[WebhookSignature.SignatureHeader].Split(' ').Any(signature => Verifies(secret, heard, signature));

    private static bool Verifies(string secret, Heard heard, string signature)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in heard.Headers) headers[name] = value;
        headers[WebhookSignature.SignatureHeader] = signature;
        try
        {
            new StandardWebhook(secret, WebhookConfigurationOptions.StandardWebhooks).Verify(heard.Body, headers);
            return true;
        }
        catch (WebhookVerificationException)
        {
            return false;
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Takes in an answer that the fund sends by itself, signed with the secret of the agreement's channel: hex HMAC-SHA256 of the body. What is
/// signed is kept, read or not; what is not signed is not looked at.
/// </summary>
/// <param name="secrets">The secret at a place that an agreement names.</param>
public sealed class CallBack(Database database, Func<string, Outcome<string>> secrets)
{
    /// <summary>Reason of the case of a callback whose signature fails; at most one a day.</summary>
    public const string BadSignature = "answer_signature";

    private const string Way = "callback";

    private static readonly Actor Engine = new("engine");

    /// <summary>True when the body is kept. Refusals: <c>signature_wrong</c>, also where there is no such agreement.</summary>
    /// <param name="signature">What the header <c>X-Signature-SHA256</c> says; null: nothing.</param>
    public async Task<Outcome<bool>> Run(string number, byte[] body, string? signature, CancellationToken stop)
    {
        var found = await database.Read(Engine, work => work.Agreements.Find(number), stop);
        if (!found.Ok(out var agreement, out _)) return Wrong();
        var place = agreement.Agreement.Channel.Secret;
        var secret = place is null ? Refusal.Input("secret_missing", "The agreement's channel names no secret.") : secrets(place);
        if (!secret.Ok(out var key, out var missing) || !IsSigned(body, key, signature))
        {
            await database.Write(Engine, work => Complain(work, agreement, missing), stop);
            return Wrong();
        }

        // The fund of one organisation says nothing of another's remittances.
        await database.Write(new Actor($"fund {agreement.Agreement.Fund.Code}", agreement.OrganisationId), async work =>
        {
            var held = await work.Agreements.GetToChange(agreement.Id);
            var file = new RawAnswer($"{Way} {InstantText.Of(work.Now)}", body, Way);
            await TakenAnswers.Take(work, held, [file]);
        }, stop);
        return true;
    }

    private static bool IsSigned(byte[] body, string key, string? signature)
    {
        Span<byte> said = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return signature is { Length: HMACSHA256.HashSizeInBytes * 2 }
            && Convert.FromHexString(signature, said, out _, out var written) == System.Buffers.OperationStatus.Done && written == said.Length
            && CryptographicOperations.FixedTimeEquals(said, HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body));
    }

    private static Task<int> Complain(Work work, StoredAgreement agreement, Refusal? missing)
    {
        var why = missing?.Detail ?? "The signature is not that of the body under the channel's secret.";
        var today = AsOf.DayIn(work.Now, agreement.Agreement);
        return work.Cases.Open(agreement.Id, today, [new NewCase(BadSignature, $"{agreement.Number} {today:yyyy-MM-dd}", null, $"Somebody sent an answer by callback that was not taken. {why:why}", missing is null ? null : "no_secret")]);
    }

    private static Refusal Wrong() => new Refusal(RefusalKind.NotAllowed, "signature_wrong", "The answer is not signed as it must be.") with { Help = "Send X-Signature-SHA256: the hex HMAC-SHA256 of the body under the secret of the agreement's channel." };
}

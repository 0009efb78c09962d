using System.Collections.Concurrent;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using RabbitMQ.Client;

namespace ContributionEngine.FundGateway;

/// <summary>A fund's exchange on RabbitMQ: one persistent message per remittance, named by its reference and confirmed by the broker. Answers come in a queue.</summary>
internal sealed class MessageChannel(FundCalls calls) : IFundChannel, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, AnswerQueue> queues = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim opening = new(1);

    public string Kind => "message";

    public bool IsSafeToRepeat => false;

    public async Task<Handover> Deliver(SealedRemittance remittance, CancellationToken stop)
    {
        if (!MessagePlace.Of(remittance.Channel).Ok(out var place, out var refusal)) return new Handover.NotReached(refusal) { Wait = calls.Numbers.DeniedRest };
        await using var content = remittance.Open();
        if (content.Length > FundPipeline.MessageBytesMax) return new Handover.Refused("too_large", $"The file has {content.Length:bytes} bytes; a message carries at most {FundPipeline.MessageBytesMax:most}.");
        var body = new byte[content.Length];
        await content.ReadExactlyAsync(body, stop);
        return await calls.Try(place.Address, body.Length, token => Publish(place, remittance, body, token), stop);
    }

    public Task<Handover> Ask(SealedRemittance remittance, CancellationToken stop) => Task.FromResult<Handover>(remittance.Channel.Idempotent
        // It promises to take a repeat once, so a repeat after a while is as good as an answer.
        ? new Handover.NotFound()
        : new Handover.NobodyToAsk("exchange_unasked", $"The broker did not confirm message {remittance.Reference:reference}, and an exchange cannot be asked: ask the fund whether it has it."));

    public async Task<IReadOnlyList<PickedAnswer>> Answers(SealedRemittance remittance, CancellationToken stop)
    {
        if (remittance.Channel.Answers is not { } name) return [];
        if (!MessagePlace.Of(remittance.Channel).Ok(out var place, out var refusal)) throw new IOException(refusal.Detail);
        return await calls.Look(place.Address, async token =>
        {
            try
            {
                return await (await QueueOf(place, name, token)).Look(token);
            }
            catch (Exception trouble) when (!token.IsCancellationRequested && MessageTrouble.OfConnecting(trouble, calls.Numbers) is not null)
            {
                throw new IOException($"The queue «{name}» of {place.Address} cannot be read: {FundText.Of(trouble.Message)}", trouble);
            }
        }, stop);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in queues.Values) await queue.DisposeAsync();
        opening.Dispose();
    }

    private async Task<Handover> Publish(MessagePlace place, SealedRemittance remittance, byte[] body, CancellationToken stop)
    {
        IConnection connection;
        try
        {
            connection = await place.Connect(calls.Numbers, stop);
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested && MessageTrouble.OfConnecting(trouble, calls.Numbers) is { } verdict)
        {
            return verdict;
        }

        await using (connection)
        {
            try
            {
                var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true, outstandingPublisherConfirmationsRateLimiter: null), stop);
                // Never by a cancelled token, which leaves the channel's count of confirms in disorder.
                await channel.BasicPublishAsync(place.Exchange, place.RoutingKey, mandatory: true, Properties(remittance), body, CancellationToken.None).AsTask().WaitAsync(stop);
                return new Handover.Delivered(null);
            }
            catch (Exception trouble) when (!stop.IsCancellationRequested && MessageTrouble.OfPublishing(trouble, place, calls.Numbers) is { } verdict)
            {
                return verdict;
            }
            finally
            {
                await connection.CloseAsync(Constants.ReplySuccess, "done", TimeSpan.FromSeconds(2), abort: true, CancellationToken.None);
            }
        }
    }

    private static BasicProperties Properties(SealedRemittance remittance) => new()
    {
        MessageId = remittance.Reference,
        Type = "remittance",
        ContentType = "application/octet-stream",
        DeliveryMode = DeliveryModes.Persistent,
        Headers = new Dictionary<string, object?> { ["sha256"] = remittance.Sha256, ["file_name"] = remittance.FileName, ["format"] = remittance.Channel.Format },
    };

    // One that has broken is left, and what it held comes again.
    private async Task<AnswerQueue> QueueOf(MessagePlace place, string name, CancellationToken stop)
    {
        await opening.WaitAsync(stop);
        try
        {
            var key = $"{place.Login} {name}";
            if (queues.TryGetValue(key, out var open) && open.IsOpen) return open;
            if (queues.TryRemove(key, out var broken)) await broken.DisposeAsync();
            return queues[key] = await AnswerQueue.Open(place, name, calls.Numbers, stop);
        }
        finally
        {
            opening.Release();
        }
    }
}

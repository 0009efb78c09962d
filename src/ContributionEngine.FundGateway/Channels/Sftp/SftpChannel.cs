using System.Security.Cryptography;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Sftp;

namespace ContributionEngine.FundGateway;

/// <summary>
/// A fund's SFTP server: written under a temporary name, its size compared, then renamed to a name that must be free. The final
/// name standing with the same SHA-256 means delivered. Answers stand in a directory, <c>answers</c> unless the agreement names one.
/// </summary>
internal sealed class SftpChannel(FundCalls calls) : IFundChannel
{
    private readonly AnswerDirectory answers = new();

    public string Kind => "sftp";

    public bool IsSafeToRepeat => true;

    public Task<Handover> Deliver(SealedRemittance remittance, CancellationToken stop) => With(remittance, async (session, place, token) =>
    {
        var path = place.PathOf(remittance.FileName);
        var temporary = $"{path}.{Path.GetRandomFileName()}.part";
        try
        {
            if (await session.ExistsAsync(path, token)) return await Standing(session, path, remittance, token);
            await Write(session, temporary, remittance, token);
        }
        catch (Exception trouble) when (!token.IsCancellationRequested && SftpDoor.Words(trouble) is { } words)
        {
            // Nothing has the final name yet, so the fund has nothing.
            return new Handover.NotReached($"{place.Address} {place.Directory}: {words}");
        }

        return await Rename(session, (temporary, path), remittance, token);
    }, stop);

    public Task<Handover> Ask(SealedRemittance remittance, CancellationToken stop) => With(remittance, async (session, place, token) =>
    {
        // A directory that is away says nothing about what is in it.
        if (!await session.ExistsAsync(place.Directory, token)) return new Handover.NotReached($"{place.Address} has no directory {place.Directory}.");
        var path = place.PathOf(remittance.FileName);
        return await session.ExistsAsync(path, token) ? await Standing(session, path, remittance, token) : new Handover.NotFound();
    }, stop);

    public async Task<IReadOnlyList<PickedAnswer>> Answers(SealedRemittance remittance, CancellationToken stop)
    {
        if (!SftpPlace.Of(remittance.Channel).Ok(out var place, out var refusal)) throw new IOException(refusal.Detail);
        return await calls.Look(place.Address, async token =>
        {
            var (session, trouble) = await SftpDoor.Open(place, calls.Numbers, token);
            if (session is null) throw new IOException(SftpDoor.Words(trouble!));
            using (session)
            {
                try
                {
                    return await Pick(session, (place.Address, place.Below(remittance.Channel.Answers ?? AnswerDirectory.Default)), token);
                }
                catch (Exception broken) when (broken is not IOException && !token.IsCancellationRequested && SftpDoor.Words(broken) is { } words)
                {
                    throw new IOException($"{place.Address}: {words}", broken);
                }
            }
        }, stop);
    }

    private async Task<Handover> With(SealedRemittance remittance, Func<SftpClient, SftpPlace, CancellationToken, Task<Handover>> work, CancellationToken stop)
    {
        if (!SftpPlace.Of(remittance.Channel).Ok(out var place, out var refusal)) return new Handover.NotReached($"{refusal.Detail} {refusal.Help}".Trim()) { Wait = calls.Numbers.DeniedRest };
        await using var sized = remittance.Open();
        return await calls.Try(place.Address, sized.Length, async token =>
        {
            var (session, trouble) = await SftpDoor.Open(place, calls.Numbers, token);
            if (session is null) return trouble!;
            using (session)
            {
                try
                {
                    return await work(session, place, token);
                }
                catch (Exception broken) when (!token.IsCancellationRequested && SftpDoor.Words(broken) is { } words)
                {
                    return new Handover.Unknown($"{place.Address}: {words}");
                }
            }
        }, stop);
    }

    private static async Task Write(SftpClient session, string temporary, SealedRemittance remittance, CancellationToken stop)
    {
        await using var content = remittance.Open();
        await session.UploadFileAsync(content, temporary, canOverride: false, cancellationToken: stop);
        var written = (await session.GetAttributesAsync(temporary, stop)).Size;
        if (written != content.Length) throw new IOException($"{written} of {content.Length} bytes arrived");
    }

    // SSH_FXP_RENAME fails where the name is taken; "posix-rename" would overwrite it.
    private async Task<Handover> Rename(SftpClient session, (string From, string To) names, SealedRemittance remittance, CancellationToken stop)
    {
        try
        {
            await session.RenameFileAsync(names.From, names.To, stop);
            return new Handover.Delivered(null);
        }
        catch (SshException no) when (no is not SshConnectionException and not SshOperationTimeoutException)
        {
            if (await session.ExistsAsync(names.To, stop)) return await Standing(session, names.To, remittance, stop);
            return new Handover.NotReached($"the server does not rename {names.From}: {FundText.Of(no.Message)}") { Wait = calls.Numbers.DeniedRest };
        }
    }

    private static async Task<Handover> Standing(SftpClient session, string path, SealedRemittance remittance, CancellationToken stop)
    {
        await using var ours = remittance.Open();
        var isSame = (await session.GetAttributesAsync(path, stop)).Size == ours.Length;
        if (isSame)
        {
            await using var theirs = await session.OpenAsync(path, FileMode.Open, FileAccess.Read, stop);
            isSame = Convert.ToHexStringLower(await SHA256.HashDataAsync(theirs, stop)) == remittance.Sha256;
        }

        return isSame ? new Handover.Delivered(null) : new Handover.Refused("name_taken", $"{remittance.FileName} is there already with other content.");
    }

    private async Task<IReadOnlyList<PickedAnswer>> Pick(SftpClient session, (string Address, string Path) directory, CancellationToken stop)
    {
        if (!await session.ExistsAsync(directory.Path, stop)) return [];
        var listed = new List<ListedAnswer>();
        await foreach (var file in session.ListDirectoryAsync(directory.Path, stop))
        {
            if (file.IsRegularFile && !file.Name.Contains('/', StringComparison.Ordinal)) listed.Add(Listed(file.Name, file.Attributes));
        }

        return await answers.Pick($"{directory.Address}{directory.Path}", listed, async file =>
        {
            try
            {
                var path = $"{directory.Path}/{file.Name}";
                await using var stream = await session.OpenAsync(path, FileMode.Open, FileAccess.Read, stop);
                if (await Bounded.Read(stream, FundPipeline.AnswerBytesMax, stop) is not { } content) return null;
                return (content, Listed(file.Name, await session.GetAttributesAsync(path, stop)));
            }
            catch (SftpPermissionDeniedException denied)
            {
                throw new UnauthorizedAccessException(denied.Message, denied);
            }
            catch (SftpPathNotFoundException)
            {
                // The fund has taken it away since it was listed.
                return null;
            }
        });
    }

    private static ListedAnswer Listed(string name, SftpFileAttributes attributes) => new(name, attributes.Size, attributes.LastWriteTimeUtc);
}

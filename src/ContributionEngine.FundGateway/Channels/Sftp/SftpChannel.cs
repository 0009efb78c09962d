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
            if (await Write(session, temporary, remittance, token) is var (written, all) && written != all) return new Handover.NotReached("cut_short", $"{place.Address:address} {place.Directory:directory}: {written:bytes} of {all:all} bytes arrived");
        }
        catch (Exception trouble) when (!token.IsCancellationRequested && SftpDoor.Words(trouble) is { } words)
        {
            // Nothing has the final name yet, so the fund has nothing.
            return new Handover.NotReached("directory_failed", $"{place.Address:address} {place.Directory:directory}: {words:text}");
        }

        return await Rename(session, (temporary, path), remittance, token);
    }, stop);

    public Task<Handover> Ask(SealedRemittance remittance, CancellationToken stop) => With(remittance, async (session, place, token) =>
    {
        // A directory that is away says nothing about what is in it.
        if (!await session.ExistsAsync(place.Directory, token)) return new Handover.NotReached("directory_missing", $"{place.Address:address} has no directory {place.Directory:directory}.");
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
        if (!SftpPlace.Of(remittance.Channel).Ok(out var place, out var refusal)) return new Handover.NotReached(refusal) { Wait = calls.Numbers.DeniedRest };
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
                    return new Handover.Unknown("session_broken", $"{place.Address:address}: {words:text}");
                }
            }
        }, stop);
    }

    // How many bytes arrived, of how many.
    private static async Task<(long Written, long All)> Write(SftpClient session, string temporary, SealedRemittance remittance, CancellationToken stop)
    {
        await using var content = remittance.Open();
        await session.UploadFileAsync(content, temporary, canOverride: false, cancellationToken: stop);
        return ((await session.GetAttributesAsync(temporary, stop)).Size, content.Length);
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
            return new Handover.NotReached("not_renamed", $"the server does not rename {names.From:file}: {FundText.Of(no.Message):text}") { Wait = calls.Numbers.DeniedRest };
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

        return isSame ? new Handover.Delivered(null) : new Handover.Refused("name_taken", $"{remittance.FileName:file} is there already with other content.");
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

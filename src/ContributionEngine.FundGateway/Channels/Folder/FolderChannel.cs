using System.Security.Cryptography;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.FundGateway;

/// <summary>
/// A directory that the fund reads: written under a temporary name, flushed, then renamed. The final name standing with the
/// same SHA-256 means delivered. Answers of any kind stand in its sub-directory <c>answers</c>, or where the agreement says.
/// </summary>
internal sealed class FolderChannel : IFundChannel
{
    private readonly AnswerDirectory answers = new();

    public string Kind => "folder";

    public bool IsSafeToRepeat => true;

    public async Task<Handover> Deliver(SealedRemittance remittance, CancellationToken stop)
    {
        var path = PathOf(remittance);
        try
        {
            if (File.Exists(path)) return await Standing(path, remittance, stop);
            var temporary = $"{path}.{Path.GetRandomFileName()}.part";
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await using var content = remittance.Open();
                await content.CopyToAsync(file, stop);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: false);
            return new Handover.Delivered(null);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return new Handover.NotReached("folder_failed", $"{remittance.Channel.Path:path}: {trouble.Message:text}");
        }
    }

    public async Task<Handover> Ask(SealedRemittance remittance, CancellationToken stop)
    {
        var path = PathOf(remittance);
        if (!Directory.Exists(remittance.Channel.Path)) return new Handover.NotReached("folder_missing", $"The folder {remittance.Channel.Path:path} is not there.");
        return File.Exists(path) ? await Standing(path, remittance, stop) : new Handover.NotFound();
    }

    public Task<IReadOnlyList<PickedAnswer>> Answers(SealedRemittance remittance, CancellationToken stop)
    {
        var directory = new DirectoryInfo(Path.Combine(remittance.Channel.Path!, remittance.Channel.Answers ?? AnswerDirectory.Default));
        if (!directory.Exists) return Task.FromResult<IReadOnlyList<PickedAnswer>>([]);
        return answers.Pick(directory.FullName, directory.EnumerateFiles().Where(file => file.LinkTarget is null).Select(Listed), async file =>
        {
            var there = new FileInfo(Path.Combine(directory.FullName, file.Name));
            if (!there.Exists) return null;
            await using var stream = new FileStream(there.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (await Bounded.Read(stream, FundPipeline.AnswerBytesMax, stop) is not { } content) return null;
            there.Refresh();
            return there.Exists ? (content, Listed(there)) : null;
        });
    }

    private static ListedAnswer Listed(FileInfo file) => new(file.Name, file.Length, file.LastWriteTimeUtc);

    private static string PathOf(SealedRemittance remittance) => Path.Combine(remittance.Channel.Path!, Path.GetFileName(remittance.FileName));

    private static async Task<Handover> Standing(string path, SealedRemittance remittance, CancellationToken stop)
    {
        await using var file = File.OpenRead(path);
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop));
        return sha256 == remittance.Sha256
            ? new Handover.Delivered(null)
            : new Handover.Refused("name_taken", $"{Path.GetFileName(path):file} is there already with other content.");
    }
}

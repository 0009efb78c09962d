using System.Collections.Concurrent;
using ContributionEngine.Engine;

namespace ContributionEngine.FundGateway;

/// <summary>A file of a directory of answers as it was listed.</summary>
/// <param name="Name">Data from outside: shown, and joined to nothing but the directory that listed it.</param>
internal sealed record ListedAnswer(string Name, long Bytes, DateTime ChangedAt);

/// <summary>
/// Picks answers up from directories, where they stay. What is still being written is left for the next look, and what has been
/// stored for good is not read again by this process.
/// </summary>
internal sealed class AnswerDirectory
{
    /// <summary>The directory below the channel's own, unless the agreement names one.</summary>
    public const string Default = "answers";

    // Names by which programs mark what they have not finished.
    private static readonly string[] Unfinished = [".part", ".partial", ".tmp", ".temp", ".filepart", ".writing"];

    private readonly ConcurrentDictionary<(string Directory, ListedAnswer File), bool> taken = new();

    /// <param name="directory">Tells directories apart, also those of different funds.</param>
    /// <param name="listed">What stands there now.</param>
    /// <param name="read">Reads a file and gives it as it is listed after that; null when it has grown above the limit, or is gone.</param>
    public async Task<IReadOnlyList<PickedAnswer>> Pick(string directory, IEnumerable<ListedAnswer> listed, Func<ListedAnswer, Task<(byte[] Content, ListedAnswer After)?>> read)
    {
        var answers = new List<PickedAnswer>();
        foreach (var file in listed.Where(file => IsFinished(file) && !taken.ContainsKey((directory, file))).OrderBy(file => file.Name, StringComparer.Ordinal).Take(FundPipeline.AnswersMax))
        {
            if (await One(directory, file, read) is { } answer) answers.Add(answer);
        }

        return answers;
    }

    // A file that cannot be read is named, and stops no other.
    private async Task<PickedAnswer?> One(string directory, ListedAnswer file, Func<ListedAnswer, Task<(byte[] Content, ListedAnswer After)?>> read)
    {
        if (file.Bytes > FundPipeline.AnswerBytesMax) return Picked(directory, file, []) with { Trouble = $"it has {file.Bytes} bytes; the longest that is read has {FundPipeline.AnswerBytesMax}" };
        try
        {
            return await read(file) is var (content, after) && after == file && content.Length == file.Bytes ? Picked(directory, file, content) : null;
        }
        catch (UnauthorizedAccessException denied)
        {
            return Picked(directory, file, []) with { Trouble = $"it may not be read: {FundText.Of(denied.Message)}" };
        }
    }

    private static bool IsFinished(ListedAnswer file) =>
        file.Bytes > 0 && !file.Name.StartsWith('.') && !file.Name.EndsWith('~') && !Unfinished.Any(end => file.Name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private PickedAnswer Picked(string directory, ListedAnswer file, byte[] content) => new(FundText.Of(file.Name), content)
    {
        Taken = _ =>
        {
            taken[(directory, file)] = true;
            return Task.CompletedTask;
        },
    };
}

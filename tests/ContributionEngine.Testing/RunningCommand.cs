using System.Diagnostics;
using System.Text;

namespace ContributionEngine.Testing;

/// <summary>A command at work: wait for its end, for a line that it says, or kill it as a power cut would.</summary>
public sealed class RunningCommand : IDisposable
{
    private readonly string command;
    private readonly Process process;
    private readonly StringBuilder said = new();
    private readonly SemaphoreSlim news = new(0);
    private readonly Task<string> output;
    private readonly Task reading;

    internal RunningCommand(string command, Process process)
    {
        (this.command, this.process) = (command, process);
        process.StandardInput.Close();
        output = process.StandardOutput.ReadToEndAsync();
        reading = Listen();
    }

    public int Pid => process.Id;

    public bool IsAlive => !process.HasExited;

    /// <summary>What it has said on standard error so far.</summary>
    public string Said
    {
        get
        {
            lock (said) return said.ToString();
        }
    }

    /// <summary>Waits for the end and gives what is left behind.</summary>
    public async Task<Answer> Ended()
    {
        using var patience = new CancellationTokenSource(Cli.Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"'{command}' did not end within {Cli.Patience}: {Said}");
        }

        await reading;
        return new Answer(command, process.ExitCode, await output, Said);
    }

    /// <summary>Waits until standard error holds the words; false when the command ended without saying them.</summary>
    public async Task<bool> Says(string words)
    {
        while (!Said.Contains(words, StringComparison.Ordinal))
        {
            if (reading.IsCompleted) return Said.Contains(words, StringComparison.Ordinal);
            await Task.WhenAny(news.WaitAsync(), reading);
        }

        return true;
    }

    /// <summary>Kill -9 after a time; false when the command had ended before.</summary>
    public async Task<bool> KilledAfter(TimeSpan time)
    {
        using var patience = new CancellationTokenSource(time);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync();
            return true;
        }
    }

    /// <summary>Kill -9 as soon as a file or folder of that name is there; false when the command had ended before.</summary>
    public async Task<bool> KilledWhenThereIs(string path)
    {
        var there = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        watcher.Created += (_, _) => there.TrySetResult();
        watcher.EnableRaisingEvents = true;
        if (Path.Exists(path)) there.TrySetResult();
        await Task.WhenAny(there.Task, process.WaitForExitAsync());
        return await KilledAfter(TimeSpan.Zero);
    }

    /// <summary>Kill -9 at once, and waits until it is gone; a process that has ended before stays so.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as an operator's machine does (SIGTERM), and gives what is left behind and how long that took.</summary>
    public async Task<(Answer Answer, TimeSpan Took)> Stop()
    {
        var begun = Stopwatch.GetTimestamp();
        await Signal("TERM");
        var answer = await Ended();
        return (answer, Stopwatch.GetElapsedTime(begun));
    }

    /// <summary>Freezes the process where it is: it holds what it holds and does nothing more.</summary>
    public Task Freeze() => Signal("STOP");

    /// <summary>Lets a frozen process go on, as if no time had passed.</summary>
    public Task Thaw() => Signal("CONT");

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
        news.Dispose();
    }

    private async Task Signal(string name)
    {
        using var signal = Process.Start("kill", [$"-{name}", $"{Pid}"]);
        await signal.WaitForExitAsync();
    }

    private async Task Listen()
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            lock (said) said.AppendLine(line);
            news.Release();
        }
    }
}

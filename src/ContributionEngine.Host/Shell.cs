using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary>What a command did: the answer to print, if any, and the exit code.</summary>
internal sealed record Reply(object? Answer, int Exit = 0);

/// <summary>A command being run: its parsed line, its open session and the way to print.</summary>
internal sealed record Run(ParseResult Line, Session Session, Printer Printer, bool DryRun)
{
    public string? AsOf => Line.GetValue(Globals.AsOf);
}

/// <summary>What is the same for every command: opening, dry run, printing, and the exit code of every way to end.</summary>
internal static class Shell
{
    /// <summary>A command that changes things: one writer, <c>--dry-run</c>, and the pipeline run until idle at its end.</summary>
    public static Command Writes(this Command command, Func<Run, CancellationToken, Task<Outcome<Reply>>> action) => command.Writes(Access.Officers, action);

    public static Command Writes(this Command command, Access access, Func<Run, CancellationToken, Task<Outcome<Reply>>> action)
    {
        command.Add(Globals.DryRun);
        command.Add(Globals.AsOf);
        command.Add(Globals.Wait);
        command.Add(Globals.NoWait);
        return command.Does(new Opening(true, access), action);
    }

    /// <summary>A command that only looks.</summary>
    public static Command Reads(this Command command, Func<Run, CancellationToken, Task<Outcome<Reply>>> action) => command.Reads(Access.Users, action);

    public static Command Reads(this Command command, Access access, Func<Run, CancellationToken, Task<Outcome<Reply>>> action) => command.Does(new Opening(false, access), action);

    /// <summary>A command about the schema, which may be behind.</summary>
    public static Command OnSchema(this Command command, bool writes, Func<Run, CancellationToken, Task<Outcome<Reply>>> action) => command.Does(new Opening(writes, Access.Anyone) { IsAboutSchema = true }, action);

    /// <summary>A command that needs no database.</summary>
    public static Command Alone(this Command command, Func<ParseResult, Printer, CancellationToken, Task<Outcome<Reply>>> action)
    {
        command.SetAction((line, stop) => Guarded(new Settings(line), false, printer => action(line, printer, stop), stop));
        return command;
    }

    /// <summary>A command that needs no database and makes none, but looks into the one that is there.</summary>
    public static Command LooksIn(this Command command, Func<ParseResult, Printer, Work?, Task<Outcome<Reply>>> action)
    {
        command.SetAction((line, stop) =>
        {
            var settings = new Settings(line);
            return Guarded(settings, false, async printer =>
            {
                if (!Session.IsThere(settings)) return await action(line, printer, null);
                if (!(await Session.Open(settings, new Opening(false, Access.Anyone), stop)).Ok(out var session, out var refusal)) return refusal;
                await using (session) return await session.Database.Read(session.Actor, work => action(line, printer, work), stop);
            }, stop);
        });
        return command;
    }

    private static Command Does(this Command command, Opening how, Func<Run, CancellationToken, Task<Outcome<Reply>>> action)
    {
        command.SetAction((line, stop) =>
        {
            var settings = new Settings(line);
            var dryRun = how.Writes && !how.IsAboutSchema && line.GetValue(Globals.DryRun);
            return Guarded(settings, dryRun, async printer =>
            {
                if (!(await Session.Open(settings, how, stop)).Ok(out var session, out var refusal)) return refusal;
                using var trace = how.Writes ? new CommandTrace(command.Name) : null;
                await using (session)
                {
                    var run = new Run(line, session, printer, dryRun);
                    return dryRun ? await session.Database.DryRun(session.Actor, () => action(run, stop), stop) : await action(run, stop);
                }
            }, stop);
        });
        return command;
    }

    internal static async Task<int> Guarded(Settings settings, bool dryRun, Func<Printer, Task<Outcome<Reply>>> action, CancellationToken stop)
    {
        var printer = new Printer(settings.Output, dryRun);
        try
        {
            if (!(settings.Fault() is { } fault ? fault : await action(printer)).Ok(out var reply, out var refusal))
            {
                printer.Refuse(refusal);
                return (int)refusal.Kind;
            }

            if (reply.Answer is not null) printer.Print(reply.Answer);
            return reply.Exit;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.Error.WriteLine("interrupted: the unit in hand was rolled back; run the command again to go on.");
            return 130;
        }
        catch (Exception outside) when (Outside(settings, outside) is { } refusal)
        {
            printer.Refuse(refusal);
            return (int)refusal.Kind;
        }
        catch (Exception unexpected)
        {
            return Bug(unexpected);
        }
    }

    // The edge of the program: what nobody expected becomes exit 1 with its trace, for whoever mends it.
    private static int Bug(Exception failure)
    {
        Console.Error.WriteLine($"error[bug]: {failure.Message}");
        Console.Error.WriteLine("help: nothing of the step in hand was kept; report this with the lines below.");
        Console.Error.WriteLine(failure);
        return 1;
    }

    private static Refusal? Outside(Settings settings, Exception failure) => (Dialect.Of(settings.Db).Ok(out var dialect, out _) ? Schema.Outage(dialect, failure) : null) ?? failure switch
    {
        WorkersSilentException => new Refusal(RefusalKind.OutsideDown, "workers_silent", failure.Message) with { Help = "Start a worker ('contribution-engine worker'); do not run the command again." },
        UnauthorizedAccessException denied => Refusal.Usage("file_not_readable", denied.Message),
        FileNotFoundException or DirectoryNotFoundException => Refusal.Usage("file_missing", failure.Message),
        IOException io => new Refusal(RefusalKind.OutsideDown, "io_failed", io.Message),
        _ => null,
    };
}

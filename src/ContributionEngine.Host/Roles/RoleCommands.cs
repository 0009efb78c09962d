using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary>What a process does for the engine.</summary>
[Flags]
internal enum Role
{
    /// <summary>Shows how the engine is doing; portal and API come here.</summary>
    Web = 1,

    /// <summary>Posts receipts, cuts remittances, matches bank entries.</summary>
    Worker = 2,

    /// <summary>Speaks to the fund.</summary>
    Gateway = 4,

    /// <summary>Begins settlement runs at their cut-offs and brings agreements to the day.</summary>
    Scheduler = 8,

    All = Web | Worker | Gateway | Scheduler,
}

/// <summary><c>serve</c>, <c>worker</c>, <c>gateway</c>: processes that run until they are asked to end.</summary>
internal static class RoleCommands
{
    private const string OwnAddress = "http://127.0.0.1:8080";

    /// <summary>A unit in hand that is busy elsewhere is put off rather than waited for.</summary>
    private static readonly TimeSpan BusyPatience = TimeSpan.FromSeconds(2);

    private static readonly string[] Names = ["web", "worker", "gateway", "scheduler"];

    public static Command Serve()
    {
        var roles = new Option<string>("--roles") { Description = "Which roles this process has, parted by commas (default: all of web,worker,gateway,scheduler)", DefaultValueFactory = _ => string.Join(',', Names) };
        roles.Validators.Add(asked =>
        {
            foreach (var unknown in Words(asked.GetValueOrDefault<string>()).Except(Names)) asked.AddError($"--roles: «{unknown}» is none of {string.Join(", ", Names)}.");
        });
        var urls = new Option<string>("--urls") { Description = "Address to answer on", DefaultValueFactory = _ => OwnAddress };
        return new Command("serve", "Run the engine until interrupted: workers, the fund's gateway, the scheduler, and pages about how it is doing") { roles, urls }
            .Runs((settings, line, stop) => Run(settings, (Words(line.GetRequiredValue(roles)).Aggregate((Role)0, (all, word) => all | Enum.Parse<Role>(word, ignoreCase: true)), line.GetRequiredValue(urls)), stop));
    }

    public static Command Alone(Role role, string description)
    {
        var urls = Make.Maybe("--urls", "Address to answer on about health and metrics (default: none)");
        return new Command(role.ToString().ToLowerInvariant(), description) { urls }.Runs((settings, line, stop) => Run(settings, (role, line.GetValue(urls)), stop));
    }

    private static Command Runs(this Command command, Func<Settings, ParseResult, CancellationToken, Task<Outcome<Reply>>> run)
    {
        command.SetAction((line, stop) =>
        {
            var settings = new Settings(line);
            return Shell.Guarded(settings, false, _ => run(settings, line, stop), CancellationToken.None);
        });
        return command;
    }

    private static async Task<Outcome<Reply>> Run(Settings settings, (Role Roles, string? Urls) asked, CancellationToken stop)
    {
        if (!(await Session.Open(settings, new Opening(true, Access.Anyone) { AgreementPatience = BusyPatience }, stop)).Ok(out var session, out var refusal)) return refusal;
        await using (session)
        {
            await using var host = new RoleHost(session, asked.Roles);
            return await host.Run(asked.Urls, stop);
        }
    }

    private static string[] Words(string? text) => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

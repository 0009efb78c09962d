using System.CommandLine;

namespace ContributionEngine.Host;

/// <summary>Every command of the program, by noun.</summary>
internal static class Commands
{
    public static RootCommand Root()
    {
        var root = new RootCommand("Contribution collection and remittance for group registration agreements.")
        {
            Globals.Db, Globals.Bus, Globals.Key, Globals.Output,
        };
        foreach (var command in All()) root.Add(command);
        return root;
    }

    private static IEnumerable<Command> All() =>
    [
        DemoCommand.Verb(),
        AgreementCommands.Noun(),
        MemberCommands.Noun(),
        ScheduleCommands.Noun(),
        UploadCommands.Noun(),
        SettlementCommands.Noun(),
        RemittanceCommands.Noun(),
        BankCommands.Noun(),
        ProofCommands.Cases(),
        ExplainCommand.Verb(),
        ProofCommands.Export(),
        ProofCommands.Verify(),
        AuditCommands.Noun(),
        OutboxCommands.Noun(),
        PackCommands.Noun(),
        PackCommands.Calendar(),
        SeriesCommands.Noun(),
        ProofCommands.Db(),
        SimulatorCommand.Verb(),
    ];
}

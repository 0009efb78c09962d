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
        RoleCommands.Serve(),
        RoleCommands.Alone(Role.Worker, "Run a worker until interrupted: posts receipts, cuts remittances, matches bank entries"),
        RoleCommands.Alone(Role.Gateway, "Run the gateway to the fund until interrupted: hands over, asks, takes in answers"),
        AgreementCommands.Noun(),
        MemberCommands.Noun(),
        ScheduleCommands.Noun(),
        UploadCommands.Noun(),
        SettlementCommands.Noun(),
        NoticeCommands.Noun(),
        PeriodCommands.Noun(),
        RemittanceCommands.Noun(),
        AcknowledgementCommands.Noun(),
        BankCommands.Noun(),
        ReceiptCommands.Noun(),
        SuspenseCommands.Noun(),
        ClaimCommands.Noun(),
        FeeCommands.Noun(),
        CaseCommands.Noun(),
        ExplainCommand.Verb(),
        LedgerCommands.Noun(),
        ReportCommands.Noun(),
        StatementCommands.Noun(),
        ProofCommands.Export(),
        ProofCommands.Verify(),
        AuditCommands.Noun(),
        OutboxCommands.Noun(),
        PackCommands.Noun(),
        PackCommands.Calendar(),
        SeriesCommands.Noun(),
        ProofCommands.Db(),
        DoctorCommand.Verb(),
        UserCommands.Noun(),
        KeyCommands.Noun(),
        WebhookCommands.Noun(),
        SimulatorCommand.Verb(),
    ];
}

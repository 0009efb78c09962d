namespace ContributionEngine.Host;
internal sealed class Demo(string directory, Printer printer)
{
    public Task<ContributionEngine.Core.Outcome<Reply>> Run(Settings settings, CancellationToken stop) { _ = (directory, printer, settings, stop); return Task.FromResult<ContributionEngine.Core.Outcome<Reply>>(new Reply(null)); }
}

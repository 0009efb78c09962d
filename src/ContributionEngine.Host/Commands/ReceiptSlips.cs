using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;

namespace ContributionEngine.Host;

/// <summary><c>receipt print | sms</c>.</summary>
internal static class ReceiptSlipCommands
{
    private static readonly Argument<string?> No = new("NO") { Description = "One receipt, as 'export receipts' names it; or its receipt number, with --agreement", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Upload = Make.Maybe("--upload", "All receipts of this upload");
    private static readonly Option<string?> Member = Make.Maybe("--member", "All receipts of this member, with --agreement");
    private static readonly Option<string?> Agreement = Make.Maybe("--agreement", "Number of the agreement");

    public static Command Print()
    {
        var format = Papers.Format("pdf (four slips to a page of A4) | html (the same, or for a till roll)", ["pdf", "html"]);
        var thermal = new Option<int?>("--thermal") { Description = "Width of a till roll in millimetres: 58 | 80; with --format html" };
        thermal.AcceptOnlyFromAmong([.. ReceiptsHtml.Rolls.Select(roll => $"{roll}")]);
        return new Command("print", "Slips for members to keep: what was paid, what for, what is still owed, and a code that shows that the slip is one of ours") { No, Upload, Member, Agreement, format, thermal, Papers.Language, Papers.Out }.Reads(async (run, stop) =>
        {
            var (form, roll, path) = (run.Line.GetRequiredValue(format), run.Line.GetValue(thermal), run.Line.GetRequiredValue(Papers.Out));
            if (roll is not null && form != "html") return Refusal.Usage("roll_is_html", "A till roll is printed from a page.") with { Help = "Add --format html, or leave out --thermal." };
            var (title, language) = (Name(run), run.Line.GetValue(Papers.Language));
            var printed = await new PrintReceipts(run.Session.Database).Run(run.Session.Actor, Wanted(run), async slips =>
            {
                await using var file = File.Create(path);
                if (form == "pdf") await ReceiptsPdf.Write(slips, (title, language), file, stop);
                else await ReceiptsHtml.Write(slips, (title, language, roll), file, stop);
            }, stop);
            return printed.Ok(out var count, out var refusal) ? new Reply(new { slips = count, format = form, file = path }) : refusal;
        });
    }

    public static Command Sms() => new Command("sms", "Text messages for members, one of 160 letters each, as a table to send from elsewhere: nothing is sent here") { No, Upload, Member, Agreement, Papers.Language }.Reads(async (run, stop) =>
    {
        var messages = new List<object>();
        var written = await new PrintReceipts(run.Session.Database).Run(run.Session.Actor, Wanted(run), async slips =>
        {
            await foreach (var slip in slips.WithCancellation(stop))
            {
                var text = ReceiptSms.Of(slip);
                messages.Add(new { slip.Receipt, slip.MemberNo, slip.Phone, slip.Language, letters = text.Length, text });
            }
        }, stop);
        return written.Ok(out _, out var refusal) ? new Reply(messages) : refusal;
    });

    private static SlipsWanted Wanted(Run run) => new()
    {
        Receipt = run.Line.GetValue(No), Upload = run.Line.GetValue(Upload), Member = run.Line.GetValue(Member), Agreement = run.Line.GetValue(Agreement), PublicUrl = Settings.PublicUrl, Language = run.Line.GetValue(Papers.Language),
    };

    private static string Name(Run run) => run.Line.GetValue(No) ?? run.Line.GetValue(Upload) ?? run.Line.GetValue(Member) ?? "";
}

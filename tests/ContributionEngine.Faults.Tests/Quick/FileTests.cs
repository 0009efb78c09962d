using ContributionEngine.Testing;

namespace ContributionEngine.Faults.Tests;

/// <summary>The same file comes again, in whatever dress, while two workers post it.</summary>
[Category("Quick")]
internal sealed class FileTests : FaultTest
{
    private const int NothingWritten = 7;
    private const int SomeLeftOut = 3;
    private const double CutAt = 0.6;

    private static readonly string Agreement = Season.Agreement(1);

    private string Next => $"{Agreement}-next.csv";

    // Receipts that no file of the season has.
    private IReadOnlyList<Paid> Rows => [.. Stack.Season.Receipts(Agreement, Stack.Season.Files + 1)];

    [Test]
    public async Task The_same_file_that_two_send_at_once_is_posted_once()
    {
        await Begun();
        Stack.Place.Write(Next, Receipts.Csv(Rows));
        var both = await Task.WhenAll(Submit(Next), Submit(Next));
        Assert.That(both.Select(one => one.Exit).Order(), Is.EqualTo(new[] { 0, NothingWritten }), $"{both[0]}\n{both[1]}");
        await AssertOnce();
    }

    [Test]
    public async Task The_same_bytes_under_another_name_are_refused_while_the_first_are_posted()
    {
        await Begun();
        Stack.Place.Write(Next, Receipts.Csv(Rows));
        await Stack.Commands.Staged(Next, Agreement);
        Stack.Place.Write("renamed.csv", Receipts.Csv(Rows));
        Assert.That((await Submit("renamed.csv -o json")).Problem.At("code"), Is.EqualTo("F08"));
        await AssertOnce();
    }

    // Both may be committed before either is posted: then what the first has posted is left out of the other's chunks.
    [Test]
    public async Task The_same_receipts_in_two_files_that_are_sent_at_once_are_posted_once()
    {
        await Begun();
        Stack.Place.Write(Next, Receipts.Csv(Rows));
        Stack.Place.Write("turned.csv", Receipts.Csv(Rows.Reverse()));
        foreach (var one in await Task.WhenAll(Submit(Next), Submit("turned.csv"))) one.Exits(0, SomeLeftOut);
        await AssertOnce();
    }

    [Test]
    public async Task A_file_of_which_one_row_is_changed_posts_no_row_twice()
    {
        await Begun();
        Stack.Place.Write(Next, Receipts.Csv(Rows));
        await Stack.Commands.Staged(Next, Agreement);
        var changed = Chance.Below(Rows.Count);
        Stack.Place.Write("changed.csv", Receipts.Csv(Rows.Select((row, i) => i == changed ? row with { Amount = "1.00" } : row)));
        await Submit("changed.csv --only-ready");
        await AssertOnce();
    }

    [Test]
    public async Task A_file_that_came_cut_is_completed_by_the_whole_one()
    {
        await Begun();
        var whole = Receipts.Csv(Rows);
        Stack.Place.Write("cut.csv", whole[..(int)(whole.Length * CutAt)]);
        Stack.Place.Write(Next, whole);
        (await Submit("cut.csv --only-ready")).Exits(0, SomeLeftOut);
        await Submit($"{Next} --only-ready");
        await AssertOnce();
    }

    private async Task Begun()
    {
        await Begin();
        await Task.WhenAll(Stack.Worker(), Stack.Worker());
    }

    private Task<Answer> Submit(string file) => Stack.Commands.Run($"upload submit {file} --agreement {Agreement} --as-of {Season.AsOf}");

    private async Task AssertOnce()
    {
        await Stack.Idle();
        var posted = (await Stack.Books.Rows($"select receipt_no, amount::text from receipt r join agreement a on a.id = r.agreement_id where live = 1 and number = '{Agreement}' and receipt_no like '{Agreement}-{Stack.Season.Files + 1}-%'")).Select(row => $"{row[0]} {row[1]}");
        var verify = await Stack.Commands.Run("verify");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(posted.Order(StringComparer.Ordinal), Is.EqualTo(Rows.Select(row => $"{row.ReceiptNo} {row.Amount.Replace(".", "", StringComparison.Ordinal)}")), Chance.Replay);
            Assert.That(await Stack.Books.Faults(), Is.Empty, Chance.Replay);
            Assert.That(verify.Exit, Is.Zero, $"{Chance.Replay}\n{verify}");
        }
    }
}

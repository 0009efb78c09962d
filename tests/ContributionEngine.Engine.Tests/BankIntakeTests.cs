using System.Text;
using ContributionEngine.Files;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>What bank files come to in the books: each booking once, whichever messages list it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BankIntakeTests
{
    private const string Header = "booked_on,amount,bank_reference,text,balance,account,currency\n";
    private const string Monday = "2026-05-04,10.00,B1,,110.00,A1,EUR\n2026-05-04,5.00,,cash,115.00,A1,EUR\n";
    private const string Tuesday = "2026-05-05,5.00,,cash,120.00,A1,EUR\n";

    [Test]
    public async Task A_statement_is_booked_and_the_next_one_follows_it()
    {
        await using var desk = await Desk.Open();
        Assert.That(await Import(desk, Header + Monday, Header + Tuesday), Is.EqualTo(new[] { "booked first", "booked ok" }));
        Assert.That(await Entries(desk), Is.EqualTo(new[] { "2026-05-04 1000", "2026-05-04 500", "2026-05-05 500" }));
    }

    [Test]
    public async Task Files_are_taken_in_the_order_of_their_statements()
    {
        await using var desk = await Desk.Open();
        Assert.That(await Import(desk, Header + Tuesday, Header + Monday), Is.EqualTo(new[] { "booked first", "booked ok" }));
    }

    [Test]
    public async Task The_same_statement_again_is_a_duplicate_and_brings_nothing()
    {
        await using var desk = await Desk.Open();
        await Import(desk, Header + Monday);
        Assert.That((await Import(desk, Header + Monday), (await Entries(desk)).Length), Is.EqualTo((new[] { "refused duplicate" }, 2)));
    }

    [Test]
    public async Task A_day_that_is_missing_is_a_gap()
    {
        await using var desk = await Desk.Open();
        Assert.That(await Import(desk, Header + Monday, Header + "2026-05-08,1.00,B9,,500.00,A1,EUR\n"), Is.EqualTo(new[] { "booked first", "booked gap" }));
    }

    [Test]
    public async Task A_week_that_lists_a_day_again_overlaps_and_books_it_once()
    {
        await using var desk = await Desk.Open();
        await Import(desk, Header + Monday);
        Assert.That(await Import(desk, Header + Monday + Tuesday), Is.EqualTo(new[] { "booked overlap" }));
        Assert.That(await Entries(desk), Is.EqualTo(new[] { "2026-05-04 1000", "2026-05-04 500", "2026-05-05 500" }));
    }

    [Test]
    public async Task Equal_entries_without_a_reference_in_statements_that_follow_each_other_are_two_bookings()
    {
        await using var desk = await Desk.Open();
        const string again = "2026-05-04,5.00,,cash,120.00,A1,EUR\n";
        Assert.That((await Import(desk, Header + Monday, Header + again), (await Entries(desk)).Length), Is.EqualTo((new[] { "booked first", "booked ok" }, 3)));
    }

    [Test]
    public async Task A_booking_of_a_notification_and_of_a_statement_is_booked_once()
    {
        await using var desk = await Desk.Open();
        await Import(desk, "booked_on,amount,bank_reference,account,currency\n2026-05-04,10.00,B1,A1,EUR\n");
        Assert.That((await Import(desk, Header + Monday), (await Entries(desk)).Length), Is.EqualTo((new[] { "booked first" }, 2)));
    }

    [Test]
    public async Task Another_amount_under_a_known_reference_holds_the_statement_with_a_case()
    {
        await using var desk = await Desk.Open();
        await Import(desk, "booked_on,amount,bank_reference,account,currency\n2026-05-04,10.01,B1,A1,EUR\n");
        Assert.That(await Import(desk, Header + Monday), Is.EqualTo(new[] { "held first" }));
        Assert.That((await desk.Read(work => work.Cases.List(new CaseFilter(null, "statement_held", null)))).Single().Detail, Does.Contain("booking_differs"));
    }

    [Test]
    public async Task A_held_statement_is_kept_and_matched_only_when_a_person_releases_it()
    {
        await using var desk = await Desk.Open();
        const string broken = Header + "2026-05-04,10.00,B1,RF18539007547034,110.00,A1,EUR\n2026-05-04,1.00,B2,,112.00,A1,EUR\n";
        Assert.That(await Import(desk, broken), Is.EqualTo(new[] { "held first" }));
        Assert.That(((await Entries(desk)).Length, (await desk.Read(work => work.Matches.Open())).Count), Is.EqualTo((2, 0)));
        var held = (await desk.Read(work => work.Cases.List(new CaseFilter(null, "statement_held", null)))).Single();
        _ = (await new ResolveCase(desk.Database, FourEyes.Read(FourEyes.Default).Value).Run(Desk.Treasurer, new CaseDecision(held.Number, "release", "the bank confirms it"), CancellationToken.None)).Value;
        Assert.That((await desk.Read(work => work.Matches.Open())).Select(money => money.Reference), Is.EqualTo(new[] { "RF18539007547034", null }));
        Assert.That(await desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_file_that_cannot_be_read_stops_no_other()
    {
        await using var desk = await Desk.Open();
        Assert.That(await Import(desk, "nothing", Header + Monday), Is.EqualTo(new[] { "booked first", "bank_not_a_statement" }));
    }

    [Test]
    public async Task The_statement_of_another_account_is_refused_whole()
    {
        await using var desk = await Desk.Open();
        var read = await With([Header + Monday], files => new ImportStatement(desk.Database).Run(Desk.Treasurer, new StatementRequest(files, "A2", true), CancellationToken.None));
        Assert.That((read[0].Problem!.Code, await Entries(desk)), Is.EqualTo(("bank_other_account", Array.Empty<string>())));
    }

    [Test]
    public async Task Whoever_belongs_to_an_organisation_sees_no_entry_of_an_account_that_is_not_its_own()
    {
        await using var desk = await Desk.Open();
        await Import(desk, Header + Monday);
        var stranger = Desk.Treasurer with { OrganisationId = 99 };
        var all = await new ListBankEntries(desk.Database).Run(stranger, (null, null), CancellationToken.None);
        var named = await new ListBankEntries(desk.Database).Run(stranger, ("A1", null), CancellationToken.None);
        Assert.That((all.Value.Count, named.Refusal!.Code), Is.EqualTo((0, "bank_account_unknown")));
    }

    private static Task<string[]> Import(Desk desk, params string[] texts) => With(texts, async files =>
    {
        var read = await new ImportStatement(desk.Database).Run(Desk.Treasurer, new StatementRequest(files, "auto", true), CancellationToken.None);
        return read.SelectMany(file => file.Problem is { } no ? [no.Code] : file.Statements.Select(statement => $"{statement.State} {statement.Continuity}")).ToArray();
    });

    private static async Task<T> With<T>(IReadOnlyList<string> texts, Func<IReadOnlyList<SentFile>, Task<T>> use)
    {
        var files = new List<SentFile>();
        foreach (var (text, i) in texts.Select((text, i) => (text, i))) files.Add(new SentFile($"{i + 1}.csv", await FileSpool.Copy(new MemoryStream(Encoding.UTF8.GetBytes(text)), 1 << 20, CancellationToken.None)));
        var result = await use(files);
        foreach (var file in files) await file.Content.DisposeAsync();
        return result;
    }

    private static async Task<string[]> Entries(Desk desk) =>
        [.. (await new ListBankEntries(desk.Database).Run(Desk.Treasurer, (null, null), CancellationToken.None)).Value.Select(entry => FormattableString.Invariant($"{entry.BookedOn:yyyy-MM-dd} {entry.Amount.Minor}"))];
}

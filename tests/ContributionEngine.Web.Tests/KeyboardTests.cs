using System.Text;
using ContributionEngine.Web.Tests.Accounts;
using ContributionEngine.Web.Tests.Treasurer;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>Whole flows by a keyboard alone: everything is reached, the focus is always seen, and after an action it is where one goes on.</summary>
internal sealed class KeyboardTests
{
    private static readonly TimeSpan PressAgain = TimeSpan.FromSeconds(3);

    [Test]
    public async Task A_treasurer_signs_in_puts_a_sheet_right_and_sends_it_without_a_pointer()
    {
        await using var site = await Prepared.Remitted();
        var page = await site.Page(null, Device.Desk);
        var keys = new Keys(page);
        await page.GotoAsync($"{site.Url}/sign-in?back=%2Fhome");
        await SignIn(page, keys, await SignInTests.OneTime(site, Prepared.Treasurer));
        await keys.Go(Link(page, "Start a sheet"));
        await keys.Go(Button(page, "Check the file"));
        await AtProblem(page, keys, "file");

        await Choose(page, keys, "recibo;afiliado;fecha;cobro\nK1;A001;2021-02-10;12.50\nK2;A002;2021-02-10;abc\n");
        await Found(page, keys);
        await AtTitle(page, keys, "The file cannot be used as it is");
        await keys.Go(Link(page, "Answer"));
        await keys.To(page.GetByLabel("Amount", new() { Exact = true }));
        await page.Keyboard.TypeAsync("cobro");
        await keys.Go(Button(page, "Check the file"));
        await Found(page, keys);
        await AtTitle(page, keys, "We read 2 rows; 1 to fix");

        await PutRight(page, keys);
        await keys.Go(Link(page, "Go on to send"));
        await keys.Go(Button(page, "Send"));
        await AtProblem(page, keys, "declared");
        await page.Keyboard.PressAsync("Space");
        await keys.Go(Button(page, "Send"));
        await AtTitle(page, keys, "2 rows are sent");
        await keys.Go(Link(page, "See the remittances"));
        await keys.Go(page.Locator("tbody td a").First);
        Assert.That(new Uri(page.Url).AbsolutePath, Does.StartWith("/remittances/REM-"));
        await keys.To(page.Locator("footer button").Last);
    }

    [Test]
    public async Task The_bank_desk_is_worked_by_its_keys()
    {
        await using var site = await BankPlace.Serve();
        var page = await site.Page(Prepared.Officer, Device.Desk);
        var keys = new Keys(page);
        await page.GotoAsync($"{site.Url}/bank");
        var oldest = await Current(page);
        await keys.Go("j");
        Assert.That((await Current(page), await keys.At()), Is.EqualTo((oldest + 1, "piece")));
        await keys.See();
        await keys.Go("k");
        Assert.That((await Current(page), await keys.At()), Is.EqualTo((oldest, "piece")));
        await keys.Go("a");
        await keys.See();
        Assert.That(await page.EvaluateAsync<string>("document.activeElement.innerText"), Does.StartWith("Done: MAT-"));
        await keys.Go("u");
        await keys.Type(page.GetByLabel("Why"), "j is a letter here");
        await keys.Go("Enter");
        await keys.See();
        Assert.That(await page.EvaluateAsync<string>("document.activeElement.className"), Is.EqualTo("notice"));
        await page.Keyboard.PressAsync("?");
        await keys.See();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        Assert.That(await page.GetByLabel("Use these keys").IsCheckedAsync(), Is.False);
    }

    [Test]
    public async Task The_bank_desk_is_worked_by_Tab_alone_without_scripts()
    {
        await using var site = await BankPlace.Serve();
        var page = await site.Page(Prepared.Officer, Device.Desk);
        await page.Context.RouteAsync("**/*.js", route => route.AbortAsync());
        var keys = new Keys(page);
        await page.GotoAsync($"{site.Url}/bank");
        await keys.Go(page.Locator(".pick").Nth(1));
        Assert.That((await Current(page), await keys.At()), Is.EqualTo((1, "piece")));
        await keys.Go(Button(page, "Accept"));
        await keys.See();
        await keys.Go(Link(page, "Undo"));
        await keys.Go(page.Locator("button.danger"));
        await AtProblem(page, keys, "reason");
        await page.Keyboard.TypeAsync("the wrong one");
        await keys.Go("Enter");
        await keys.See();

        await keys.Go(Link(page, "Split or choose"));
        await keys.Type(page.Locator("input.amount").First, "1.00");
        await keys.Go(Button(page, "Add up"));
        await AtProblem(page, keys, null);
    }

    private static async Task SignIn(IPage page, Keys keys, string password)
    {
        await keys.Type(page.Locator("#name"), Prepared.Treasurer);
        await keys.Type(page.Locator("#password"), "not hers");
        await keys.Go("Enter");
        await AtProblem(page, keys, null);
        await keys.Type(page.Locator("#password"), password);
        await keys.Go("Enter");
        await keys.Type(page.Locator("#password"), "coffee dries in the sun");
        await keys.Go("Enter");
    }

    private static async Task PutRight(IPage page, Keys keys)
    {
        await keys.Go(Link(page, "Fix here"));
        Assert.That(await keys.At(), Is.EqualTo("cell-3-amount"), "one types at once");
        await keys.Type(page.Locator("#cell-3-amount"), "many");
        await keys.Go("Enter");
        Assert.That(await keys.At(), Is.EqualTo("cell-3-amount"), "still at the row that is not right");
        await keys.Type(page.Locator("#cell-3-amount"), "20.00");
        await keys.Go("Enter");
        await Found(page, keys);
        await AtTitle(page, keys, "All 2 rows are ready");
    }

    // A file is chosen in the window of the system, which opens by the keyboard too.
    private static async Task Choose(IPage page, Keys keys, string text)
    {
        await keys.To(page.Locator("#file"));
        var opened = new TaskCompletionSource<IFileChooser>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.FileChooser += (_, chooser) => opened.TrySetResult(chooser);
        // A busy browser drops the first press now and then; a person would press again.
        while (!opened.Task.IsCompleted)
        {
            await page.Keyboard.PressAsync("Space");
            await Task.WhenAny(opened.Task, Task.Delay(PressAgain));
        }

        await (await opened.Task).SetFilesAsync(new FilePayload { Name = "febrero.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
        await keys.See();
        await keys.Go(Button(page, "Check the file"));
    }

    // What was refused has the focus, and its first link leads to the field.
    private static async Task AtProblem(IPage page, Keys keys, string? field)
    {
        Assert.That((await keys.At(), (await page.TitleAsync())[..6]), Is.EqualTo(("problem", "Error:")));
        await keys.See();
        if (field is null) return;
        await keys.Press(page.Locator("#problem a").First, "Enter");
        Assert.That(await keys.At(), Is.EqualTo(field));
        await keys.See();
    }

    private static async Task Found(IPage page, Keys keys)
    {
        await page.Found();
        await keys.Settled();
    }

    private static async Task AtTitle(IPage page, Keys keys, string begins)
    {
        Assert.That((await keys.At(), (await page.Title())[..begins.Length]), Is.EqualTo(("title", begins)));
        await keys.See();
    }

    private static Task<int> Current(IPage page) => page.EvaluateAsync<int>("[...document.querySelectorAll('.pick')].findIndex(pick => pick.hasAttribute('aria-current'))");

    private static ILocator Link(IPage page, string name) => page.Locator("main").GetByRole(AriaRole.Link, new() { Name = name }).First;

    private static ILocator Button(IPage page, string name) => page.Locator("main").GetByRole(AriaRole.Button, new() { Name = name }).First;
}

using System.Text;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests.Treasurer;

/// <summary>What a treasurer does with a sheet in the browser.</summary>
internal static class Sheets
{
    public const string Header = "receipt_no,member_no,received_on,amount\n";

    /// <summary>Rows of the pickers in turn, one colón each, from a number on.</summary>
    public static string Good(int count, int from = 1) => string.Concat(Enumerable.Range(from, count).Select(i => $"R{i},A00{(i % 3) + 1},2021-01-15,1.00\n"));

    /// <summary>Chooses a file, says the total where there is one, and sends the form.</summary>
    public static async Task Upload(this IPage page, SitePlace site, string text, string total = "")
    {
        await page.GotoAsync($"{site.Url}/uploads/new");
        await page.GetByLabel("File with the contributions").SetInputFilesAsync(new FilePayload { Name = "january.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
        if (total.Length > 0) await page.GetByLabel("Total that you collected").FillAsync(total);
        await page.Press("Check the file");
    }

    /// <summary>Uploads a file and waits for what was found.</summary>
    public static async Task<string> Checked(this IPage page, SitePlace site, string text, string total = "")
    {
        await page.Upload(site, text, total);
        return await page.Found();
    }

    /// <summary>A sheet that came by another page, checked.</summary>
    public static async Task<string> Received(this SitePlace site, string text) => await (await site.Page(Prepared.Treasurer)).Checked(site, text);

    /// <summary>Waits until the check is over and gives the number of the upload.</summary>
    public static async Task<string> Found(this IPage page)
    {
        await page.WaitForURLAsync("**/uploads/UPL-*");
        await page.Locator("main:not(:has(#bar))").WaitForAsync();
        return new Uri(page.Url).Segments[2].TrimEnd('/');
    }

    /// <summary>Waits until a sheet that was sent is posted.</summary>
    public static async Task Posted(this IPage page)
    {
        while (!(await page.Locator("main").InnerTextAsync()).Contains("✓ posted", StringComparison.Ordinal)) await page.ReloadAsync();
    }

    public static Task Press(this IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();

    public static Task Follow(this IPage page, string link) => page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();

    /// <summary>Looks once more and sends.</summary>
    public static async Task Send(this IPage page, string button = "Send")
    {
        await page.GetByLabel("I collected these amounts").CheckAsync();
        await page.Press(button);
    }

    /// <summary>The figures of the tiles: read, ready, to confirm, to fix, left out.</summary>
    public static async Task<string> Tiles(this IPage page) => string.Join(' ', await page.Locator(".tile b").AllInnerTextsAsync());

    public static Task<string> Title(this IPage page) => page.Locator("h1").InnerTextAsync();
}

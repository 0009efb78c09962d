using System.Text;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests.Treasurer;

/// <summary>The way of a sheet in a treasurer's browser: uploaded, understood, put right, sent once.</summary>
internal sealed class SheetTests
{
    [Test]
    public async Task A_sound_sheet_is_checked_and_sent_by_clicks_alone_without_scripts()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone, javaScript: false);
        await page.Upload(site, Sheets.Header + Sheets.Good(3), "3.00");
        await page.WaitForURLAsync("**/uploads/UPL-*");
        await page.Locator(".tiles").WaitForAsync();
        Assert.That((await page.Title(), await page.Tiles()), Is.EqualTo(("All 3 rows are ready: CRC\u00a03.00", "3 3 0 0 0")));
        await page.Follow("Go on to send");
        await page.Send();
        Assert.That(await page.Title(), Is.EqualTo("3 rows are sent: CRC\u00a03.00"));
        await page.Follow("See the remittances");
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/remittances"));
    }

    [Test]
    public async Task Of_two_thousand_rows_the_good_ones_are_sent_and_the_others_come_back_corrected()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer, Device.Desk);
        var faults = string.Concat(Enumerable.Range(1, 26).Select(i => i <= 19 ? $"F{i},A001,2021-01-15,x{i}\n" : $"F{i},Z9{i},2021-01-15,2.00\n"));
        await page.Checked(site, Sheets.Header + Sheets.Good(1974) + faults, "2026.00");
        Assert.That(await page.Tiles(), Is.EqualTo("2,000 1,974 0 26 0"));
        Assert.That(string.Join('|', await page.Locator(".repair").AllInnerTextsAsync()), Does.Contain("7 members were not found").And.Contain("19 amounts are not numbers"));
        await page.IsFitForEverybody();
        await page.Keep("treasurer-result-desk");
        var errors = await Download(page, "Download the 26 rows to fix");
        var lines = errors.TrimEnd('\n').Split('\n');
        Assert.That((lines.Length, lines[0].TrimStart('\ufeff'), lines[1].StartsWith("F1,A001,2021-01-15,x1,\"Row 1976: “x1” is not an amount.", StringComparison.Ordinal)), Is.EqualTo((27, "receipt_no,member_no,received_on,amount,what_to_fix,error_code", true)), lines[1]);

        await page.Follow("Send the 1,974 good rows now");
        await page.GetByLabel("The sum is right all the same").CheckAsync();
        await page.Send("Send the 1,974 good rows now");
        await page.GetByText("26 rows stayed behind").WaitForAsync();
        await page.Keep("treasurer-sent-desk");
        await page.GotoAsync($"{site.Url}/home");
        Assert.That(await page.Locator(".tasks").InnerTextAsync(), Does.Contain("26 rows left for later"));
        await page.IsFitForEverybody();

        var corrected = string.Join('\n', lines.Select((line, i) => i is >= 1 and <= 19 ? line.Replace($",x{i},", ",2.00,", StringComparison.Ordinal) : i > 19 ? line.Replace($"Z9{i}", "A002", StringComparison.Ordinal) : line)) + "\n";
        await page.Checked(site, corrected, "52.00");
        Assert.That(await page.Title(), Is.EqualTo("All 26 rows are ready: CRC\u00a052.00"));
        await page.Follow("Go on to send");
        await page.Send();
        await page.Posted();
        await page.GotoAsync($"{site.Url}/home");
        Assert.That(await page.Locator(".tasks").InnerTextAsync(), Does.Not.Contain("left for later"));
        var receipts = await site.Work.Export("receipts");
        Assert.That((receipts.Rows.Count, receipts.Sum("amount")), Is.EqualTo((2000, 2026m)));
    }

    [Test]
    public async Task A_sheet_is_sent_once_whatever_is_pressed()
    {
        await using var site = await Prepared.Harvest();
        var (one, two) = (await site.Page(Prepared.Treasurer), await site.Page(Prepared.Treasurer));
        var number = await one.Checked(site, Sheets.Header + Sheets.Good(2));
        await two.Upload(site, Sheets.Header + Sheets.Good(2));
        Assert.That(await two.Locator(".notice").InnerTextAsync(), Does.Contain($"here is {number}"));
        foreach (var page in new[] { one, two })
        {
            await page.GotoAsync($"{site.Url}/uploads/{number}/send");
            await page.GetByLabel("I collected these amounts").CheckAsync();
        }

        await Task.WhenAll(one.Press("Send"), two.Press("Send"));
        await two.Upload(site, Sheets.Header + Sheets.Good(2));
        Assert.That(await two.Locator("[role=alert]").InnerTextAsync(), Does.Contain($"as {number}. Nothing was counted twice."));
        await one.GotoAsync($"{site.Url}/uploads/{number}");
        await one.Posted();
        Assert.That((await site.Work.Export("receipts")).Rows.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task Nothing_chosen_is_said_in_the_title_above_the_page_and_by_the_field()
    {
        var site = await Prepared.Shared();
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone);
        await page.GotoAsync($"{site.Url}/uploads/new");
        var answer = await page.RunAndWaitForResponseAsync(() => page.Press("Check the file"), response => response.Request.Method == "POST");
        const string Words = "Choose the file with the contributions";
        Assert.That((answer.Status, await page.TitleAsync(), await page.Locator("[role=alert] a").InnerTextAsync(), await page.Locator(".field .error").InnerTextAsync()), Is.EqualTo((422, "Error: Start a sheet · Contributions", Words, Words)));
        await page.Locator("[role=alert] a").ClickAsync();
        Assert.That(await page.EvaluateAsync<string>("document.activeElement.id"), Is.EqualTo("file"));
        await page.IsFitForEverybody();
        await page.Keep("treasurer-new-nothing-320");
    }

    [Test]
    public async Task Amounts_that_could_be_two_things_are_asked_about_once()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer, Device.Phone, language: "es-BO");
        await page.GotoAsync($"{site.Url}/uploads/new");
        await page.GetByLabel("Archivo con los aportes").SetInputFilesAsync(new FilePayload { Name = "enero.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("recibo;afiliado;fecha;cobro\nR1;A001;2021-01-15;12.5\nR2;A002;2021-01-15;1.234\nR3;A003;2021-01-15;7\n") });
        await page.Press("Revisar el archivo");
        await page.Found();
        Assert.That(await page.Locator("main .alert").InnerTextAsync(), Does.Contain("Falta la columna «Monto»"));
        await page.Follow("Responder");
        await page.IsFitForEverybody();
        await page.Keep("treasurer-columns-phone-es");
        await page.GetByLabel("Monto", new() { Exact = true }).SelectOptionAsync("cobro");
        await page.Press("Revisar el archivo");
        await page.Found();
        Assert.That(await page.Locator("main .alert").InnerTextAsync(), Does.Contain("¿«1.234» es 1,234 o 1.234?"));
        await page.Follow("Responder");
        await page.GetByLabel("«1.234» es 1.234").CheckAsync();
        await page.Press("Revisar el archivo");
        await page.Found();
        Assert.That(await page.Locator(".card .num").First.InnerTextAsync(), Is.EqualTo("CRC\u00a01.241,00"));

        await page.GotoAsync($"{site.Url}/uploads/new");
        await page.GetByLabel("Archivo con los aportes").SetInputFilesAsync(new FilePayload { Name = "febrero.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("cobro;recibo;afiliado;fecha\n2.345;R11;A001;2021-02-15\n") });
        await page.Press("Revisar el archivo");
        await page.Found();
        Assert.That(await page.Title(), Is.EqualTo("1 fila está lista: CRC\u00a02.345,00"));
    }

    [Test]
    public async Task Which_of_two_columns_with_one_name_is_meant_is_chosen_once_and_never_guessed()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone);
        await page.Checked(site, "receipt_no,member_no,received_on,monto,monto\nR1,A001,2021-01-15,1.00,7.00\n");
        Assert.That(await page.Locator("main .alert").InnerTextAsync(), Does.Contain("“monto” and “monto” could both be “Amount”. Choose which one it is."));
        await page.Follow("Answer");
        var amount = page.GetByLabel("Amount", new() { Exact = true });
        Assert.That((await amount.InputValueAsync(), string.Join('|', await amount.Locator("option").AllInnerTextsAsync())), Is.EqualTo(("", "No column|receipt_no (R1)|member_no (A001)|received_on (2021-01-15)|monto (1.00)|monto (7.00)")));
        await page.IsFitForEverybody();
        await page.Press("Check the file");
        await page.Found();
        Assert.That(await page.Title(), Is.EqualTo("The file cannot be used as it is"), "nothing chosen is no choice");
        await page.Follow("Answer");
        await amount.SelectOptionAsync(new SelectOptionValue { Label = "monto (7.00)" });
        await page.Press("Check the file");
        await page.Found();
        Assert.That(await page.Title(), Is.EqualTo("1 row is ready: CRC\u00a07.00"));

        await page.Checked(site, "receipt_no,member_no,received_on,monto,monto\nR2,A002,2021-01-15,2.00,8.00\n");
        Assert.That(await page.Title(), Is.EqualTo("1 row is ready: CRC\u00a08.00"), "not asked again");
        await page.Checked(site, "receipt_no,member_no,monto,received_on,monto\nR3,A003,3.00,2021-01-15,9.00\n");
        Assert.That(await page.Title(), Is.EqualTo("The file cannot be used as it is"), "of other places nothing was said");
    }

    [Test]
    public async Task Who_may_be_meant_is_shown_and_never_chosen()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer, Device.Phone);
        await page.Checked(site, Sheets.Header + "R1,A009,2021-01-15,10.00\nR2,A001,2021-01-15,abc\n");
        await page.Follow("Fix here R02");
        Assert.That((await page.Locator("input[type=radio]").CountAsync(), await page.Locator("input[type=radio]:checked").CountAsync()), Is.EqualTo((3, 0)));
        await page.IsFitForEverybody();
        await page.Keep("treasurer-fix-phone");
        await page.GetByLabel("Luis Vega").CheckAsync();
        await page.Press("Save and next");
        await page.Found();
        await page.Follow("Fix here R07");
        await page.GetByLabel("Amount").FillAsync("12.00");
        await page.Press("Save and next");
        await page.Found();
        Assert.That(await page.Title(), Is.EqualTo("All 2 rows are ready: CRC\u00a022.00"));
        await page.Keep("treasurer-result-phone");
        await page.IsFitForEverybody();
    }

    [Test]
    public async Task Last_months_list_becomes_a_sheet_without_a_file()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone);
        await page.GotoAsync($"{site.Url}/home");
        await page.IsFitForEverybody();
        await page.Keep("treasurer-home-320");
        await page.Follow("Start a sheet");
        await page.Follow("Use last month's list");
        await page.IsFitForEverybody();
        await page.Keep("treasurer-list-320");
        await page.GetByLabel("Day on which they paid").FillAsync("2021-01-15");
        await page.GetByLabel("Ana Mora").FillAsync("1,000.00");
        await page.GetByLabel("Luis Vega").FillAsync("");
        await page.Press("Check the list");
        await page.WaitForURLAsync("**/uploads/UPL-*/send");
        Assert.That(await page.Locator("dl.facts b").InnerTextAsync(), Is.EqualTo("CRC\u00a0194,000.00"), "nothing was to be put right: on to send at once");
        await page.IsFitForEverybody();
        await page.Keep("treasurer-send-320");
        await page.Send();
        await page.Locator(".way").WaitForAsync();
        await page.IsFitForEverybody();
    }

    private static async Task<string> Download(IPage page, string link)
    {
        var file = await page.RunAndWaitForDownloadAsync(() => page.Follow(link));
        return await File.ReadAllTextAsync(await file.PathAsync());
    }
}

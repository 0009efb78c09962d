using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests.Treasurer;

/// <summary>People who come and go, in a treasurer's and an officer's browser.</summary>
internal sealed class EnrolTests
{
    [Test]
    public async Task A_row_that_names_nobody_is_somebody_new_and_pays_what_she_owes()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone, javaScript: false);
        var number = await page.Checked(site, "receipt_no,member_no,member_name,received_on,amount\nR1,A050,Eva Rojas,2021-01-15,38600.00\n");
        await page.Follow("Fix here");
        await page.Follow("This person is new");
        Assert.That((await page.GetByLabel("Full name").InputValueAsync(), await page.GetByLabel("Member number").InputValueAsync(), await page.GetByLabel("Member since").InputValueAsync()), Is.EqualTo(("Eva Rojas", "A050", "2021-01-15")));
        await page.IsFitForEverybody(axe: false);
        await page.GetByLabel("Member number").FillAsync("A001");
        await page.GetByLabel("National id").FillAsync("1-1004-0004");
        await page.Press("Add this person");
        Assert.That((await page.TitleAsync(), await page.Locator(".field .error").InnerTextAsync()), Is.EqualTo(("Error: Add members · Contributions", "There is a member “A001” already. Choose another number, or pick her from the list.")));
        await page.GetByLabel("Member number").FillAsync("A050");
        await page.Press("Add this person");
        await page.WaitForURLAsync("**/fix?code=R02");
        await page.Press("Check again");
        await page.Found();
        await page.Follow("Go on to send");
        await page.Send();
        await page.GotoAsync($"{site.Url}/uploads/{number}");
        await page.Posted();
        Assert.That((await site.Work.Export("receipts")).Of("member_no", "amount", "allocated"), Is.EqualTo(new[] { "A050 38600.00 38600.00" }), "her January is owed, and paid");
    }

    [Test]
    public async Task A_list_is_taken_in_whole_or_not_at_all_and_somebody_leaves()
    {
        await using var site = await Prepared.Collected();
        var page = await site.Page(Prepared.Treasurer, Device.Desk);
        await page.GotoAsync($"{site.Url}/members");
        await page.Follow("Add members");
        await page.IsFitForEverybody();
        await File(page, "member_no,national_id,full_name,enrolled_from\nA004,1-1004-0004,Eva Rojas,2021-02-01\nA005,,Saúl Mora,yesterday\n");
        Assert.That(await page.Locator("[role=alert]").InnerTextAsync(), Does.Contain("Row 3, enrolled_from: “yesterday” is missing or cannot be read."));
        await File(page, "member_no,national_id,full_name,enrolled_from\nA004,1-1004-0004,Eva Rojas,2021-02-01\nA001,1-1001-0001,Ana Rojas Mora,2021-01-01\n");
        Assert.That(await page.Locator(".notice").InnerTextAsync(), Does.StartWith("1 person was added."));
        Assert.That((await site.Work.Export("obligations")).Rows.Any(row => row["member_no"] == "A004"), Is.True);

        await page.GotoAsync($"{site.Url}/members/A003");
        await page.Follow("This member leaves");
        await page.Press("See what follows");
        Assert.That(await page.Locator("[role=alert] a").InnerTextAsync(), Is.EqualTo("Choose the day"));
        await page.GetByLabel("Last day, or first day there").FillAsync("2021-02-28");
        await page.Press("See what follows");
        Assert.That(await page.Locator(".facts").InnerTextAsync(), Does.Contain("CRC\u00a0115,800.00").Or.Contain("No longer owed"));
        await page.IsFitForEverybody();
        await page.Keep("member-leaves-desk");
        Assert.That((await site.Work.Export("obligations")).Rows.Where(row => row["member_no"] == "A003" && row["state"] != "cancelled").Any(row => string.CompareOrdinal(row["period"], "2021-03") >= 0), Is.True, "only looked at");
        await page.Press("Do it");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("02/28/2021"));
        Assert.That((await page.GetByText("To another agreement").CountAsync()), Is.Zero, "that is for an officer");
        await site.Work.Ok("verify");
    }

    [Test]
    public async Task An_officer_works_out_the_schedule_and_sends_a_member_to_another_agreement()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Officer, Device.Phone);
        await page.GotoAsync($"{site.Url}/agreements/CR-2021-014");
        await page.Press("Work out what members owe");
        Assert.That(await page.Locator(".notice").First.InnerTextAsync(), Does.Contain("New: 0. Changed: 0. As before: 45."));
        await page.IsFitForEverybody();
        await page.GotoAsync($"{site.Url}/members/A003/leave");
        await page.GetByLabel("To another agreement").FillAsync("CR-2021-099");
        await page.GetByLabel("Last day, or first day there").FillAsync("2021-03-01");
        await page.Press("See what follows");
        Assert.That(await page.Locator(".facts").InnerTextAsync(), Does.Contain("Will be owed under CR-2021-099"));
        await page.IsFitForEverybody();
        await page.Press("Do it");
        await page.GotoAsync($"{site.Url}/members?agreement=CR-2021-099");
        Assert.That(await page.Locator("table").InnerTextAsync(), Does.Contain("A003"));
    }

    private static async Task File(IPage page, string text)
    {
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "members.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
        await page.Press("Take in the file");
    }
}

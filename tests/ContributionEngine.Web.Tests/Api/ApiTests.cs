using System.Text.Json.Nodes;
using ContributionEngine.Testing;

namespace ContributionEngine.Web.Tests;

/// <summary>What programs do through the API, against the real executable.</summary>
internal sealed class ApiTests
{
    private const string Sheet = "receipt_no,member_no,received_on,amount\nR1,A001,2021-01-15,10000.00\nR2,A002,2021-01-16,12000.00\nR3,Z999,2021-01-17,9000.00\n";

    [Test]
    public async Task A_file_is_received_checked_put_right_and_sent()
    {
        await using var site = await Prepared.Harvest();
        using var client = site.Client(Prepared.Treasurer);
        var received = await client.Post("/v1/uploads", ApiClient.Form("january.csv", Sheet, ("agreement", Agreements.Coffee().Number)), "u1");
        Assert.That((received.Status, received.Message.Headers.Location?.ToString()), Is.EqualTo((202, $"/v1/uploads/{received.Body!["upload"]}")), $"{received.Body}");
        var upload = (string)received.Body["upload"]!;
        var events = await client.GetStringAsync($"/v1/uploads/{upload}/events");
        Assert.That(events, Does.Contain("event: over").And.Contain("\"state\":\"needs_fixes\""));
        var rows = await client.Get($"/v1/uploads/{upload}/rows?severity=error");
        Assert.That(rows.Body!["data"]!.AsArray().Select(row => $"{row!["row"]} {row["code"]} {row["value"]}"), Is.EqualTo(new[] { "4 R02 Z999" }));
        Assert.That(await client.GetStringAsync($"/v1/uploads/{upload}/errors"), Does.Contain("Z999").And.Not.Contain("A001"));
        var fixedRow = await client.Post($"/v1/uploads/{upload}/rows/4/fix", new { set = new { member_no = "A003" } }, "f1");
        Assert.That((fixedRow.Status, (bool?)fixedRow.Body!["ready"]), Is.EqualTo((200, true)), $"{fixedRow.Body}");
        var tried = await client.Post($"/v1/uploads/{upload}/send?dry_run=true", new { expect_total = "31000.00" }, null);
        Assert.That((tried.Status, (string?)tried.Body!["state"]), Is.EqualTo((200, "committed")), $"{tried.Body}");
        Assert.That((await client.Get("/v1/receipts")).Body!["data"]!.AsArray(), Is.Empty);
        var sent = await client.Post($"/v1/uploads/{upload}/send", new { expect_total = "31000.00" }, "s1");
        Assert.That(((string?)sent.Body!["state"], (string?)sent.Body["sum_ready"], (string?)sent.Body["currency"]), Is.EqualTo(("committed", "31000.00", "CRC")), $"{sent.Body}");
        Assert.That(await Eventually(async () => (await client.Get("/v1/receipts?agreement=CR-2021-014")).Body!["data"]!.AsArray().Select(row => (string?)row!["amount"]).Order().ToList()), Is.EqualTo(new[] { "10000.00", "12000.00", "9000.00" }));
        var again = await client.Post($"/v1/uploads/{upload}/send", new { }, "s2");
        Assert.That((again.Status, again.Code), Is.EqualTo((409, "upload_sent")));
    }

    [Test]
    public async Task A_sent_sheet_is_corrected_by_the_whole_sheet_and_a_rehearsal_says_how()
    {
        await using var site = await Prepared.Collected();
        using var client = site.Client(Prepared.Treasurer);
        var first = (string)(await client.Get("/v1/uploads")).Body!["data"]![0]!["upload"]!;
        const string Right = "receipt_no,member_no,received_on,amount\nR1,A001,2021-01-15,38600.00\nR2,A002,2021-01-16,25000.00\nR3,A003,2021-01-20,50000.00\n";
        var received = await client.Post($"/v1/uploads/{first}/corrections", ApiClient.Form("right.csv", Right), "c1");
        Assert.That(received.Status, Is.EqualTo(202), $"{received.Body}");
        var upload = (string)received.Body!["upload"]!;
        Assert.That(await client.GetStringAsync($"/v1/uploads/{upload}/events"), Does.Contain("event: over"));
        var shown = (await client.Get($"/v1/uploads/{upload}")).Body!;
        Assert.That(((int?)shown["ready"], (int?)shown["errors"], (int?)shown["left_out"], (int?)shown["unchanged"]), Is.EqualTo((1, 0, 2, 2)));
        Assert.That((await client.Post($"/v1/uploads/{upload}/send", new { }, "s1")).Code, Is.EqualTo("upload_is_correction"));
        var tried = await client.Post($"/v1/uploads/{upload}/correct?dry_run=true", new { reason = "mistyped" }, null);
        var done = await client.Post($"/v1/uploads/{upload}/correct", new { reason = "mistyped" }, "c2");
        Assert.That((done.Status, done.Body!.ToJsonString()), Is.EqualTo((200, tried.Body!.ToJsonString())));
        Assert.That(done.Body["sheet"]!.ToJsonString(), Does.StartWith("{\"unchanged\":2,\"taken_back\":\"20000.00\",\"posted\":\"25000.00\",\"changes_total\":1,\"changes\":[{\"row\":3,"));
        Assert.That((await client.Post($"/v1/uploads/{upload}/correct", new { reason = "again" }, "c3")).Code, Is.EqualTo("upload_sent"));
    }

    [Test]
    public async Task The_same_request_under_the_same_key_is_done_once_and_answered_the_same()
    {
        await using var site = await Prepared.Harvest();
        using var client = site.Client(Prepared.Officer);
        var form = new Func<HttpContent>(() => ApiClient.Form("members.csv", "member_no,national_id,full_name,enrolled_from\nA004,1-1004-0004,Eva Rojas,2021-01-01\n", ("agreement", Agreements.Coffee().Number)));
        var first = await client.Post("/v1/members/import", form(), "m1");
        var again = await client.Post("/v1/members/import", form(), "m1");
        Assert.That((first.Status, (int?)first.Body!["added"], again.Status, (int?)again.Body!["added"], again.Header("Idempotency-Replayed")), Is.EqualTo((200, 1, 200, 1, "true")), $"{first.Body}");
        var other = await client.Post("/v1/matches/run", new { agreement = "X" }, "m1");
        Assert.That((other.Status, other.Code), Is.EqualTo((422, "idempotency_key_reused")));
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.Post("/v1/matches/run", new { }, "m2")));
        var runs = together.Where(answer => answer.Status == 200).Select(answer => (string?)answer.Body!["run"]).Distinct().ToList();
        Assert.That((runs.Count, together.All(answer => answer.Status == 200 || (answer.Code == "request_in_flight" && answer.Header("Retry-After") is not null))), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task What_has_changed_since_it_was_seen_is_not_changed_again()
    {
        await using var site = await Prepared.Harvest();
        using var client = site.Client(Prepared.Officer);
        var agreement = await client.Get("/v1/agreements/CR-2021-014");
        var tag = agreement.Header("ETag")!;
        using var same = new HttpRequestMessage(HttpMethod.Get, "/v1/agreements/CR-2021-014");
        same.Headers.TryAddWithoutValidation("If-None-Match", tag);
        Assert.That((int)(await client.SendAsync(same)).StatusCode, Is.EqualTo(304));
        var changed = await client.Post("/v1/agreements/CR-2021-014/amend", new { changes = new { }, reason = "x" }, "a1 if \"0000\"");
        Assert.That((changed.Status, changed.Code), Is.EqualTo((412, "precondition_failed")));
        var nothing = await client.Post("/v1/agreements/CR-2021-014/amend", new { changes = new { }, reason = "x" }, $"a2 if {tag}");
        Assert.That(nothing.Code, Is.Not.EqualTo("precondition_failed"));
    }

    [Test]
    public async Task Every_list_answers_and_shows_a_stranger_nothing_of_others()
    {
        var site = await Prepared.Shared();
        using var own = site.Client(Prepared.Treasurer);
        using var stranger = site.Client(Prepared.Stranger);
        var document = await Document(site);
        foreach (var path in Paths(document).Where(way => way.Method == "get" && !way.Path.Contains('{', StringComparison.Ordinal) && $"{way.Operation["responses"]!["200"]}".Contains("PageAnswer", StringComparison.Ordinal) && Access(way.Operation) == "users"))
        {
            var address = path.Path == "/v1/members" ? "/v1/members?agreement=CR-2021-014" : path.Path;
            var (mine, theirs) = (await own.Get(address), await stranger.Get(address));
            Assert.That((mine.Status, $"{theirs.Body}".Contains("CR-2021-014\"", StringComparison.Ordinal)), Is.EqualTo((200, false)), $"{address} {theirs.Body}");
        }

        Assert.That((await own.Get("/v1/obligations?limit=2")).Body!["has_more"]!.GetValue<bool>(), Is.True);
        Assert.That((await stranger.Get("/v1/agreements/CR-2021-014")).Code, Is.EqualTo("agreement_unknown"));
    }

    [Test]
    public async Task Every_operation_lets_in_only_those_who_may_use_it()
    {
        var site = await Prepared.Shared();
        var users = new[] { null, Prepared.Operator, Prepared.Officer, Prepared.Approver, Prepared.Auditor, Prepared.Treasurer };
        var wrong = new List<string>();
        foreach (var user in users)
        {
            using var client = site.Client(user);
            foreach (var (method, path, operation) in Paths(await Document(site)))
            {
                var address = path.Replace("{row}", "7", StringComparison.Ordinal).Replace("{id}", "7", StringComparison.Ordinal);
                foreach (var hole in new[] { "{number}", "{endpoint}", "{name}" }) address = address.Replace(hole, "none", StringComparison.Ordinal);
                // Rehearsed and without what it needs: nothing is done, whoever is let in.
                object body = $"{operation["requestBody"]}".Contains("multipart/form-data", StringComparison.Ordinal) ? ApiClient.Form("none.csv", "x") : "{";
                var answer = method == "get" ? await client.Get(address) : await client.Post($"{address}?dry_run=true", body, null);
                var expected = user is null ? 401 : May(user, Access(operation)) ? 0 : 403;
                if (expected == 0 ? answer.Status is 401 or 403 or >= 500 : answer.Status != expected) wrong.Add($"{user} {method} {path}: {answer.Status} {answer.Code}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    internal static async Task<JsonNode> Document(SitePlace site)
    {
        using var client = site.Client(null);
        return JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!;
    }

    private static IEnumerable<(string Method, string Path, JsonNode Operation)> Paths(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from way in path.Value!.AsObject()
        select (way.Key, path.Key, way.Value!);

    private static string Access(JsonNode operation) => (string)operation["x-access"]!;

    private static bool May(string user, string access) => access switch
    {
        "users" => true,
        "treasurers" => user != Prepared.Auditor,
        "fund" => user != Prepared.Treasurer,
        "officers" => user is not (Prepared.Auditor or Prepared.Treasurer),
        _ => user == Prepared.Operator,
    };

    private static async Task<IReadOnlyList<string?>> Eventually(Func<Task<List<string?>>> look)
    {
        var found = await look();
        for (var tries = 0; found.Count == 0 && tries < 100; tries++)
        {
            await Task.Delay(100);
            found = await look();
        }

        return found;
    }
}

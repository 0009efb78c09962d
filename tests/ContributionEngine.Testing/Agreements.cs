using System.Text.Json.Nodes;

namespace ContributionEngine.Testing;

/// <summary>A dated window of collection.</summary>
public sealed record SeasonDraft(string Name, string? Zone, string From, string To, params string[] AlsoCovers);

/// <summary>An agreement file in the making: change what a test is about, keep the rest.</summary>
public sealed record AgreementDraft
{
    public required string Number { get; init; }

    public required string Pack { get; init; }

    public required string Start { get; init; }

    public required string End { get; init; }

    public required string TimeZone { get; init; }

    public required string Calendar { get; init; }

    public string Cron { get; init; } = "0 18 * * FRI";

    /// <summary>Terms of settlement that may be left out, such as <c>"earliest": "08:00"</c>, as members of JSON.</summary>
    public string Terms { get; init; } = "";

    public int? HoldDays { get; init; }

    public string Liability { get; init; } = "agency";

    public string Shortfall { get; init; } = "drop_unpaid";

    /// <summary>Empty: every period of the term.</summary>
    public IReadOnlyList<SeasonDraft> Seasons { get; init; } = [];

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public string OrganisationCode { get; init; } = "COOP";

    public string OrganisationName { get; init; } = "The cooperative";

    public string FundAccount { get; init; } = "CR0015202001026284066";

    /// <summary>File of the simulator's settings; null: it accepts everything at once.</summary>
    public string? FundSettings { get; init; }

    /// <summary>Where a simulator listens; null: one inside the process.</summary>
    public string? FundUrl { get; init; }

    /// <summary>The channel as JSON; null: a simulator, as the two above say.</summary>
    public string? Channel { get; init; }

    /// <summary>As JSON; null: none.</summary>
    public string? CollectionFee { get; init; }

    public string Json => Node().ToJsonString();

    /// <summary>The file as JSON, to spoil one thing in it.</summary>
    public JsonObject Node() => new()
    {
        ["number"] = Number,
        ["fund"] = new JsonObject { ["code"] = "FUND", ["name"] = "The fund" },
        ["organisation"] = new JsonObject { ["code"] = OrganisationCode, ["name"] = OrganisationName, ["kind"] = "cooperative", ["tax_id"] = "3-004-045067" },
        ["pack"] = Pack,
        ["term"] = new JsonObject { ["start"] = Start, ["end"] = End, ["notice_months"] = 3 },
        ["seasons"] = Seasons.Count == 0 ? null : new JsonArray([.. Seasons.Select(Season)]),
        ["parameters"] = new JsonObject(Parameters.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value))),
        ["liability"] = Liability,
        ["shortfall"] = Shortfall,
        ["hold_days"] = HoldDays,
        ["clock"] = "member_paid",
        ["settlement"] = Settlement(),
        ["bank"] = new JsonObject { ["fund_account"] = FundAccount, ["organisation_account"] = null },
        ["channel"] = Channel is not null ? JsonNode.Parse(Channel) : new JsonObject { ["kind"] = "simulator", ["format"] = "csv", ["path"] = FundSettings, ["url"] = FundUrl },
        ["collection_fee"] = CollectionFee is null ? null : JsonNode.Parse(CollectionFee),
    };

    private JsonObject Settlement()
    {
        var terms = JsonNode.Parse($"{{{Terms}}}")!.AsObject();
        (terms["cron"], terms["time_zone"], terms["calendar"]) = (Cron, TimeZone, Calendar);
        return terms;
    }

    private static JsonNode Season(SeasonDraft season) => new JsonObject
    {
        ["name"] = season.Name, ["zone"] = season.Zone, ["from"] = season.From, ["to"] = season.To,
        ["also_covers"] = new JsonArray([.. season.AlsoCovers.Select(month => (JsonNode)month)]),
    };
}

/// <summary>Agreements to begin with.</summary>
public static class Agreements
{
    /// <summary>
    /// A coffee cooperative's first harvest of 2021: January to March, which also cover April and May. At 400,000 colones a month's
    /// contribution is 38,600.00: sem 17,320.00 and ivm 21,280.00; the State adds 21,360.00, which nobody collects.
    /// </summary>
    public static AgreementDraft Coffee(string? presumptiveIncome = "400000") => new()
    {
        Number = "CR-2021-014",
        Pack = "cr-convenio-2021",
        Start = "2021-01-01",
        End = "2021-12-31",
        TimeZone = "America/Costa_Rica",
        Calendar = "CR",
        Seasons = [new SeasonDraft("cosecha 2021", null, "2021-01", "2021-03", "2021-04", "2021-05")],
        Parameters = presumptiveIncome is null
            ? new Dictionary<string, string> { ["payment_day"] = "15" }
            : new Dictionary<string, string> { ["payment_day"] = "15", ["presumptive_income"] = presumptiveIncome },
    };

    /// <summary>Street vendors enrolled as a group in 2025, paying monthly 5 % of what they declare.</summary>
    public static AgreementDraft Vendors() => new()
    {
        Number = "PH-2025-007",
        Pack = "ph-group-2025",
        Start = "2025-01-01",
        End = "2025-12-31",
        TimeZone = "Asia/Manila",
        Calendar = "PH",
        FundAccount = "PH00VENDORSFUND01",
    };
}

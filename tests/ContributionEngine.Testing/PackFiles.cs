using System.Text.Json.Nodes;
using ContributionEngine.Core;

namespace ContributionEngine.Testing;

/// <summary>Pack files made from the ones that come with the program, as a fund's officer would edit them.</summary>
public static class PackFiles
{
    /// <summary>The file of a shipped pack, to change one thing in it.</summary>
    public static JsonObject Shipped(string id)
    {
        using var content = new MemoryStream(PackLibrary.Content(id));
        return JsonNode.Parse(content)!.AsObject();
    }

    /// <summary>The vendors' pack with another rate from July 2025 on: 5 % until June.</summary>
    public static string VendorsFromJuly(string version, string percent)
    {
        var pack = Shipped("ph-group-2025");
        pack["version"] = version;
        var rate = pack["figures"]![0]!;
        var later = rate.DeepClone();
        (rate["to"], later["from"], later["value"], later["source"]) = ("2025-06", "2025-07", percent, "a circular of June 2025");
        pack["figures"]!.AsArray().Insert(1, later);
        return pack.ToJsonString();
    }

    /// <summary>The coffee pack with another health percent for incomes like 400,000 a month: 4.33 in the shipped one.</summary>
    public static string Coffee(string version, string percent)
    {
        var pack = Shipped("cr-convenio-2021");
        pack["version"] = version;
        pack["tables"]![0]!["rows"]![1]!["values"]!["sem"] = percent;
        return pack.ToJsonString();
    }

    /// <summary>The coffee pack of a fund that takes only what it has quoted.</summary>
    public static string ExactCoffee()
    {
        var pack = Shipped("cr-convenio-2021");
        pack["version"] = "2021-2";
        pack["allocation"] = new JsonObject
        {
            ["accept"] = "exact_only", ["steps"] = new JsonArray(new JsonObject { ["spread"] = "fill", ["order"] = new JsonArray("due") }), ["source"] = "a circular of 2020", ["confidence"] = "c",
        };
        return pack.ToJsonString();
    }

    /// <summary>A scheme that no program ships: 3 % of what is declared in 2025, nothing below 8,000.</summary>
    public static JsonObject WastePickers()
    {
        var pack = Shipped("ph-group-2025");
        (pack["pack"], pack["version"], pack["title"]) = ("waste-pickers-2025", "1.0", "Waste pickers' fund");
        (pack["figures"]![0]!["value"], pack["figures"]![1]!["value"]) = ("3", "8000");
        return pack;
    }
}

using ContributionEngine.Testing;

[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(3)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

namespace ContributionEngine.Web.Tests;

/// <summary>Workplaces that tests begin from: each is made once, by commands, and served as a copy.</summary>
internal static class Prepared
{
    /// <summary>Treasurer of the coffee cooperative.</summary>
    public const string Treasurer = "tere";

    /// <summary>Treasurer of another cooperative, who must see nothing of the first.</summary>
    public const string Stranger = "tomas";

    public const string Operator = "olga";
    public const string Officer = "omar";
    public const string Approver = "abel";
    public const string Auditor = "aura";

    private static readonly Lazy<Task<(Workplace Place, Dictionary<string, string> Keys)>> HarvestOnce = new(MakeHarvest);

    private static readonly Lazy<Task<Workplace>> CollectedOnce = new(MakeCollected);

    private static readonly Lazy<Task<Workplace>> RemittedOnce = new(MakeRemitted);

    private static readonly Lazy<Task<SitePlace>> SharedOnce = new(() => Harvest());

    /// <summary>The coffee agreement with three pickers and their schedule, users of every role, and a treasurer of another cooperative; served to the caller alone.</summary>
    /// <param name="settings">What its environment says besides.</param>
    public static async Task<SitePlace> Harvest(params KeyValuePair<string, string>[] settings)
    {
        var (place, keys) = await HarvestOnce.Value;
        var copy = place.Copy();
        copy.Settings = [.. copy.Settings, .. settings];
        return await SitePlace.Serve(copy, keys);
    }

    /// <summary>The harvest with January's money posted: one payment in full, one short, one over.</summary>
    public static async Task<SitePlace> Collected()
    {
        var (place, keys) = await Unserved();
        return await SitePlace.Serve(place, keys);
    }

    /// <summary>The same before anybody serves it, to go on with by commands.</summary>
    public static async Task<(Workplace Place, IReadOnlyDictionary<string, string> Keys)> Unserved() => ((await CollectedOnce.Value).Copy(), (await HarvestOnce.Value).Keys);

    /// <summary>The same, cut on 2021-02-05 and answered by the fund, with a row of another file left out, and a program that hears of the fund's events.</summary>
    public static async Task<SitePlace> Remitted() => await SitePlace.Serve((await RemittedOnce.Value).Copy(), (await HarvestOnce.Value).Keys);

    /// <summary>The same before anybody serves it, to go on with by commands.</summary>
    public static async Task<(Workplace Place, IReadOnlyDictionary<string, string> Keys)> Bare()
    {
        var (place, keys) = await HarvestOnce.Value;
        return (place.Copy(), keys);
    }

    /// <summary>The same for tests that change nothing; one process serves all of them.</summary>
    public static Task<SitePlace> Shared() => SharedOnce.Value;

    internal static void Dispose()
    {
        BankPlace.Dispose();
        CaseTests.Dispose();
        if (SharedOnce.IsValueCreated) SharedOnce.Value.GetAwaiter().GetResult().DisposeAsync().AsTask().GetAwaiter().GetResult();
        if (RemittedOnce.IsValueCreated) RemittedOnce.Value.GetAwaiter().GetResult().Dispose();
        if (CollectedOnce.IsValueCreated) CollectedOnce.Value.GetAwaiter().GetResult().Dispose();
        if (HarvestOnce.IsValueCreated) HarvestOnce.Value.GetAwaiter().GetResult().Place.Dispose();
    }

    private static async Task<Workplace> MakeCollected()
    {
        var place = (await HarvestOnce.Value).Place.Copy();
        place.Write("january.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R2", "A002", "2021-01-16", "20000.00"), new Paid("R3", "A003", "2021-01-20", "50000.00")));
        await place.Ok("upload submit january.csv --agreement CR-2021-014 --as-of 2021-01-31");
        return place;
    }

    private static async Task<Workplace> MakeRemitted()
    {
        var place = (await CollectedOnce.Value).Copy();
        place.Write("unknown.csv", Receipts.Csv(new Paid("R4", "A009", "2021-01-21", "1000.00"), new Paid("R5", "A002", "2021-01-22", "1000.00")));
        (await place.Run("upload submit unknown.csv --agreement CR-2021-014 --as-of 2021-01-31 --only-ready")).Exits(3);
        await place.Run("settlement run --agreement CR-2021-014 --as-of 2021-02-05");
        // Of a kind that no test brings about, so that nothing is ever sent there.
        await place.Ok("webhook endpoint add --url https://receiver.example/hooks --events period.reopened");
        return place;
    }

    private static async Task<(Workplace, Dictionary<string, string>)> MakeHarvest()
    {
        var place = new Workplace();
        var other = Agreements.Coffee() with { Number = "CR-2021-099", OrganisationCode = "OTRACOOP", OrganisationName = "Another one" };
        place.Write("other.json", other.Json);
        await place.Begin(Agreements.Coffee(), Members.Pickers);
        await place.Ok("agreement import other.json");
        return (place, await Users(place, other.OrganisationCode));
    }

    /// <summary>A user of every role of the fund, and the treasurer of the coffee cooperative, with their keys.</summary>
    internal static Task<Dictionary<string, string>> People(Workplace place) => Users(place, null);

    private static async Task<Dictionary<string, string>> Users(Workplace place, string? other)
    {
        var keys = new Dictionary<string, string> { [Operator] = (await place.Json($"user add {Operator} --role operator")).At("key") };
        (string Name, string As)[] others = [(Officer, "officer"), (Approver, "approver"), (Auditor, "auditor"), (Treasurer, $"treasurer --organisation {Agreements.Coffee().OrganisationCode}"), (Stranger, $"treasurer --organisation {other}")];
        foreach (var (name, role) in others.Where(one => other is not null || one.Name != Stranger))
        {
            await place.Ok($"user add {name} --role {role}");
            keys[name] = (await place.Json($"key create --user {name}")).At("key");
        }

        return keys;
    }
}

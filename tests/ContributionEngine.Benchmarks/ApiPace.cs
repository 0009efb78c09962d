using System.Diagnostics;
using System.Net.Http.Headers;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using ContributionEngine.Testing;
using ContributionEngine.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ContributionEngine.Benchmarks;

/// <summary>Requests that the API answers over many connections, against an endpoint of the same server that does nothing but read one row by its key in the same database.</summary>
internal static class ApiPace
{
    private const int Connections = 64;
    private const int Rows = 10_000;
    private const int Rounds = 5;
    private const double ShareMin = 0.5;
    private const string Bare = "/bare";

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);

    private static readonly (string Name, string Path)[] Calls =
    [
        ("one receipt of a list", $"/v1/receipts?agreement={Cooperative.Number}&limit=1"),
        ("one upload of a list", "/v1/uploads?limit=1"),
        ("who I am", "/v1/me"),
    ];

    public static async IAsyncEnumerable<Measured> Run()
    {
        using var place = new Workplace();
        await foreach (var result in On(new Sqlite(place["api.db"]), place["keys"])) yield return result;
        if (PostgreSqlServer.Address is null) yield break;
        await using var made = await TestDatabase.Create();
        await foreach (var result in On(new PostgreSql(made.Address), place["keys"])) yield return result;
    }

    private static async IAsyncEnumerable<Measured> On(Dialect dialect, string keys)
    {
        await using var database = new Database(dialect, TimeProvider.System);
        await ListPace.Fill(database, Rows);
        var key = (await new KeepKeys(database).Make(new Actor("os:bench"), ("bench", null), CancellationToken.None)).Value.Key;
        await using var app = Served(database, keys);
        await app.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, path) in Calls)
        {
            var (ours, bare) = (0d, 0d);
            for (var round = 0; round <= Rounds; round++)
            {
                var (one, other) = (await PerSecond(client, Bare), await PerSecond(client, path));
                // The first round warms both up.
                if (round > 0) (bare, ours) = (Math.Max(bare, one), Math.Max(ours, other));
            }

            yield return new Measured($"API, {name} over {Connections} connections on {dialect.Name} against a bare endpoint that reads one row", $"{ours:N0} against {bare:N0} requests a second, best of {Rounds}", ours / bare, Bound.AtLeast(ShareMin, "of its pace"));
        }
    }

    private static WebApplication Served(Database database, string keys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Site.Add(builder, new SiteSettings(database, keys) { SecondPerson = FourEyes.Read(FourEyes.Default).Value, RequestsPerMinute = int.MaxValue });
        var app = builder.Build();
        app.Map(Bare, bare => bare.Run(async call => await call.Response.WriteAsJsonAsync(await OneRow(database.Dialect))));
        Site.Map(app);
        return app;
    }

    // As a manual has it: a connection of the driver's own pool, one row by its key, and the answer.
    private static async Task<object> OneRow(Dialect dialect)
    {
        await using var connection = dialect is Sqlite file ? new SqliteConnection($"Data Source={file.Path}") : dialect.Connect(Purpose.Read);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select id, amount from receipt where id = @id";
        var id = command.CreateParameter();
        (id.ParameterName, id.Value) = ("@id", ListPace.FirstReceipt + Random.Shared.Next(Rows));
        command.Parameters.Add(id);
        await using var row = await command.ExecuteReaderAsync();
        _ = await row.ReadAsync();
        return new { id = row.GetInt64(0), amount = row.GetInt64(1) };
    }

    private static async Task<double> PerSecond(HttpClient client, string path)
    {
        var began = Stopwatch.GetTimestamp();
        var answered = await Task.WhenAll(Enumerable.Range(0, Connections).Select(one => Task.Run(async () =>
        {
            for (var count = 0; ; count++)
            {
                if (Stopwatch.GetElapsedTime(began) >= Round) return count;
                using var answer = await client.GetAsync(path);
                answer.EnsureSuccessStatusCode();
                _ = await answer.Content.ReadAsByteArrayAsync();
            }
        })));
        return answered.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}

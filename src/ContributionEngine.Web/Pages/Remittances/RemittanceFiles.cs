using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Web.Pages;

/// <summary>The files of a remittance: the declaration byte for byte as it was sealed, and the order that pays it.</summary>
internal static class RemittanceFiles
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/remittances/{number}/file", (string number, HttpContext call, Database database) => Answer(call, database, (number, null))).Allows(Access.Users);
        app.MapGet("/remittances/{number}/order", (string number, HttpContext call, Database database) => Answer(call, database, (number, Pain001.Versions[^1]))).Allows(Access.Users);
    }

    private static async Task<IResult> Answer(HttpContext call, Database database, (string Number, string? Format) asked)
    {
        if (!(await new ShowRemittance(database).Run(call.Actor(), asked.Number, call.RequestAborted)).Ok(out var found, out var refusal)) return Results.StatusCode(Problems.Status(refusal));
        var file = TakenAway.Begin();
        var written = await new ExportRemittance(database).Run(call.Actor(), asked, () => new FileStream(file.Name, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), call.RequestAborted);
        if (written.Refusal is { } no)
        {
            await file.DisposeAsync();
            return Results.StatusCode(Problems.Status(no));
        }

        file.Position = 0;
        return Results.Stream(file, "application/octet-stream", asked.Format is null ? found.FileName : $"{found.Number}.xml");
    }
}

using ContributionEngine.Core;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Web;

/// <summary>Documents as answers: written whole first, so that a refusal is a page and not half a file.</summary>
internal static class TakenAway
{
    private const string Page = "html";
    private const string Json = "json";

    // A document is one file: its style is inside, and nothing else may run or load.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Where a document is written that may be longer than memory should hold, by whoever has the name too; nobody else of the machine may read it, and it is gone when it was sent.</summary>
    public static FileStream Begin()
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), how);
    }

    /// <summary>A document that was made, or the page of why not.</summary>
    public static IResult Written<T>(Outcome<T> made, Action<T, Stream> write, (string Name, string Format) file, Wish wish)
    {
        if (!made.Ok(out var document, out var refusal)) return Results.StatusCode(Problems.Status(refusal));
        var content = new MemoryStream();
        write(document, content);
        return Answer(content, null, file, wish);
    }

    /// <summary>The same for programs: json where they name no format. Refusals: <c>format_not_there</c>, and those of what makes it.</summary>
    public static async Task<IResult> ForPrograms<T>(Func<string, Stream, Task<Outcome<T>>> write, (string Name, string? Format, IReadOnlyList<string> Formats) of, Wish wish)
    {
        var format = of.Format ?? Json;
        if (!of.Formats.Contains(format)) return Problems.Of(Refusal.Usage("format_not_there", $"It is not written as «{format}».") with { Field = "format", Value = format, Particulars = Particulars.Of(null, ("choices", string.Join(", ", of.Formats))) });
        var file = Begin();
        if (!(await write(format, file)).Ok(out _, out var refusal))
        {
            await file.DisposeAsync();
            return Problems.Of(refusal);
        }

        if (format is "pdf" or Page) Languages.Tell(wish.Call.Response, [wish.Tongue.Tag]);
        return Answer(file, null, (of.Name, format), wish);
    }

    /// <summary>The file, to print from the browser when it is a page and to keep when it is none; or the page of why not.</summary>
    public static IResult Answer(Stream content, Refusal? refusal, (string Name, string Format) file, Wish wish)
    {
        if (refusal is not null)
        {
            content.Dispose();
            return Results.StatusCode(Problems.Status(refusal));
        }

        content.Position = 0;
        if (file.Format == Page) wish.Call.Response.Headers.ContentSecurityPolicy = Policy;
        return Results.File(content, TypeOf(file.Format), file.Format == Page ? null : $"{file.Name}.{file.Format}");
    }

    private static string TypeOf(string format) => format switch
    {
        "pdf" => "application/pdf",
        "csv" => "text/csv; charset=utf-8",
        Json => "application/json",
        "jsonl" => "application/x-ndjson; charset=utf-8",
        _ => "text/html; charset=utf-8",
    };
}

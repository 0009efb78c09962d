using ContributionEngine.Core;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Web;

/// <summary>A form that a program sends: its fields and its one file.</summary>
internal sealed class SentForm(IFormCollection fields, IFormFile file)
{
    public IFormFile File => file;

    public string? this[string name] => fields[name] is [{ Length: > 0 } value] ? value : null;

    public bool Says(string name) => this[name] == "true";

    /// <summary>Refusals: <c>form_needed</c>, <c>file_missing</c>.</summary>
    public static async Task<Outcome<SentForm>> Of(HttpRequest request, CancellationToken stop)
    {
        if (!request.HasFormContentType) return Refusal.Usage("form_needed", "A file is sent as multipart/form-data.");
        var fields = await request.ReadFormAsync(stop);
        return fields.Files is [var file, ..] ? new SentForm(fields, file) : Refusal.Usage("file_missing", "The form has no file.") with { Field = "file" };
    }

    /// <summary>Refusals: <c>field_missing</c>.</summary>
    public Outcome<string> Needs(string name) => this[name] is { } value ? value : Refusal.Usage("field_missing", $"The field '{name}' is missing.") with { Field = name };
}

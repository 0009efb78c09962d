using System.Net.Http.Headers;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.WebUtilities;

namespace ContributionEngine.FundGateway;

/// <summary>Bodies of responses, never more of them than a limit.</summary>
internal static class HttpBody
{
    private const string Mixed = "multipart/mixed";
    private const int BoundaryMax = 70; // RFC 2046, 5.1.1

    /// <summary>The whole body; null when it is longer than <paramref name="max"/> bytes.</summary>
    public static async Task<byte[]?> Read(HttpContent content, int max, CancellationToken stop)
    {
        if (content.Headers.ContentLength > max) return null;
        await using var stream = await content.ReadAsStreamAsync(stop);
        return await Bounded.Read(stream, max, stop);
    }

    /// <summary>The answers in a body: its parts where it is multipart/mixed, else the body itself; none where it is empty.</summary>
    /// <exception cref="IOException">The parts cannot be told from each other.</exception>
    public static async Task<IReadOnlyList<PickedAnswer>> Answers(HttpContent content, string reference, CancellationToken stop)
    {
        var name = NameIn(content.Headers.ContentDisposition, reference);
        if (await Read(content, FundPipeline.AnswerBytesMax, stop) is not { } body) return [new PickedAnswer(name, []) { Trouble = $"it is longer than {FundPipeline.AnswerBytesMax} bytes" }];
        if (body.Length == 0) return [];
        if (content.Headers.ContentType is not { MediaType: Mixed } type) return [new PickedAnswer(name, body)];
        var boundary = type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"');
        return boundary is { Length: > 0 and <= BoundaryMax } ? await Parts(body, boundary, reference, stop) : throw new IOException("The fund's answers are multipart/mixed without a boundary.");
    }

    private static async Task<IReadOnlyList<PickedAnswer>> Parts(byte[] body, string boundary, string reference, CancellationToken stop)
    {
        var answers = new List<PickedAnswer>();
        var reader = new MultipartReader(boundary, new MemoryStream(body));
        while (answers.Count < FundPipeline.AnswersMax && await reader.ReadNextSectionAsync(stop) is { } part)
        {
            using var content = new MemoryStream();
            await part.Body.CopyToAsync(content, stop);
            var disposition = ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var parsed) ? parsed : null;
            answers.Add(new PickedAnswer(NameIn(disposition, $"{reference}-{answers.Count + 1}"), content.ToArray()));
        }

        return answers;
    }

    private static string NameIn(ContentDispositionHeaderValue? disposition, string otherwise) =>
        (disposition?.FileNameStar ?? disposition?.FileName?.Trim('"')) is { Length: > 0 } named ? FundText.Of(named) : otherwise;
}

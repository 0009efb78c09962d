using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.FundGateway;

/// <summary>Answers as one body: a single one as it is, several as multipart/mixed.</summary>
internal static class AnswerBody
{
    // No line of an answer begins like this: it is JSON.
    private const string Boundary = "answer-of-the-fund";

    public static IResult Of(string reference, IReadOnlyList<string> answers)
    {
        if (answers.Count <= 1) return Results.Text(answers.Count == 0 ? "" : answers[0], "application/json");
        var body = new StringBuilder();
        foreach (var (answer, i) in answers.Select((answer, i) => (answer, i)))
        {
            body.Append(CultureInfo.InvariantCulture, $"--{Boundary}\r\nContent-Type: application/json\r\nContent-Disposition: attachment; filename=\"{reference}-{i + 1}.json\"\r\n\r\n{answer}\r\n");
        }

        return Results.Text(body.Append(CultureInfo.InvariantCulture, $"--{Boundary}--\r\n").ToString(), $"multipart/mixed; boundary={Boundary}");
    }
}

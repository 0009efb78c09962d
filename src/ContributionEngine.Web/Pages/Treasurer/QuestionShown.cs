using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Web.Pages;

/// <summary>A question about bank money as a treasurer answers it.</summary>
/// <param name="Refused">What was refused of her answer to this one; null: nothing.</param>
/// <param name="Answer">What she had chosen.</param>
public sealed record QuestionShown(KnownQuestion Question, Refusal? Refused, string? Answer, string? Other)
{
    /// <summary>Answer: it is not ours.</summary>
    public const string NotOurs = "not_ours";

    /// <summary>Answer: it is ours, for the remittance that is chosen from the list of the others.</summary>
    public const string Another = "another";

    /// <summary>Remittances to choose by one press; the others stand in a list.</summary>
    private const int NearestMax = 5;

    public IEnumerable<NamedRemittance> Nearest => Question.Remittances.Take(NearestMax);

    public IEnumerable<NamedRemittance> Others => Question.Remittances.Skip(NearestMax);

    /// <summary>The field that errors lead to: the first of the choices.</summary>
    public string Field => FieldOf(Question.Question);

    public static string FieldOf(string question) => $"answer-{question}";

    /// <summary>The field of a choice.</summary>
    public string FieldAt(int place) => place == 0 ? Field : $"{Field}-{place}";
}

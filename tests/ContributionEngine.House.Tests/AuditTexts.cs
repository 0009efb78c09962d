using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContributionEngine.House.Tests;

/// <summary>What was done can be said in every language: each event of the audit has its text, and each text its event.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class AuditTexts
{
    private const string Texts = "src/ContributionEngine.Web/Texts/audit.json";
    private const string Area = "did.";

    // Words of the same form that name queues and reports.
    private static readonly string[] NoEvents =
    [
        "ask-fund", "check-upload", "cut-remittance", "deliver-remittance", "match-bank", "pick-up-answers", "prove-tie-out", "reconcile-receipts",
        "collection-rate", "late-sheets", "match-quality", "over-short", "tie-out",
    ];

    // Put together from a word that stands elsewhere.
    private static readonly string[] PutTogether = ["period-closed", "period-soft-closed", "remittance-revised", "remittance-supplementary"];

    [Test]
    public void Every_event_of_the_audit_has_its_text()
    {
        var events = from source in House.Product
                     where source.Project == "Engine"
                     from literal in source.All<LiteralExpressionSyntax>()
                     where literal.IsKind(SyntaxKind.StringLiteralExpression) && Word().IsMatch(literal.Token.ValueText) && !NoEvents.Contains(literal.Token.ValueText)
                     select literal.Token.ValueText;
        var texts = JsonNode.Parse(House.Text(Texts))!.AsObject().Select(pair => pair.Key[Area.Length..]);
        Assert.That(events.Concat(PutTogether).Distinct(), Is.EquivalentTo(texts));
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)+$")]
    private static partial Regex Word();
}

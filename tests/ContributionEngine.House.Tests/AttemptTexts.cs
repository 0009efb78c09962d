using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContributionEngine.House.Tests;

/// <summary>What became of an attempt, to hand over or to tell a receiver, can be said in every language: each sentence has its text, and each text its sentence.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AttemptTexts
{
    private const string Texts = "src/ContributionEngine.Web/Texts/handovers.json";
    private const string Gateway = "FundGateway";

    // By which sentences of handing over are made; a refusal of the gateway may end an attempt too.
    private static readonly string[] Everywhere = ["Handover.Told"];
    private static readonly string[] InGateway = ["Said", "Refused", "Refusal.Input", "Refusal.Usage", "Refusal.NotFound", "Refusal.Conflict"];

    [Test]
    public void Every_sentence_of_handing_over_has_its_text() => Same("handover.",
    [
        .. Made(type => type.StartsWith("Handover.", StringComparison.Ordinal)),
        .. from source in Of(Gateway) from made in source.All<ImplicitObjectCreationExpressionSyntax>() where made.ArgumentList.Arguments is [{ Expression: var code }, { Expression: InterpolatedStringExpressionSyntax }] && IsWord(code) select made.ArgumentList,
        .. from source in Of(Gateway, "Engine") from call in source.All<InvocationExpressionSyntax>() where Everywhere.Contains($"{call.Expression}") || (source.Project == Gateway && InGateway.Contains($"{call.Expression}")) select call.ArgumentList,
        .. from source in Of("Engine") where source.All<RecordDeclarationSyntax>().Any(type => type.Identifier.ValueText == "Handover") from call in source.All<InvocationExpressionSyntax>() where $"{call.Expression}" == "Told" select call.ArgumentList,
    ]);

    [Test]
    public void Every_sentence_of_telling_a_receiver_has_its_text() => Same("webhook_said.", [.. Made(type => type == "WebhookAnswer")]);

    private static void Same(string area, IReadOnlyList<BaseArgumentListSyntax> said)
    {
        var texts = JsonNode.Parse(House.Text(Texts))!.AsObject().Select(pair => pair.Key).Where(key => key.StartsWith(area, StringComparison.Ordinal)).Select(key => key[area.Length..].Split('.')).ToList();
        Assert.That(said.SelectMany(Codes).Distinct(), Is.EquivalentTo(texts.Select(words => words[0]).Distinct()), "codes");
        Assert.That(said.SelectMany(Variants).Distinct(), Is.EquivalentTo(texts.SelectMany(words => words.Skip(1))), "variants");
    }

    private static IEnumerable<BaseArgumentListSyntax> Made(Func<string, bool> isIt) =>
        from source in Of(Gateway, "Engine") from made in source.All<ObjectCreationExpressionSyntax>() where made.ArgumentList is not null && isIt($"{made.Type}") select made.ArgumentList;

    private static IEnumerable<Source> Of(params string[] projects) => House.Product.Where(source => projects.Contains(source.Project));

    // The code stands before its sentence, the variant behind it.
    private static IEnumerable<string> Codes(BaseArgumentListSyntax list) => Words(list.Arguments.TakeWhile(argument => argument.Expression is not InterpolatedStringExpressionSyntax));

    private static IEnumerable<string> Variants(BaseArgumentListSyntax list) => Words(list.Arguments.SkipWhile(argument => argument.Expression is not InterpolatedStringExpressionSyntax));

    private static IEnumerable<string> Words(IEnumerable<ArgumentSyntax> among) =>
        among.Select(argument => argument.Expression).Where(IsWord).Select(literal => ((LiteralExpressionSyntax)literal).Token.ValueText);

    private static bool IsWord(ExpressionSyntax expression) => expression.IsKind(SyntaxKind.StringLiteralExpression);
}

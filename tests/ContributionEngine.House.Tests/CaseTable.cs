using System.Text.Json.Nodes;
using ContributionEngine.Engine;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContributionEngine.House.Tests;

/// <summary>Whoever looks a case up finds its reason and what may be done with it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CaseTable
{
    private const string File = "docs/operating.md";
    private const string Texts = "src/ContributionEngine.Web/Texts/case-details.json";
    private const string Heading = "## Cases: what to do, by reason";

    [Test]
    public void Every_reason_and_its_actions_stand_in_the_table()
    {
        var rows = Markdown.Read(File).Table(Heading).Skip(1).Select(cells => $"{cells[0].Trim('`')}: {cells[2].Replace("`", "", StringComparison.Ordinal)}").ToList();
        var reasons = CaseActions.Reasons.Select(reason => $"{reason}: {string.Join(", ", CaseActions.Of(reason))}").ToList();
        Rule.Holds(reasons.Except(rows).Select(row => new Offence(File, row, $"the row «{row}» is missing"))
            .Concat(rows.Except(reasons).Select(row => new Offence(File, row, $"no case has «{row}»"))));
    }

    [Test]
    public void Every_way_in_which_a_case_is_told_or_ends_has_its_text()
    {
        var texts = JsonNode.Parse(House.Text(Texts))!.AsObject().Select(pair => pair.Key).ToList();
        var ends = (from source in House.Product from made in source.All<ObjectCreationExpressionSyntax>() where $"{made.Type}" == "CaseEnd" select $"case_ended.{Word(made.ArgumentList!.Arguments[0])}").ToHashSet();
        Assert.That(ends, Is.EquivalentTo(texts.Where(key => key.StartsWith("case_ended.", StringComparison.Ordinal))));

        var variants = from source in House.Product
                       from made in source.All<BaseObjectCreationExpressionSyntax>()
                       where made.ArgumentList is { Arguments: [_, _, _, _, _] } && (made is ImplicitObjectCreationExpressionSyntax || made is ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: "NewCase" } })
                       where made.ArgumentList!.Arguments[3].Expression is InterpolatedStringExpressionSyntax or BinaryExpressionSyntax or IdentifierNameSyntax
                       from word in made.ArgumentList!.Arguments[4].DescendantNodes().OfType<LiteralExpressionSyntax>().Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression)).Select(literal => literal.Token.ValueText)
                       select word;
        var found = variants.ToHashSet();
        Assert.That(found, Is.Not.Empty.And.All.Matches<string>(word => texts.Exists(key => key.StartsWith("case_said.", StringComparison.Ordinal) && key.EndsWith($".{word}", StringComparison.Ordinal))));
    }

    private static string Word(ArgumentSyntax argument) => ((LiteralExpressionSyntax)argument.Expression).Token.ValueText;
}

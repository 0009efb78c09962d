using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContributionEngine.House.Tests;

/// <summary>One word, one meaning: the words that the glossary rules out stand in no type name, as far as a name alone can tell.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Glossary
{
    private const string File = "docs/glossary.md";

    // Words that mean nothing else here. «Match», «import», «plan» or «charge» are right elsewhere, so a name cannot tell.
    private static readonly (string Word, string Said)[] RuledOut =
    [
        ("contract", "Agreement"), ("tenant", "Organisation"), ("invoice", "Schedule or Obligation"), ("payout", "Remittance"), ("payee", "Fund"), ("cycle", "Period"), ("ticket", "Case"),
        ("unassigned", "Suspense"),
    ];

    [Test]
    public void No_type_is_called_by_a_word_that_is_ruled_out() => Rule.Holds(
        from source in House.Sources
        from type in source.All<BaseTypeDeclarationSyntax>()
        from word in Names.Words(type.Identifier.Text)
        from ruled in RuledOut
        where word.Equals(ruled.Word, StringComparison.OrdinalIgnoreCase) || word.Equals(ruled.Word + "s", StringComparison.OrdinalIgnoreCase)
        select new Offence(source.At(type), type.Identifier.Text, $"{type.Identifier.Text}: say {ruled.Said}, not {ruled.Word}"));

    [Test]
    public void The_glossary_rules_out_the_same_words()
    {
        if (!House.Has(File)) Assert.Fail($"{File} is missing; it holds a table of words with a column «not called».");
        var rows = Markdown.Read(File).AllRows().Select(row => row.Cells).ToList();
        var column = rows.SelectMany(cells => cells.Select((cell, i) => (cell, i))).Where(cell => cell.cell.Equals("not called", StringComparison.OrdinalIgnoreCase)).Select(cell => cell.i).FirstOrDefault(-1);
        if (column < 1) Assert.Fail($"{File}: no table has a column «not called» beside its words.");
        var ruledOut = rows.Where(cells => cells.Count > column).SelectMany(cells => cells[column].Split([',', ';', ' '])).Select(word => word.Trim('`', '«', '»').ToLowerInvariant()).ToHashSet();
        Rule.Holds(RuledOut.Where(ruled => !ruledOut.Contains(ruled.Word)).Select(ruled => new Offence(File, ruled.Word, $"«{ruled.Word}» is ruled out in type names; the table says so beside {ruled.Said}")));
    }

    [Test]
    public void No_word_is_explained_twice()
    {
        if (!House.Has(File)) Assert.Ignore("The glossary is not here.");
        Rule.Holds(Markdown.Read(File).AllRows().GroupBy(row => row.Cells[0], StringComparer.OrdinalIgnoreCase).Where(rows => rows.Key != "" && rows.Count() > 1 && !rows.Key.Equals("word", StringComparison.OrdinalIgnoreCase))
            .Select(rows => new Offence($"{File}:{rows.Last().Line}", rows.Key, $"«{rows.Key}» is explained twice")));
    }
}

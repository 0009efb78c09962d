namespace ContributionEngine.Files;

/// <summary>A document that is written as a page for browsers and printers or as a PDF, with the same words and figures.</summary>
internal sealed record Paper
{
    public required string Language { get; init; }

    public required string Title { get; init; }

    /// <summary>Whose document it is.</summary>
    public required string From { get; init; }

    /// <summary>Whom it is about or for.</summary>
    public required string For { get; init; }

    /// <summary>What tells this paper from others in a list of files.</summary>
    public required string Number { get; init; }

    public required IReadOnlyList<Block> Blocks { get; init; }

    /// <summary>Words of the foot of a page.</summary>
    public required Func<int, int, string> Foot { get; init; }
}

/// <summary>A part of a paper, from its top to its end.</summary>
internal abstract record Block;

/// <summary>Names and what they are, in a row.</summary>
internal sealed record Facts(params IReadOnlyList<(string Name, string Value)> Of) : Block;

/// <summary>Figures that are to be seen first.</summary>
internal sealed record Sums(params IReadOnlyList<(string Name, string Value)> Of) : Block;

internal sealed record Heading(string Text) : Block;

internal sealed record Sentence(string Text) : Block;

/// <summary>What somebody copies by hand.</summary>
internal sealed record Large(string Name, string Text) : Block;

/// <summary>A QR code and what it says in words.</summary>
internal sealed record Code(string Content, params IReadOnlyList<(string Name, string Value)> Beside) : Block
{
    /// <summary>What is beside it is for machines and auditors: in small letters.</summary>
    public bool IsFine { get; init; }
}

/// <summary>A table; the last columns are figures, which stand to the right.</summary>
/// <param name="Texts">How many of the columns are texts: the first ones.</param>
/// <param name="Foot">The last row; empty: none.</param>
internal sealed record Table(IReadOnlyList<string> Columns, int Texts, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Foot) : Block;

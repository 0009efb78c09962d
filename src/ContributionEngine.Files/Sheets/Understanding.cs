using System.Text.Json.Serialization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>One column of theirs that was taken for a field of ours.</summary>
/// <param name="Field">Our name, such as <c>amount</c>.</param>
/// <param name="Header">Their header, as it stands in the file.</param>
/// <param name="Reason"><c>map</c>, <c>saved map</c>, <c>name</c> or <c>alias</c>.</param>
public sealed record UnderstoodColumn(string Field, string Header, string Reason);

/// <summary>What was understood of a sheet, so that a person can see it before any money is written.</summary>
public sealed record Understanding
{
    /// <summary><c>csv</c>, <c>xlsx</c>, <c>xls</c>, <c>mpesa statement</c> or <c>mpesa callback</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Name of the file inside a zip that was read; null for a file that came by itself.</summary>
    public string? InZip { get; init; }

    /// <summary>Encoding of a text, such as <c>UTF-8</c> or <c>Windows-1252</c>; null for a workbook.</summary>
    public string? Encoding { get; init; }

    /// <summary>What stands between the cells of a text; null for a workbook.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Name of the sheet that was read; null for a text.</summary>
    public string? Sheet { get; init; }

    /// <summary>Physical line or sheet row of the header, from 1; 0 where there is none.</summary>
    public long HeaderRow { get; init; }

    public IReadOnlyList<UnderstoodColumn> Columns { get; init; } = [];

    /// <summary>Decimal mark of the amounts, <c>.</c> or <c>,</c>; null when nothing needed deciding.</summary>
    public string? Decimal { get; init; }

    /// <summary><c>dmy</c> or <c>mdy</c>; null when nothing needed deciding.</summary>
    public string? DateOrder { get; init; }

    /// <summary>Headers that are no field of ours.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Plain sentences of what was tidied or passed over.</summary>
    public IReadOnlyList<string> Notes => [.. Tidied.Select(note => note.Sentence)];

    /// <summary>The same with what another language needs to say it.</summary>
    [JsonIgnore]
    public IReadOnlyList<SheetNote> Tidied { get; init; } = [];
}

/// <summary>Something that was tidied or passed over while a sheet was read.</summary>
/// <param name="Particulars">Which of the notes it is, and the rows, cells or sheets that it is about.</param>
public sealed record SheetNote(Particulars Particulars, string Sentence);

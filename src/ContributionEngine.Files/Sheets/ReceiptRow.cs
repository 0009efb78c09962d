using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What a receipts file is read against.</summary>
/// <param name="LatestDay">The as-of date; a later day is R14.</param>
public sealed record SheetTerms(string FileName, Currency Currency, DateOnly LatestDay, SheetMap? Map)
{
    /// <summary>The scheme works contributions out on events: rows may say one, and may bring no money.</summary>
    public bool TakesEvents { get; init; }

    /// <summary>Maps that the organisation submitted earlier, newest first: the newest whose every named column stands in the header is used, after <see cref="Map"/>.</summary>
    public IReadOnlyList<SheetMap> Saved { get; init; } = [];

    /// <summary>What a person put in the place of a cell, by row and field; null where the file's own text holds. It is read as if it stood in the file.</summary>
    public Func<long, string, string?>? Fixed { get; init; }
}

/// <summary>What is wrong with one cell of a row.</summary>
public sealed record RowProblem(string Code, string Field, string? Value, string Detail)
{
    /// <summary>What the sentence needs in another language, beside row and value; null where it is the code's usual one and these say it.</summary>
    public Particulars? Particulars { get; init; }
}

/// <summary>One row of a receipts file. Where <see cref="Problems"/> names a field, that field holds nothing to rely on.</summary>
public sealed record ReceiptRow
{
    /// <summary>Physical line where the record starts, the file's first line being 1; in a workbook the sheet row.</summary>
    public required long Row { get; init; }

    public string? MemberNo { get; init; }

    public string? NationalId { get; init; }

    public string? MemberName { get; init; }

    public long AmountMinor { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public string? ReceiptNo { get; init; }

    public Period? Period { get; init; }

    public string? Component { get; init; }

    public string? Method { get; init; }

    public string? Reference { get; init; }

    public string? EventKind { get; init; }

    /// <summary>What the event was worth, in minor units.</summary>
    public long? EventValueMinor { get; init; }

    /// <summary>What was sold or delivered, in thousandths of the scheme's unit.</summary>
    public long? EventQuantity { get; init; }

    /// <summary>Receipt number of the payment that this row of a statement takes back; <see cref="AmountMinor"/> is then what was taken back, positive.</summary>
    public string? Reverses { get; init; }

    /// <summary>In an errors file that comes back: the code and the words that it was sent out with, where they still stand.</summary>
    public (string? Code, string? WhatToFix) SentOutWith { get; init; }

    public IReadOnlyList<RowProblem> Problems { get; init; } = [];

    public bool HasMember => MemberNo is not null || NationalId is not null;

    /// <summary>True when a problem names the field: it holds nothing to rely on.</summary>
    public bool IsFaulty(string field)
    {
        for (var i = 0; i < Problems.Count; i++)
        {
            if (Problems[i].Field == field) return true;
        }

        return false;
    }
}

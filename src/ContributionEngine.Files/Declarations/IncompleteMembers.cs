using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Members of whom a form needs to know more than is known, each with the columns of the members file where it is entered.</summary>
public sealed class IncompleteMembers
{
    /// <summary>Of so many members the faults are named; a file with more has something else wrong.</summary>
    public const int Max = 1_000;

    private readonly string format;
    private readonly HashSet<(string MemberNo, string Field)> known = [];
    private readonly HashSet<string> members = [];
    private readonly List<Refusal> errors = [];

    internal IncompleteMembers(string format) => this.format = format;

    internal bool IsFull => members.Count >= Max;

    internal Refusal? Refusal => errors.Count == 0 ? null : Core.Refusal.Input("declaration_incomplete", $"«{format}» cannot be written for {members.Count} members; {errors[0].Detail}") with
    {
        Errors = errors, Help = "Enter what is missing with 'member import'; at the next cut-off it is tried again.",
    };

    /// <summary>Notes once per member and field what is wrong.</summary>
    internal void Add(DeclarationLine line, (string Field, string? Value) cell, string what)
    {
        if (IsFull && !members.Contains(line.MemberNo)) return;
        if (!known.Add((line.MemberNo, cell.Field))) return;
        members.Add(line.MemberNo);
        errors.Add(Core.Refusal.Input("declaration_incomplete", $"{cell.Field} {what}") with { Member = line.MemberNo, Field = cell.Field, Value = cell.Value });
    }
}

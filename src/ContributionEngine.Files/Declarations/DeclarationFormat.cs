using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>A form of declarations, as a fund takes them: how they are written and what they need.</summary>
public abstract class DeclarationFormat
{
    /// <summary>The name in <c>channel.format</c> of an agreement.</summary>
    public abstract string Name { get; }

    /// <summary>A file holds one period, and a remittance has one file.</summary>
    public virtual bool HasOnePeriod => false;

    /// <summary>A file says more of members than their numbers.</summary>
    public virtual bool AsksOfMembers => true;

    /// <summary>A file tells the fund of the proofs of earlier remittances.</summary>
    public virtual bool TellsProofs => false;

    /// <summary>Columns of a members file that are kept because this form asks for them; the usual columns are kept anyway.</summary>
    public virtual IReadOnlySet<string> Columns { get; } = new HashSet<string>();

    /// <summary>A refusal where no declaration of the agreement could be written in this form, by field of the agreement file; else null.</summary>
    public virtual Refusal? Unfit(Agreement agreement, Pack pack) => null;

    /// <summary>Name of the file; no two remittances have one name.</summary>
    public abstract string FileName(DeclarationHeader header);

    /// <summary>What a person enters on the fund's own form when she hands the file in; null where the file says all.</summary>
    /// <param name="kind">Kind of the remittance.</param>
    /// <param name="period">Its one period, where the form has one.</param>
    public virtual string? EnteredWith(string kind, string? period) => null;

    /// <summary>
    /// Streams a declaration; flat memory whatever its size. Refused with code <c>declaration_incomplete</c> when a member lacks what the
    /// form needs, one error per member and field, of at most <see cref="IncompleteMembers.Max"/> members, and with <c>declaration_not_carried</c>
    /// when the form cannot say such a thing at all; what went into the target is worth nothing then.
    /// </summary>
    public async Task<Outcome<WrittenDeclaration>> Write(Stream target, DeclarationHeader header, IAsyncEnumerable<DeclarationLine> lines, CancellationToken stop)
    {
        if (NotCarried(header) is { } no) return no;
        using var bytes = new DeclarationBytes(target);
        var incomplete = new IncompleteMembers(Name);
        var rows = Rows(header, bytes, incomplete);
        rows.Begin();
        long count = 0, total = 0;
        await foreach (var line in lines.WithCancellation(stop))
        {
            count++;
            total = checked(total + line.AmountMinor);
            rows.Add(line);
            if (incomplete.IsFull) break;
            if (bytes.IsDue) await bytes.Drain(stop);
        }

        rows.End(count, total);
        if (incomplete.Refusal is { } refusal) return refusal;
        var (length, sha256) = await bytes.Finish(stop);
        return new WrittenDeclaration(count, total, sha256, length);
    }

    private protected virtual Refusal? NotCarried(DeclarationHeader header) => null;

    private protected abstract DeclarationRows Rows(DeclarationHeader header, DeclarationBytes target, IncompleteMembers incomplete);

    private protected static Refusal Lacks(string field, string what) => Refusal.Input("agreement_invalid", $"{field}: {what}.") with
    {
        Field = field, Help = "Correct that field of the agreement file and import it again; docs/declarations.md lists what each form needs.",
    };

    /// <summary>What the engine collects under the pack and the form has no place for, by name; null when there is none.</summary>
    private protected Refusal? NoPlace(Pack pack, IEnumerable<string> known) =>
        pack.Components.FirstOrDefault(component => component.IsCollected && !known.Contains(component.Id)) is { } other
            ? Lacks("channel.format", $"«{Name}» has no place for component {other.Id} of pack {pack.Id}; it has {string.Join(", ", known)}")
            : null;
}

/// <summary>Writes the records of one declaration.</summary>
internal abstract class DeclarationRows
{
    public abstract void Begin();

    public abstract void Add(DeclarationLine line);

    public abstract void End(long lines, long totalMinor);
}

/// <summary>The forms of declarations, in the order in which they are named to people.</summary>
public static class DeclarationFormats
{
    public static DeclarationFormat Csv { get; } = new CsvFormat();

    public static IReadOnlyList<DeclarationFormat> All { get; } = [Csv, new EcrFormat(), new SaffFormat(), new TssFormat()];

    /// <summary>The form of that name; null when there is none.</summary>
    public static DeclarationFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);
}

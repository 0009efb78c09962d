using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a members file changed.</summary>
public sealed record ImportedMembers(string Agreement, int Rows, int Added, int Changed, int Unchanged);

/// <summary>Takes in a members file: an upsert by member number, all of it or nothing.</summary>
public sealed class ImportMembers(Database database)
{
    public async Task<Outcome<ImportedMembers>> Run(Actor actor, string number, (Func<Stream> Open, string Name) file, CancellationToken stop)
    {
        if (!MemberSheet.Read(file.Open, file.Name).Ok(out var rows, out var refusal)) return refusal;
        await database.Ids.Ensure((2L * rows.Count) + IdBlocks.UnitIds, stop);
        return await database.Attempt<ImportedMembers>(actor, async work =>
        {
            if (!(await work.Agreements.FindToChange(number)).Ok(out var agreement, out var no)) return no;
            if (!(await SchemePacks.Of(work, agreement)).Ok(out var pack, out no)) return no;
            if (Unfit(rows, pack) is { } unfit) return unfit;
            var book = new MemberBook(
                await work.Members.Of(agreement.OrganisationId), await work.Members.EnrolledIn(agreement.Id), (await work.Members.Facts(agreement.Id)).ToLookup(fact => fact.EnrolmentId));
            var asked = pack.AsksFor.Union(DeclarationFormats.Find(agreement.Agreement.Channel.Format)?.Columns ?? new HashSet<string>()).ToHashSet();
            foreach (var row in rows)
            {
                if (book.Take(Asked(row, asked), work.NextId) is { } fault) return fault;
            }

            await Save(work, agreement, book);
            await work.Audit.Record(agreement.Number, "members-imported", agreement.Number, JsonSerializer.Serialize(new { rows = rows.Count, added = book.Added, changed = book.Changed }));
            return new ImportedMembers(agreement.Number, rows.Count, book.Added, book.Changed, rows.Count - book.Added - book.Changed);
        }, stop);
    }

    private static Refusal? Unfit(IReadOnlyList<MemberRow> rows, Pack pack)
    {
        foreach (var row in rows)
        {
            if (row.Facts.Flags.FirstOrDefault(flag => !pack.Flags.Contains(flag)) is { } flag)
            {
                return Refusal.Input("members_invalid", $"Row {row.Row}: “{flag}” is no flag of pack {pack.Id}.") with
                {
                    Row = row.Row, Field = "flags", Value = flag, Help = $"Its flags are {string.Join(", ", pack.Flags)}. Nothing was imported.",
                };
            }

            if (pack.CheckWords(row.Facts) is { } word) return word with { Code = "members_invalid", Row = row.Row, Detail = $"Row {row.Row}: {word.Detail}", Help = $"{word.Help} Nothing was imported." };
        }

        return null;
    }

    // Columns that neither the scheme nor the fund's form of declarations asks for are not kept.
    private static MemberRow Asked(MemberRow row, IReadOnlySet<string> asked) => row.Facts.Others.Keys.All(asked.Contains)
        ? row
        : row with { Facts = row.Facts with { Others = row.Facts.Others.Where(other => asked.Contains(other.Key)).ToDictionary() } };

    private static async Task Save(Work work, StoredAgreement agreement, MemberBook book)
    {
        await work.Members.AddMembers(book.NewMembers.Select(item => new object?[]
        {
            item.MemberId, agreement.OrganisationId, item.Row.MemberNo, item.Row.NationalId, MemberDirectory.Folded(item.Row.NationalId), item.Row.FullName, item.Row.Phone, item.Row.Language,
        }));
        await work.Members.AddEnrolments(book.NewEnrolments.Select(item => new object?[]
        {
            item.EnrolmentId, agreement.Id, item.MemberId, item.Row.EnrolledFrom, item.Row.EnrolledTo,
        }));
        await work.Members.AddFacts(book.NewFacts.Select(item => new object?[] { item.EnrolmentId, item.From, item.Document }));
        foreach (var (id, change) in book.ChangedMembers) await work.Members.Change(id, change);
        foreach (var (id, dates) in book.Dates) await work.Members.DateEnrolment(id, dates.From, dates.To);
        foreach (var (id, from, document) in book.ChangedFacts) await work.Members.ChangeFact(id, from, document);
    }
}

using System.Text;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a members file changed.</summary>
public sealed record ImportedMembers(string Agreement, int Rows, int Added, int Changed, int Unchanged);

/// <summary>A person who is not known yet, as she would stand in a members file.</summary>
/// <param name="EnrolledFrom">As <c>yyyy-MM-dd</c>.</param>
public sealed record NewPerson(string MemberNo, string NationalId, string FullName, string EnrolledFrom);

/// <summary>Takes in a members file: an upsert by member number, all of it or nothing.</summary>
public sealed class ImportMembers(Database database)
{
    private const string OnePerson = "person.csv";

    public Task<Outcome<ImportedMembers>> Run(Actor actor, string number, (Func<Stream> Open, string Name) file, CancellationToken stop) =>
        Take(actor, (number, file), (_, _, _) => Task.FromResult<Refusal?>(null), stop);

    /// <summary>The same, and whoever is new owes from now on what the scheme asks of her. What others owe stays as it is until the schedule is worked out.</summary>
    public Task<Outcome<ImportedMembers>> Enrol(Actor actor, string number, (Func<Stream> Open, string Name) file, CancellationToken stop) => Take(actor, (number, file), Schedule, stop);

    /// <summary>Enrols one person who is new, with what she owes. Refusals: those of a file, and <c>member_known</c>.</summary>
    public Task<Outcome<ImportedMembers>> Add(Actor actor, string number, NewPerson person, CancellationToken stop)
    {
        string[] cells = [person.MemberNo, person.NationalId, person.FullName, person.EnrolledFrom];
        var text = "member_no,national_id,full_name,enrolled_from\n" + string.Join(',', cells.Select(CsvCells.Quoted));
        return Take(actor, (number, (() => new MemoryStream(Encoding.UTF8.GetBytes(text)), OnePerson)), async (work, agreement, book) => book.Added == 1 ? await Schedule(work, agreement, book) : Known(person.MemberNo), stop);
    }

    private async Task<Outcome<ImportedMembers>> Take(Actor actor, (string Agreement, (Func<Stream> Open, string Name) File) of, Func<Work, StoredAgreement, MemberBook, Task<Refusal?>> then, CancellationToken stop)
    {
        if (!MemberSheet.Read(of.File.Open, of.File.Name).Ok(out var rows, out var refusal)) return refusal;
        await database.Ids.Ensure((2L * rows.Count) + IdBlocks.UnitIds, stop);
        return await database.Attempt<ImportedMembers>(actor, async work =>
        {
            if (!(await work.Agreements.FindToChange(of.Agreement)).Ok(out var agreement, out var no)) return no;
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
            if (await then(work, agreement, book) is { } not) return not;
            await work.Audit.Record(agreement.Number, "members-imported", agreement.Number, JsonSerializer.Serialize(new { rows = rows.Count, added = book.Added, changed = book.Changed }));
            return new ImportedMembers(agreement.Number, rows.Count, book.Added, book.Changed, rows.Count - book.Added - book.Changed);
        }, stop);
    }

    private static async Task<Refusal?> Schedule(Work work, StoredAgreement agreement, MemberBook book)
    {
        var asOf = new AsOf(work.Now, AsOf.DayIn(work.Now, agreement.Agreement));
        await BringUp.To(work, agreement, asOf, await FollowEvents.Of(work, agreement, asOf, ([.. book.NewEnrolments.Select(item => item.EnrolmentId)], [])));
        return null;
    }

    private static Refusal Known(string number) => Refusal.Conflict("member_known", $"There is a member «{number}» already.") with { Field = "member_no", Value = number, Help = "Take the number that is meant, or another one for a new person." };

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

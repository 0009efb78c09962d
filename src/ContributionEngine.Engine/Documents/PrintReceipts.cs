using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Which slips are wanted: those of an upload, of a member under an agreement, or of one receipt.</summary>
public sealed record SlipsWanted
{
    public string? Upload { get; init; }

    public string? Receipt { get; init; }

    public string? Member { get; init; }

    /// <summary>With a member; and with a receipt that is named by the number on its paper.</summary>
    public string? Agreement { get; init; }

    /// <summary>For members whose own language is not known; null: English.</summary>
    public string? Language { get; init; }

    /// <summary>Where anybody can check a slip, such as <c>https://proofs.example</c>; null: nowhere.</summary>
    public string? PublicUrl { get; init; }
}

/// <summary>Gives the slips of receipts of known members, in order, as they are now. A receipt that was taken back has none.</summary>
public sealed class PrintReceipts(Database database)
{
    // So many receipts are looked up at a time.
    private const int PageSize = 500;

    /// <summary>Hands the slips over as they are read; gives how many. Refusals: <c>slips_of_what</c>, <c>upload_unknown</c>, <c>receipt_unknown</c>, <c>receipt_taken_back</c>, <c>member_unknown</c>, <c>agreement_unknown</c>, <c>no_slips</c>.</summary>
    public Task<Outcome<int>> Run(Actor actor, SlipsWanted wanted, Func<IAsyncEnumerable<ReceiptSlip>, Task> use, CancellationToken stop) => database.Read<Outcome<int>>(actor, async work =>
    {
        if (!(await Pages(work, wanted)).Ok(out var found, out var refusal)) return refusal;
        var pages = found.Pages.GetAsyncEnumerator(stop);
        await using (pages)
        {
            if (!await pages.MoveNextAsync()) return Refusal.NotFound("no_slips", "There is nothing to give a slip for: no payment of a known member that stands.") with { Help = "Look at 'export receipts': money whose member is not known is in suspense." };
            var count = 0;
            await use(Slips());
            return count;

            async IAsyncEnumerable<ReceiptSlip> Slips()
            {
                do
                {
                    foreach (var slip in await Written(work, found.Agreement, pages.Current, wanted))
                    {
                        count++;
                        yield return slip;
                    }
                }
                while (await pages.MoveNextAsync());
            }
        }
    }, stop);

    private static async Task<Outcome<(StoredAgreement Agreement, IAsyncEnumerable<IReadOnlyList<SlipReceipt>> Pages)>> Pages(Work work, SlipsWanted wanted)
    {
        if (wanted.Upload is { } number)
        {
            if (!(await work.Uploads.Find(number)).Ok(out var upload, out var unknown)) return unknown;
            return (await work.Agreements.Get(upload.AgreementId), OfUpload(work, upload.Id));
        }

        if (wanted.Receipt is { } name)
        {
            if (!(await FindReceipt.Live(work, name, wanted.Agreement)).Ok(out var receipt, out var none)) return none;
            return (await work.Agreements.Get(receipt.AgreementId), One(await work.ReceiptSlips.Find(receipt.Id) is { } found ? [found] : []));
        }

        if (wanted is not { Member: { } member, Agreement: { } agreement }) return Refusal.Usage("slips_of_what", "Slips are of an upload, of one receipt, or of a member under an agreement.") with { Help = "Name a receipt, or add --upload ID, or --member NO with --agreement NO." };
        if (!(await work.Agreements.Find(agreement)).Ok(out var stored, out var refusal)) return refusal;
        var placed = await work.Members.Placed(member, stored.Number);
        if (placed.Count == 0) return ProveMember.Unknown(member, stored.Number);
        return (stored, One(await work.ReceiptSlips.Of(stored.Id, placed[0].MemberId)));
    }

    private static async IAsyncEnumerable<IReadOnlyList<SlipReceipt>> OfUpload(Work work, long upload)
    {
        var after = (Row: 0L, Id: 0L);
        while (await work.ReceiptSlips.Of(upload, after, PageSize) is { Count: > 0 } page)
        {
            yield return page;
            after = (page[^1].RowNo, page[^1].Id);
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<SlipReceipt>> One(IReadOnlyList<SlipReceipt> all)
    {
        await Task.CompletedTask;
        if (all.Count > 0) yield return all;
    }

    internal static async Task<IEnumerable<ReceiptSlip>> Written(Work work, StoredAgreement agreement, IReadOnlyList<SlipReceipt> receipts, SlipsWanted wanted)
    {
        var (terms, today) = (agreement.Agreement, AsOf.DayIn(work.Now, agreement.Agreement));
        var members = receipts.Select(row => row.MemberId).Distinct().ToList();
        var parts = (await work.ReceiptSlips.PartsOf(receipts.Select(row => row.Id))).ToLookup(part => part.ReceiptId);
        var owed = (await work.ReceiptSlips.OwedBy(agreement.Id, members, today)).ToDictionary(row => row.MemberId, row => row.Amount);
        var paid = (await work.ReceiptSlips.PaidBy(agreement.Id, members)).ToLookup(row => (row.MemberId, row.ReceivedOn!.Value.Year), row => row.Amount);
        var secret = await work.ReceiptSlips.Seal();
        return receipts.Select(row => new ReceiptSlip
        {
            Receipt = Numbers.Receipt(row.Id), ReceiptNo = row.ReceiptNo, Organisation = terms.Organisation.Name, Fund = terms.Fund.Name, Agreement = agreement.Number, Currency = agreement.Currency,
            MemberNo = row.MemberNo, FullName = row.FullName, Language = row.Language ?? wanted.Language, Phone = row.Phone, ReceivedOn = row.ReceivedOn, Amount = row.Amount,
            Parts = [.. parts[row.Id].Select(part => new SlipPart(part.Period, part.Component, part.Class, part.Amount))], Credit = row.Credit, Refunded = row.Refunded,
            StillOwed = owed.GetValueOrDefault(row.MemberId), PaidInYear = paid[(row.MemberId, row.ReceivedOn.Year)].Sum(), Address = ReceiptSeal.Address(wanted.PublicUrl, row, secret),
        });
    }
}

using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Amounts owed: enrolment x period x component x payer x class.</summary>
public sealed class Obligations(Work work)
{
    internal const string Columns = """
        id, enrolment_id, period, months, component, component_order, payer, collected, class, cause, opens_on, due_on, amount, reduced, allocated, basis_id, principal_id
        """;

    private static readonly BulkTarget Table = new(
        "obligation", "id", "agreement_id", "enrolment_id", "period", "months", "component", "component_order", "payer", "collected", "class", "cause",
        "opens_on", "due_on", "amount", "reduced", "allocated", "basis_id", "principal_id");

    private static readonly BulkTarget ReductionTable = new("reduction", "id", "obligation_id", "amount", "reason", "reduced_on");

    private static readonly Sql OfAgreement = $"""
        select {Columns}
          from obligation
         where agreement_id = @agreementId
         order by enrolment_id, period, component_order, payer, id
        """;

    private static readonly BulkTarget BasisTable = new("basis", "id", "agreement_id", "sha256", "document");

    private static readonly Sql KnownBases = new(dialect => $"select id, sha256 from basis where agreement_id = @agreementId and sha256 in {dialect.AnyOf("@hashes")}");

    private static readonly Sql BasisText = "select document from basis where id = @id";

    private static readonly Sql ByIds = new(dialect => $"""
        select {Columns}
          from obligation where id in {dialect.AnyOf("@ids")} order by id
        """);

    private static readonly Sql OpenOf = new(dialect => $"""
        select id, enrolment_id, amount - reduced - allocated, period, months, component, component_order, class, due_on
          from obligation
         where enrolment_id in {dialect.AnyOf("@enrolments")} and collected = 1 and opens_on <= @asOf and allocated < amount - reduced
        """);

    // Enrolments of members who have several under the same agreement, because they left and came back.
    private static readonly Sql OfReturned = new(dialect => $"""
        select distinct b.member_id, b.id
          from enrolment a
          join enrolment b on b.agreement_id = a.agreement_id and b.member_id = a.member_id
         where a.id in {dialect.AnyOf("@enrolments")}
           and exists (select 1 from enrolment c where c.agreement_id = a.agreement_id and c.member_id = a.member_id and c.id <> a.id)
        """);

    private static readonly Sql AddAllocated = new(dialect => $"""
        update obligation set allocated = obligation.allocated + p.amount
          from {dialect.PairsOf("@pairs")} as p
         where p.id = obligation.id
        """);

    private static readonly Sql AddReduced = new(dialect => $"""
        update obligation set reduced = obligation.reduced + p.amount
          from {dialect.PairsOf("@pairs")} as p
         where p.id = obligation.id
        """);

    private const string OncePaidRows = """
        select distinct o.id
          from obligation o
          join allocation a on a.obligation_id = o.id and o.allocated = 0
        """;

    // What the State was asked for stays too.
    private const string OnceClaimedRows = "select o.id from obligation o join state_claim c on c.obligation_id = o.id";

    private static readonly Sql OncePaid = $"{OncePaidRows} where o.agreement_id = @agreementId union {OnceClaimedRows} where o.agreement_id = @agreementId";

    private static readonly Sql OfEnrolments = new(dialect => $"""
        select {Columns}
          from obligation
         where enrolment_id in {dialect.AnyOf("@enrolments")}
         order by enrolment_id, period, component_order, payer, id
        """);

    private static readonly Sql OncePaidBy = new(dialect => $"""
        {OncePaidRows} where o.enrolment_id in {dialect.AnyOf("@enrolments")}
        union {OnceClaimedRows} where o.enrolment_id in {dialect.AnyOf("@enrolments")}
        """);

    private static readonly Sql OncePaidOf = new(dialect => $"{OncePaidRows} where o.id in {dialect.AnyOf("@ids")}");

    private static readonly Sql Remove = new(dialect => $"delete from obligation where id in {dialect.AnyOf("@ids")} and allocated = 0 and reduced = 0");

    public Task<IReadOnlyList<StoredObligation>> Of(long agreementId) => work.Rows<StoredObligation>(OfAgreement, new { agreementId });

    /// <summary>Ids of obligations that bear no money now and did before: they are reduced and never removed.</summary>
    public Task<IReadOnlyList<long>> PaidBefore(long agreementId) => work.Rows<long>(OncePaid, new { agreementId });

    public Task<IReadOnlyList<StoredObligation>> OfEnrolled(IEnumerable<long> enrolments) => work.Rows<StoredObligation>(OfEnrolments, new { enrolments = work.Dialect.Array(enrolments) });

    /// <summary>As <see cref="PaidBefore"/>, of some enrolments.</summary>
    public Task<IReadOnlyList<long>> PaidBeforeBy(IEnumerable<long> enrolments) => work.Rows<long>(OncePaidBy, new { enrolments = work.Dialect.Array(enrolments) });

    /// <summary>As <see cref="PaidBefore"/>, among these.</summary>
    public Task<IReadOnlyList<long>> PaidBeforeOf(IEnumerable<long> ids) => work.Rows<long>(OncePaidOf, new { ids = work.Dialect.Array(ids) });

    /// <summary>The arithmetic of an obligation, as a JSON list of steps.</summary>
    public async Task<string> Basis(StoredObligation obligation) => (await work.One<string>(BasisText, new { id = obligation.BasisId }))!;

    /// <summary>Ids under which these documents are kept, in their order; what is not there yet is added.</summary>
    public async Task<IReadOnlyList<long>> BasisIds(long agreementId, IReadOnlyList<string> documents)
    {
        var hashes = documents.Select(document => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)))).ToList();
        var known = (await work.Rows<KnownBasis>(KnownBases, new { agreementId, hashes = work.Dialect.Array(hashes) })).ToDictionary(row => row.Sha256, row => row.Id);
        var ids = hashes.Select(hash => known.TryGetValue(hash, out var id) ? id : work.NextId()).ToList();
        await work.Bulk(BasisTable, Enumerable.Range(0, ids.Count).Where(i => !known.ContainsKey(hashes[i])).Select(i => new object?[] { ids[i], agreementId, hashes[i], documents[i] }));
        return ids;
    }

    public Task<IReadOnlyList<StoredObligation>> WithIds(IEnumerable<long> ids) =>
        work.Rows<StoredObligation>(ByIds, new { ids = work.Dialect.Array(ids) });

    /// <summary>
    /// What the members of these enrolments owe at a date, by enrolment, sorted by rule 2, ready to be paid. Enrolments of one
    /// member share one list: her money pays what she owes, whenever she was enrolled.
    /// </summary>
    public async Task<Dictionary<long, List<OpenObligation>>> OpenFor(IEnumerable<long> enrolments, DateOnly asOf)
    {
        var asked = enrolments.ToHashSet();
        var returned = (await work.Rows<ReturnedEnrolment>(OfReturned, new { enrolments = work.Dialect.Array(asked) })).GroupBy(row => row.MemberId, row => row.Id).ToList();
        asked.UnionWith(returned.SelectMany(member => member));
        var open = await Read(asked, asOf);
        foreach (var member in returned)
        {
            var shared = member.SelectMany(id => open.GetValueOrDefault(id) ?? []).ToList();
            foreach (var id in member) open[id] = shared;
        }

        foreach (var list in open.Values) list.Sort(OpenObligation.InOrderOfPayment);
        return open;
    }

    private async Task<Dictionary<long, List<OpenObligation>>> Read(IEnumerable<long> enrolments, DateOnly asOf)
    {
        var open = new Dictionary<long, List<OpenObligation>>();
        // Ugly on purpose: some dozen rows per receipt, of few kinds, read by position and each kind parsed once; measured at a third of Dapper's time.
        var kinds = new Dictionary<(string, string, string, object), OpenObligation>();
        await using var row = await work.Reader(OpenOf, new { enrolments = work.Dialect.Array(enrolments), asOf });
        while (await row.ReadAsync(work.Stop))
        {
            var words = (row.GetString(3), row.GetString(5), row.GetString(7), row.GetValue(8));
            if (!kinds.TryGetValue(words, out var kind)) kinds[words] = kind = Kind(row);
            if (!open.TryGetValue(row.GetInt64(1), out var list)) open[row.GetInt64(1)] = list = [];
            list.Add(kind with { Id = row.GetInt64(0), Enrolment = row.GetInt64(1), Outstanding = row.GetInt64(2) });
        }

        return open;
    }

    public Task Add(IEnumerable<(long AgreementId, StoredObligation Row)> rows) => work.Bulk(Table, rows.Select(item => new object?[]
    {
        item.Row.Id, item.AgreementId, item.Row.EnrolmentId, item.Row.Period, item.Row.Months, item.Row.Component, item.Row.ComponentOrder, item.Row.Payer, item.Row.Collected,
        item.Row.Class, item.Row.Cause, item.Row.OpensOn, item.Row.DueOn, item.Row.Amount, 0L, 0L, item.Row.BasisId, item.Row.PrincipalId,
    }));

    /// <summary>Adds signed minor units to what is allocated on each obligation; the database refuses more than is owed.</summary>
    public Task Allocate(IEnumerable<KeyValuePair<long, long>> amounts) => work.Do(AddAllocated, new { pairs = work.Dialect.Pairs(amounts) });

    /// <summary>Lowers obligations by opposite rows; what is allocated above the new amount must have been freed before.</summary>
    public async Task Reduce(IReadOnlyList<KeyValuePair<long, long>> amounts, string reason, DateOnly on)
    {
        await work.Bulk(ReductionTable, amounts.Select(item => new object?[] { work.NextId(), item.Key, item.Value, reason, on }));
        await work.Do(AddReduced, new { pairs = work.Dialect.Pairs(amounts) });
    }

    /// <summary>Removes obligations that no money and no reduction has touched.</summary>
    public Task Replace(IEnumerable<long> ids) => work.Do(Remove, new { ids = work.Dialect.Array(ids) });

    private static OpenObligation Kind(DbDataReader row) => new(
        0, PeriodOf(row.GetString(3), row.GetInt64(4)), row.GetString(5), row.GetInt64(6), Enum.Parse<ObligationClass>(row.GetString(7), ignoreCase: true),
        Values.Day(row.GetValue(8)))
    {
        Outstanding = 0,
    };

    private static Period PeriodOf(string text, long months) =>
        Period.TryParse(text, out var first) ? first with { Months = (int)months } : throw new InvalidOperationException($"«{text}» is stored as a period.");

    private sealed record ReturnedEnrolment
    {
        public long MemberId { get; init; }

        public long Id { get; init; }
    }

    private sealed record KnownBasis
    {
        public long Id { get; init; }

        public string Sha256 { get; init; } = "";
    }
}

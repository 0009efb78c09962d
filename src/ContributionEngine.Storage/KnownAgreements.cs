using System.Collections.Concurrent;

namespace ContributionEngine.Storage;

/// <summary>Where an agreement is found, which is never otherwise once it is committed.</summary>
internal sealed record AgreementPlace(long Id, long OrganisationId);

/// <summary>What numbers of agreements stand for. Nearly every list is asked for under one, and a question about it would take as long as the list.</summary>
internal sealed class KnownAgreements
{
    private static readonly Sql ByNumber = "select id, organisation_id from agreement where number = @number";

    private readonly ConcurrentDictionary<string, AgreementPlace> known = new(StringComparer.Ordinal);

    /// <summary>Null where there is none.</summary>
    public async Task<AgreementPlace?> Find(Work work, string number)
    {
        if (known.TryGetValue(number, out var place)) return place;
        var found = await work.One<AgreementPlace>(ByNumber, new { number });
        // What a unit sees that may write could still be rolled back.
        if (found is not null && work.OnlyReads) known[number] = found;
        return found;
    }
}

using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a person wants put right.</summary>
/// <param name="Kind"><c>reverse</c>, <c>move</c>, <c>refund</c>, <c>refund_credit</c>, <c>assign</c>, <c>undo</c>, <c>correct</c>, <c>write_off</c>, <c>write_off_credit</c>, <c>write_off_claims</c> or <c>reopen</c>.</param>
/// <param name="Subject">A receipt, an upload (with <c>correct</c> that which corrects another), a booking period, or with <c>refund_credit</c> and <c>write_off_credit</c> the number of a member.</param>
public sealed record CorrectionRequest(string Kind, string Subject, string Reason)
{
    public string? Agreement { get; init; }

    /// <summary>Number of the member whose the money is.</summary>
    public string? ToMember { get; init; }

    /// <summary>Period that the money is for, as <c>yyyy-MM</c>.</summary>
    public string? ToPeriod { get; init; }

    public string? AsOf { get; init; }

    /// <summary>Of <c>correct</c>: the print of the changes that were seen; where others would be made, nothing is. Null: whatever they are.</summary>
    public string? Seen { get; init; }
}

/// <summary>What a correction came to.</summary>
/// <param name="State"><c>done</c>, or <c>approval_needed</c>: nothing was written but the case that asks a second person.</param>
/// <param name="Subject">The receipt, upload or member.</param>
/// <param name="Amount">All of the money that it is about.</param>
public sealed record Corrected(string Action, string State, string Subject, Money Amount)
{
    public int Receipts { get; init; } = 1;

    /// <summary>The case that asks a second person.</summary>
    public string? Case { get; init; }

    /// <summary>True when a second person decides; a dry run shows what would then be done.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>The receipt that stands in the place of the one that was moved.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>Of a sheet that corrects another: what it changes.</summary>
    public SheetCorrection? Sheet { get; init; }

    public KnockOns? KnockOns { get; init; }
}

/// <summary>Where a correction stands: the agreement, held and brought to the as-of day, and what was asked.</summary>
internal sealed record Ground(Work Work, StoredAgreement Agreement, AsOf AsOf, CorrectionRequest Request)
{
    public static async Task<Outcome<Ground>> Of(Work work, long agreementId, CorrectionRequest request)
    {
        var agreement = await work.Agreements.GetToChange(agreementId);
        if (!Engine.AsOf.Read(request.AsOf, agreement.Agreement.Settlement.TimeZone, work.Now, work.Database.IsDryRun).Ok(out var asOf, out var refusal)) return refusal;
        await BringUp.To(work, agreement, asOf);
        return new Ground(work, await work.Agreements.Get(agreementId), asOf, request);
    }

    /// <summary>The enrolment of a member under the agreement to which money of a day belongs. Refusals: <c>member_unknown</c>.</summary>
    public async Task<Outcome<MemberDirectory.Payer>> Member(string number, DateOnly day) =>
        (await MemberDirectory.Of(Work.Members.EachEnrolled(Agreement.Id))).Find(number, null, day) is { } member ? member
        : Refusal.NotFound("member_unknown", $"There is no member «{number}» under {Agreement.Number}.") with { Help = "List the members with 'member list'." };
}

/// <summary>A correction that may be made: found, and nothing stands against it.</summary>
/// <param name="Members">Enrolments whose money it moves.</param>
/// <param name="Make">Makes it.</param>
internal sealed record Correction(Ground Ground, string Subject, long Amount, IReadOnlyCollection<long> Members, Func<Task<Made>> Make)
{
    /// <summary>Under which the audit knows it.</summary>
    public required string UseCase { get; init; }

    public int Receipts { get; init; } = 1;

    public SecondPerson SecondPerson { get; init; }

    public SheetCorrection? Sheet { get; init; }
}

/// <summary>When a second person decides.</summary>
internal enum SecondPerson
{
    AboveTheLimit,
    Always,
    Never,
}

/// <summary>What making a correction has changed.</summary>
/// <param name="Obligations">Ids of obligations that have lost or gained money, or were added, lowered or removed.</param>
internal sealed record Made(IReadOnlyCollection<long> Obligations)
{
    public IReadOnlyList<StoredClaim> Claims { get; init; } = [];

    public long? ReplacedBy { get; init; }
}

namespace ContributionEngine.Core;

/// <summary>So much of one piece of money that a person gives to one remittance.</summary>
/// <param name="Minor">Minor units, signed like the money.</param>
public sealed record ChosenPart(BankMoney Money, OpenRemittance Remittance, long Minor);

/// <summary>A remittance that money may belong to.</summary>
/// <param name="Difference">What the money is above what is open, or below; minor units.</param>
public sealed record Candidate(OpenRemittance Remittance, IReadOnlyList<Cue> Cues, int Score, long Difference);

/// <summary>What a person puts together where the passes found nothing that is unique. Whose the money is, she decides; the sums are not hers.</summary>
public static class ByPerson
{
    /// <summary>
    /// The match that a person's choice comes to. Every piece of money is placed whole; what a remittance lacks stays open, and what is above is due from the fund.
    /// Refusals: <c>match_without_parts</c>, <c>match_twice</c>, <c>match_other_currency</c>, <c>match_not_whole</c>, <c>match_cancelled</c>, <c>match_above_paid</c>, <c>match_mixed</c>.
    /// </summary>
    public static Outcome<ProposedMatch> Of(MatchingRules rules, IReadOnlyList<ChosenPart> chosen)
    {
        if (Fault(chosen) is { } fault) return fault;
        var paid = chosen.Select(part => part.Remittance).Distinct().ToDictionary(item => item.Id, item => item.Paid);
        var parts = new List<MatchedPart>();
        foreach (var (money, remittance, minor) in chosen)
        {
            var before = paid[remittance.Id];
            parts.Add(new MatchedPart(money, remittance, minor, minor > 0 ? Math.Max(0, remittance.Payable - before) : before));
            paid[remittance.Id] += minor;
        }

        var cues = Common(chosen, parts);
        return new ProposedMatch(MatchPass.Person, KindOf(parts), parts, cues) { Score = rules.Score(cues), IsAccepted = false };
    }

    /// <summary>Remittances that money may belong to, the likeliest first.</summary>
    public static IReadOnlyList<Candidate> Candidates(MatchingRules rules, BankMoney money, IEnumerable<OpenRemittance> remittances) =>
    [
        .. from remittance in remittances
           where remittance.Currency == money.Currency && !remittance.IsCancelled
           let open = money.Minor > 0 ? remittance.Outstanding : -remittance.Paid
           where open != 0
           let cues = (money.Minor == open ? new[] { Cue.AmountExact } : []).Concat(MatchTable.Circumstances(money, remittance)).ToList()
           let candidate = new Candidate(remittance, cues, rules.Score(cues), money.Minor - open)
           orderby candidate.Score descending, Math.Abs(candidate.Difference), remittance.Id
           select candidate,
    ];

    private static Refusal? Fault(IReadOnlyList<ChosenPart> chosen)
    {
        if (chosen.Count == 0 || chosen.Any(part => part.Minor == 0)) return Refusal.Usage("match_without_parts", "Nothing is said of what belongs to what.") with { Help = "Give each remittance an amount, or leave it out." };
        if (chosen.DistinctBy(part => (part.Money.Entry, part.Money.Part, part.Remittance.Id)).Count() < chosen.Count) return Refusal.Usage("match_twice", "The same money is given to the same remittance twice.") with { Help = "Give it once, with the sum." };
        if (chosen.Any(part => part.Money.Currency != part.Remittance.Currency)) return Refusal.Input("match_other_currency", "The money and the remittance are of different currencies.") with { Help = "Choose remittances of the currency of the account." };
        foreach (var of in chosen.GroupBy(part => (part.Money.Entry, part.Money.Part)))
        {
            var money = of.First().Money;
            var rest = money.Minor - of.Sum(part => part.Minor);
            if (rest != 0 || of.Any(part => Math.Sign(part.Minor) != Math.Sign(money.Minor))) return NotWhole(money, rest);
        }

        return chosen.All(part => part.Minor > 0) ? Paying(chosen) : Returning(chosen);
    }

    private static Refusal NotWhole(BankMoney money, long rest)
    {
        var left = Currency.Of(money.Currency).Ok(out var currency, out _) ? new Money(rest, currency).ToString() : $"{rest}";
        return Refusal.Input("match_not_whole", $"{left} of the bank's money is not placed.") with { Help = "Place all of it: what is more than a remittance lacks is due from the fund.", Value = left };
    }

    private static Refusal? Paying(IReadOnlyList<ChosenPart> chosen) => chosen.Any(part => part.Remittance.IsCancelled)
        ? Refusal.Conflict("match_cancelled", "A remittance that was cancelled takes no payment.") with { Help = "Choose the remittance that its money went with afterwards." }
        : null;

    private static Refusal? Returning(IReadOnlyList<ChosenPart> chosen)
    {
        if (chosen is not [var only]) return Refusal.Input("match_mixed", "Money that came back is matched alone, with the one remittance that it came back from.") with { Help = "Match each piece by itself." };
        return -only.Minor > only.Remittance.Paid ? Refusal.Conflict("match_above_paid", "More came back than was paid on the remittance.") with { Help = "Choose the remittance whose payment came back." } : null;
    }

    // What the fund has above what is payable comes back as a refund; anything else is a payment that failed.
    private static MatchKind KindOf(List<MatchedPart> parts)
    {
        var first = parts[0];
        if (first.Minor > 0) return MatchKind.Payment;
        return !first.Money.IsReversal && -first.Minor <= Math.Max(0, first.Remittance.Paid - first.Remittance.Payable) ? MatchKind.Refunded : MatchKind.Returned;
    }

    // What holds for every part holds for the match.
    private static IReadOnlyList<Cue> Common(IReadOnlyList<ChosenPart> chosen, List<MatchedPart> parts)
    {
        var exact = parts.GroupBy(part => part.Remittance.Id).All(of => of.Sum(part => part.Minor) == of.First().Open);
        var all = chosen.Select(part => MatchTable.Circumstances(part.Money, part.Remittance)).Aggregate((some, others) => some.Intersect(others));
        return [.. exact ? [chosen.Count > 1 ? Cue.SumExact : Cue.AmountExact] : Enumerable.Empty<Cue>(), .. all];
    }
}

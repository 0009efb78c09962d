using System.Text.Json;

namespace ContributionEngine.Core;

/// <summary>Reads <c>agreement.json</c>: unknown members are refused, and so is whatever is missing or absurd, by its path.</summary>
public static class AgreementFile
{
    private static readonly JsonSerializerOptions Options = StrictJson.With();

    /// <summary>The agreement with its one term, or a refusal with code <c>agreement_invalid</c> and the field's path.</summary>
    public static Outcome<Agreement> Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Shape>(json, Options) is { } shape ? Checked(shape) : Invalid("$", "the file holds null");
        }
        catch (JsonException fault)
        {
            return Invalid(JsonFaults.PathOf(fault), JsonFaults.Plain(fault, typeof(Shape)));
        }
    }

    private static Outcome<Agreement> Checked(Shape shape)
    {
        if (Faulty(shape) is { } faulty) return faulty;
        if (!Seasons(shape.Seasons).Ok(out var seasons, out var refusal)) return refusal;
        var term = new Term(shape.Term.Start, shape.Term.End, shape.Term.NoticeMonths ?? 0, seasons, shape.Parameters);
        if (!Fee(shape.CollectionFee).Ok(out var fee, out refusal)) return refusal;
        if (!shape.Settlement.Checked().Ok(out var settlement, out refusal)) return refusal;
        if (shape.Channel.Fault() is { } channel) return channel;
        var agreement = new Agreement
        {
            Number = shape.Number,
            Fund = shape.Fund,
            Organisation = shape.Organisation,
            Pack = shape.Pack,
            Terms = [term],
            Liability = shape.Liability,
            Shortfall = shape.Shortfall,
            HoldDays = shape.HoldDays,
            Clock = shape.Clock,
            Settlement = settlement,
            Bank = shape.Bank ?? new BankAccounts(null, null),
            Channel = shape.Channel,
            CollectionFee = fee.Length == 0 ? null : fee[0],
        };
        return ShortfallRules.Fault(agreement) is { } fault ? fault : agreement;
    }

    private static Refusal? Faulty(Shape shape)
    {
        if (string.IsNullOrWhiteSpace(shape.Number) || shape.Number.Length > 60) return Invalid("number", "must have 1 to 60 characters");
        if (string.IsNullOrWhiteSpace(shape.Fund.Code)) return Invalid("fund.code", "is empty");
        if (string.IsNullOrWhiteSpace(shape.Organisation.Code)) return Invalid("organisation.code", "is empty");
        if (shape.Term.End < shape.Term.Start) return Invalid("term.end", "is before term.start");
        if (shape.Term.NoticeMonths is < 0 or > 120) return Invalid("term.notice_months", "must be 0 to 120");
        if (shape.Shortfall == Shortfall.HoldBatch && shape.HoldDays is null) return Invalid("hold_days", "is required with hold_batch");
        if (shape.HoldDays is < 1 or > 366) return Invalid("hold_days", "must be 1 to 366");
        if (shape.Bank?.AutoAccept is < 0 or > 100) return Invalid("bank.auto_accept", "must be 0 to 100");
        return null;
    }

    private static Outcome<Season[]> Seasons(IReadOnlyList<SeasonShape>? shapes)
    {
        var seasons = new List<Season>();
        foreach (var (shape, i) in (shapes ?? []).Select((shape, i) => (shape, i)))
        {
            if (!Period.TryParse(shape.From, out var from)) return Invalid($"seasons[{i}].from", $"«{shape.From}» is not a month such as 2021-01");
            if (!Period.TryParse(shape.To, out var to) || to < from) return Invalid($"seasons[{i}].to", $"«{shape.To}» is not a month on or after {from}");
            var covered = new List<Period>();
            foreach (var text in shape.AlsoCovers ?? [])
            {
                if (!Period.TryParse(text, out var month)) return Invalid($"seasons[{i}].also_covers", $"«{text}» is not a month such as 2021-04");
                covered.Add(month);
            }

            seasons.Add(new Season(shape.Name, shape.Zone, from, to, covered));
        }

        return seasons.ToArray();
    }

    private static Outcome<CollectionFee[]> Fee(FeeShape? shape)
    {
        if (shape is null) return Array.Empty<CollectionFee>();
        if (!Ratio.TryParse(shape.Percent, 4, out var percent) || percent.Sign < 0 || percent > 100) return Invalid("collection_fee.percent", $"«{shape.Percent}» is not a percent");
        if (shape.Payer is not ("fund" or "organisation" or "member")) return Invalid("collection_fee.payer", $"«{shape.Payer}» is not fund, organisation or member");
        if (shape.CapPerYear is null) return new[] { new CollectionFee(percent, shape.Payer, null) };
        if (!Ratio.TryParse(shape.CapPerYear, 3, out var cap) || cap.Sign < 0) return Invalid("collection_fee.cap_per_year", $"«{shape.CapPerYear}» is not an amount");
        return new[] { new CollectionFee(percent, shape.Payer, cap) };
    }

    internal static Refusal Invalid(string path, string what) => Refusal.Input("agreement_invalid", $"{path}: {what}.") with
    {
        Field = path,
        Help = "Correct that field of the agreement file and import it again; the example stands in docs/agreement.example.json.",
    };

    private sealed record Shape
    {
        public required string Number { get; init; }

        public required Party Fund { get; init; }

        public required Party Organisation { get; init; }

        public required string Pack { get; init; }

        public required TermShape Term { get; init; }

        public IReadOnlyList<SeasonShape>? Seasons { get; init; }

        public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

        public required Liability Liability { get; init; }

        public required Shortfall Shortfall { get; init; }

        public int? HoldDays { get; init; }

        public required GoverningClock Clock { get; init; }

        public required SettlementShape Settlement { get; init; }

        public BankAccounts? Bank { get; init; }

        public required Channel Channel { get; init; }

        public FeeShape? CollectionFee { get; init; }
    }

    private sealed record TermShape
    {
        public required DateOnly Start { get; init; }

        public required DateOnly End { get; init; }

        public int? NoticeMonths { get; init; }
    }

    private sealed record SeasonShape
    {
        public required string Name { get; init; }

        public string? Zone { get; init; }

        public required string From { get; init; }

        public required string To { get; init; }

        public IReadOnlyList<string>? AlsoCovers { get; init; }
    }

    private sealed record FeeShape
    {
        public required string Percent { get; init; }

        public required string Payer { get; init; }

        public string? CapPerYear { get; init; }
    }
}

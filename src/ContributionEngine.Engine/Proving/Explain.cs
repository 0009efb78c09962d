using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>One step of a path: what happened, to what, and by which rule.</summary>
public sealed record ExplainedStep(string Step, string Subject, string Detail, string Rule)
{
    /// <summary>Of the steps of a receipt: what stands in the detail, for a sentence of another language. Variants are <c>undone</c> of what was allocated, and <c>replaced</c> of what was taken back.</summary>
    [JsonIgnore]
    public Particulars? Particulars { get; init; }
}

/// <summary>Tells the path of a receipt, an obligation, a line or a remittance, with the figures and rules that were applied.</summary>
public sealed class Explain(Database database)
{
    public Task<Outcome<IReadOnlyList<ExplainedStep>>> Run(Actor actor, string kind, string name, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<ExplainedStep>>>(actor, async work =>
    {
        if (kind == "remittance") return await Remittance(work, name);
        if (await Id(work, kind, name) is not { } id) return Unknown(kind, name);
        if (kind == "obligation") return await Obligation(work, id, name);
        var parts = kind == "line" ? await work.Trails.Line(id) : await work.Trails.Receipt(id);
        if (parts.Count == 0) return Unknown(kind, name);
        return kind == "line" ? Steps(parts) : [.. Steps(parts), .. await PutRight(work, id, Currency.Of(parts[0].Currency).Value)];
    }, stop);

    private static async Task<long?> Id(Work work, string kind, string name)
    {
        var prefix = kind switch { "receipt" => "RCP", "obligation" => "OBL", _ => "LIN" };
        if (Numbers.Id(prefix, name) is { } id) return id;
        var at = name.LastIndexOf('/');
        return kind == "line" && at > 0 && long.TryParse(name.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            ? await work.Trails.LineId(name[..at], line)
            : long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var bare) ? bare : null;
    }

    private static async Task<Outcome<IReadOnlyList<ExplainedStep>>> Obligation(Work work, long id, string name)
    {
        if (await work.Obligations.WithIds([id]) is not [var owed]) return Unknown("obligation", name);
        var number = await work.Trails.AgreementOf(id);
        if (number is null || !(await work.Agreements.Find(number)).Ok(out var agreement, out _)) return Unknown("obligation", name);
        var steps = new List<ExplainedStep>
        {
            new("agreement", agreement.Number, $"pack {agreement.Agreement.Pack}{(agreement.PackVersions[^1] is { } version ? $" pinned to {version}" : "")}, {Values.Text(agreement.Agreement.Start)} to {Values.Text(agreement.Agreement.End)}", "the agreement's term holds the period"),
            new("schedule", Numbers.Obligation(id), $"{owed.Class} of {owed.Component} of {owed.Period}, payer {owed.Payer}, due {Values.Text(owed.DueOn)}", $"cause {owed.Cause}"),
        };
        string Major(long minor) => new Money(minor, agreement.Currency).ToString();
        if (owed.PrincipalId is { } principal) steps.Add(Principal(Numbers.Obligation(principal), await work.Obligations.WithIds([principal]), Major));
        steps.AddRange(Basis(await work.Obligations.Basis(owed)));
        steps.Add(new ExplainedStep("owed", Numbers.Obligation(id), $"{Major(owed.Amount)}, reduced {Major(owed.Reduced)}, allocated {Major(owed.Allocated)}", "amount = reduced + allocated + still owed"));
        foreach (var part in await work.Trails.Obligation(id)) steps.AddRange(Part(part, agreement.Currency));
        return steps;
    }

    private static ExplainedStep Principal(string number, IReadOnlyList<StoredObligation> found, Func<long, string> major) => new(
        "late principal", number,
        found is [var row] ? $"{row.Component} of {row.Period}, due {Values.Text(row.DueOn)}: {major(row.Amount)}, reduced {major(row.Reduced)}, allocated {major(row.Allocated)}" : "it is no longer in the schedule",
        "rule 1: late charges due by then are made; they follow their principal");

    private static async Task<Outcome<IReadOnlyList<ExplainedStep>>> Remittance(Work work, string name)
    {
        if (!(await work.Remittances.Find(name)).Ok(out var found, out var refusal)) return refusal;
        var agreement = await work.Agreements.Get(found.AgreementId);
        string Major(long minor) => new Money(minor, agreement.Currency).ToString();
        var steps = new List<ExplainedStep>
        {
            new("agreement", agreement.Number, $"shortfall {Words.Of(agreement.Agreement.Shortfall)}, liability {Words.Of(agreement.Agreement.Liability)}", "rule 4: what a settlement run takes"),
            new("cut", found.Number, $"{found.LineCount} lines, {Major(found.Total)} at {InstantText.Of(found.Cutoff)}", agreement.Agreement.Shortfall == Shortfall.ProRata ? "pro_rata: each obligation's own paid part goes" : "drop_unpaid: a member's period goes when its principal is paid in full"),
            new("sealed", found.Reference, $"SHA-256 {found.Sha256}", "bytes, lines and totals are committed before the first call"),
            new("delivery", found.Number, found.Delivery, "the reference is the idempotency key"),
            new("answer", found.Number, $"{found.Answer}, rejected {Major(found.Rejected)}", "a line has its own answer, else its batch's, else the file's"),
            new("money", found.Number, $"{found.Money}: paid {Major(found.Paid)} of {Major(found.State.Payable)}", "payable is the sealed total less the lines rejected before the money left"),
            new("state", found.Number, found.State.Shown, "the first that applies"),
        };
        steps.AddRange((await work.LineProofs.Of(found.Id)).Select(proof => new ExplainedStep(
            "proven", $"version {proof.Version}", $"root {proof.Root} over {proof.LineCount} lines, {(proof.ConfirmedAt is { } on ? $"confirmed by the fund on {Values.Text(on)}" : "not confirmed by the fund")}", "a new version when the fund accepts other lines")));
        if (found.Supplemented is { } earlier) steps.Insert(2, new ExplainedStep("revised", earlier, "these lines are differences to lines that it holds", "a sealed remittance is never edited"));
        return steps;
    }

    private static List<ExplainedStep> Steps(IReadOnlyList<TrailPart> parts)
    {
        var first = parts[0];
        var currency = Currency.Of(first.Currency).Value;
        string Major(long minor) => new Money(minor, currency).ToString();
        string In(long minor) => new Money(minor, currency).ToMajor();
        var steps = new List<ExplainedStep>
        {
            new("agreement", first.Agreement, "", "") { Particulars = Told(currency) },
            new("received", Numbers.Receipt(first.ReceiptId), $"{Major(first.ReceiptAmount)} on {Values.Text(first.ReceivedOn)} from member {first.MemberNo ?? "(not known)"}, receipt no {first.ReceiptNo ?? "-"}", "")
            {
                Particulars = Told(currency, ("amount", In(first.ReceiptAmount)), ("date", Values.Text(first.ReceivedOn)), ("member", first.MemberNo ?? "–"), ("receipt", first.ReceiptNo ?? "–")),
            },
            new("uploaded", first.Upload, $"row {first.RowNo} of {first.FileName}", $"file SHA-256 {first.FileSha256}") { Particulars = Told(currency, ("row", $"{first.RowNo}"), ("file", first.FileName), ("print", first.FileSha256)) },
            new("stands now", Numbers.Receipt(first.ReceiptId), $"suspense {Major(first.Suspense)}, credit {Major(first.Credit)}, refunded {Major(first.Refunded)}, reversed {Major(first.Reversed)}", "truth 1: the parts add up to the amount")
            {
                Particulars = Told(currency, ("suspense", In(first.Suspense)), ("credit", In(first.Credit)), ("refunded", In(first.Refunded)), ("reversed", In(first.Reversed))),
            },
        };
        foreach (var part in parts) steps.AddRange(Part(part, currency));
        return steps;
    }

    // What people have put right, and who owes what was gone by then.
    private static async Task<IEnumerable<ExplainedStep>> PutRight(Work work, long id, Currency currency)
    {
        string Major(long minor) => new Money(minor, currency).ToString();
        string In(long minor) => new Money(minor, currency).ToMajor();
        var taken = (await work.Reversals.Parts([id])).Select(part => (part, next: part.ReplacedBy is { } next ? Numbers.Receipt(next) : null)).Select(of => new ExplainedStep(
            of.part.Kind, Numbers.Receipt(id), $"{Major(of.part.Amount)} on {Values.Text(of.part.ReversedOn)}{(of.next is null ? "" : $", {of.next} stands in its place")}: {of.part.Reason}", "undo is the opposite row")
        {
            Particulars = Told(currency, ("amount", In(of.part.Amount)), ("date", Values.Text(of.part.ReversedOn)), ("next", of.next), ("reason", of.part.Reason)) with { Variant = of.next is null ? null : "replaced" },
        });
        var refunds = (await work.Reversals.Refunds(id)).Select(part => new ExplainedStep("refunded", Numbers.Receipt(id), $"{Major(part.Amount)} of {part.Source} on {Values.Text(part.RefundedOn)}: {part.Reason}", "money is given back by two persons")
        {
            Particulars = Told(currency, ("amount", In(part.Amount)), ("source", part.Source), ("date", Values.Text(part.RefundedOn)), ("reason", part.Reason)),
        });
        var claims = (await work.Claims.Of([id])).Select(claim => new ExplainedStep("claimed", claim.Number, $"{Major(claim.Amount)} owed by the {claim.Debtor}{(claim.Line is { } line ? $" for {line}" : "")}, {claim.State}", "rule 8: other members' money never pays it")
        {
            Particulars = Told(currency, ("amount", In(claim.Amount)), ("debtor", claim.Debtor), ("state", claim.State)),
        });
        return [.. taken, .. refunds, .. claims];
    }

    private static IEnumerable<ExplainedStep> Part(TrailPart part, Currency currency)
    {
        if (part.ObligationId is not { } obligation) yield break;
        string Major(long minor) => new Money(minor, currency).ToString();
        var rule = part.Undoes is null ? "rule 2: what the receipt names first, then oldest due date first, filled before the next" : "undo is the opposite row";
        yield return new ExplainedStep("allocated", Numbers.Obligation(obligation), $"{Major(part.Part!.Value)} from {Numbers.Receipt(part.ReceiptId)} to {part.Component} of {part.Period}, due {Values.Text(part.DueOn!.Value)}, on {Values.Text(part.AllocatedOn!.Value)}", rule)
        {
            Particulars = Told(currency, ("amount", new Money(part.Part.Value, currency).ToMajor()), ("component", part.Component), ("period", part.Period), ("due", Values.Text(part.DueOn.Value)), ("date", Values.Text(part.AllocatedOn.Value))) with { Variant = part.Undoes is null ? null : "undone" },
        };
        if (part.LineId is not { } line) yield break;
        yield return new ExplainedStep("remitted", Numbers.Line(line), $"line {part.LineNo} of {part.Remittance}, {Major(part.LineAmount!.Value)}, {part.Outcome} {part.OutcomeCode}".TrimEnd(), $"reference {part.Reference}")
        {
            Particulars = Told(currency, ("line", $"{part.LineNo}"), ("remittance", part.Remittance), ("amount", new Money(part.LineAmount.Value, currency).ToMajor()), ("outcome", part.Outcome), ("code", part.OutcomeCode), ("reference", part.Reference)),
        };
        if (part.BankReference is { } bank && part.Outcome is not ("rejected" or "returned")) yield return new ExplainedStep("paid", bank, $"booked {Values.Text(part.BookedOn!.Value)}", "matched by reference, exclusive") { Particulars = Told(currency, ("date", Values.Text(part.BookedOn.Value))) };
    }

    private static Particulars Told(Currency currency, params IEnumerable<(string Name, string? Value)> values) => Particulars.Of(null, [("currency", currency.Code), .. values]);

    private static IEnumerable<ExplainedStep> Basis(string basis)
    {
        using var steps = JsonDocument.Parse(basis);
        foreach (var step in steps.RootElement.EnumerateArray())
        {
            var source = step.GetProperty("source");
            yield return new ExplainedStep("calculated", step.GetProperty("what").ToString(), step.GetProperty("value").ToString(), source.ValueKind == JsonValueKind.Null ? "" : source.ToString());
        }
    }

    private static Refusal Unknown(string kind, string name) => Refusal.NotFound($"{kind}_unknown", $"There is no {kind} «{name}».") with { Help = $"'export' lists them by the name that 'explain {kind}' takes." };
}

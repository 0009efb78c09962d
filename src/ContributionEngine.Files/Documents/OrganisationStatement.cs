using System.Globalization;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>An organisation's account under one agreement: what its members owe by age and by period, and the money that it has held. Amounts in minor units.</summary>
public sealed record OrganisationStatement
{
    public required string Agreement { get; init; }

    public required string Organisation { get; init; }

    public required string Fund { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>The language of whoever asks, such as <c>es</c>; null: English.</summary>
    public string? Language { get; init; }

    /// <summary>The day, in the agreement's time zone, of which it tells.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What is still owed, the youngest first; all six.</summary>
    public required IReadOnlyList<OwedBand> Ageing { get; init; }

    /// <summary>How many owe something that was due before the day.</summary>
    public required long LateMembers { get; init; }

    /// <summary>By period, the earliest first.</summary>
    public required IReadOnlyList<StatedPeriod> Periods { get; init; }

    /// <summary>What came in and went out, by day and kind, the earliest first.</summary>
    public required IReadOnlyList<CashMovement> Movements { get; init; }

    public StatedPeriod Total => new("", Periods.Sum(one => one.Owed), Periods.Sum(one => one.Paid), Periods.Sum(one => one.Remitted), Periods.Sum(one => one.Accepted));

    /// <summary>What it holds now.</summary>
    public long Held => Movements.Sum(one => one.In - one.Out);
}

/// <summary>A part of what is still owed.</summary>
/// <param name="Band">Days since it was due, such as <c>1-30</c>; null: not due yet.</param>
public sealed record OwedBand(string? Band, long Amount);

/// <summary>Money that came to the organisation, or left it, on a day for one reason.</summary>
/// <param name="Event">What happened.</param>
public sealed record CashMovement(DateOnly On, LedgerEvent Event, long In, long Out);

/// <summary>Writes an organisation's account in the form that is asked for.</summary>
public static class OrganisationStatementFile
{
    public static readonly IReadOnlyList<string> Formats = ["pdf", "html", "csv", "json"];

    private const string NotDue = "not_due";

    /// <param name="format">One of <see cref="Formats"/>.</param>
    public static void Write(OrganisationStatement statement, string format, Stream target)
    {
        if (format == "csv") target.Write(Encoding.UTF8.GetBytes(Csv(statement)));
        else if (format == "json") target.Write(DocumentJson.Of(Document(statement)));
        else PaperFile.Write(PaperOf(statement), format, target);
    }

    private static object Document(OrganisationStatement of)
    {
        var (running, held) = (0L, 0L);
        return new
        {
            of.Agreement, of.Organisation, of.Fund, currency = of.Currency.Code, of.On, of.LateMembers, held = Major(of.Held),
            total = new { owed = Major(of.Total.Owed), paid = Major(of.Total.Paid), open = Major(of.Total.Open), remitted = Major(of.Total.Remitted), accepted = Major(of.Total.Accepted) },
            ageing = of.Ageing.Select(band => new { band = band.Band ?? NotDue, open = Major(band.Amount) }),
            periods = of.Periods.Select(one => new { one.Period, owed = Major(one.Owed), paid = Major(one.Paid), open = Major(one.Open), running_open = Major(running += one.Open), remitted = Major(one.Remitted), accepted = Major(one.Accepted) }),
            movements = of.Movements.Select(one => new { one.On, @event = Pack.Word(one.Event), @in = Major(one.In), @out = Major(one.Out), held = Major(held += one.In - one.Out) }),
        };

        string Major(long minor) => Money.ToMajor(minor, of.Currency.Digits);
    }

    private static Paper PaperOf(OrganisationStatement of)
    {
        var (texts, says) = (DocumentTexts.Of(of.Language), DocumentTexts.Of(of.Language).Statement);
        return new Paper
        {
            Language = texts.Language, Title = texts.AccountTitle, From = of.Fund, For = of.Organisation, Number = of.Agreement, Foot = texts.Page,
            Blocks =
            [
                new Facts((says.Agreement, of.Agreement), (says.Fund, of.Fund), (texts.Date, $"{says.As(of.On)}, {of.Currency.Code}")),
                new Sums((says.Owed, Major(of.Total.Owed)), (says.Paid, Major(of.Total.Paid)), (says.Open, Major(of.Total.Open)), (texts.Held, Major(of.Held))),
                new Heading(texts.Ageing),
                new Table([texts.Overdue, says.Open], 1, [.. of.Ageing.Select(band => Row(band.Band is null ? texts.NotYetDue : texts.Days(band.Band), Major(band.Amount)))], [says.Total, Major(of.Ageing.Sum(band => band.Amount))]),
                new Facts((texts.LateMembers, Count(of.LateMembers))),
                new Heading(says.ByPeriod),
                new Table([says.Period, says.Owed, says.Paid, says.Open, texts.RunningOpen, says.Remitted, says.Accepted], 1, [.. Periods(of, texts)], Sum(says.Total, of.Total)),
                new Heading(texts.Movements),
                new Table([texts.Date, texts.What, texts.In, texts.Out, texts.HeldAfter], 2, [.. Movements(of, texts)], [says.Total, "", Major(of.Movements.Sum(one => one.In)), Major(of.Movements.Sum(one => one.Out)), Major(of.Held)]),
            ],
        };

        string Major(long minor) => says.Amount(minor, of.Currency);
        IReadOnlyList<string> Sum(string name, StatedPeriod sum) => [name, Major(sum.Owed), Major(sum.Paid), Major(sum.Open), Major(sum.Open), Major(sum.Remitted), Major(sum.Accepted)];
    }

    private static IEnumerable<IReadOnlyList<string>> Periods(OrganisationStatement of, DocumentTexts texts)
    {
        var running = 0L;
        foreach (var one in of.Periods)
        {
            running += one.Open;
            yield return [texts.Month(one.Period), .. new[] { one.Owed, one.Paid, one.Open, running, one.Remitted, one.Accepted }.Select(minor => texts.Statement.Amount(minor, of.Currency))];
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Movements(OrganisationStatement of, DocumentTexts texts)
    {
        var held = 0L;
        foreach (var one in of.Movements)
        {
            held += one.In - one.Out;
            yield return [StatementTexts.Day(one.On), MovementTexts.Of(texts, one.Event), one.In == 0 ? "" : Major(one.In), one.Out == 0 ? "" : Major(one.Out), Major(held)];
        }

        string Major(long minor) => texts.Statement.Amount(minor, of.Currency);
    }

    private static string Csv(OrganisationStatement of)
    {
        var text = new StringBuilder("record,name,date,owed,paid,open,running_open,remitted,accepted,in,out,held\n");
        string Major(long minor) => Money.ToMajor(minor, of.Currency.Digits);
        void Row(params IEnumerable<string> cells) => text.AppendJoin(',', cells.Concat(Enumerable.Repeat("", 12)).Take(12)).Append('\n');
        foreach (var band in of.Ageing) Row("ageing", band.Band ?? NotDue, "", "", "", Major(band.Amount));
        var (running, held) = (0L, 0L);
        foreach (var one in of.Periods) Row("period", one.Period, "", Major(one.Owed), Major(one.Paid), Major(one.Open), Major(running += one.Open), Major(one.Remitted), Major(one.Accepted));
        foreach (var one in of.Movements) Row("movement", Pack.Word(one.Event), StatementTexts.Day(one.On), "", "", "", "", "", "", Major(one.In), Major(one.Out), Major(held += one.In - one.Out));
        return text.ToString();
    }

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Row(params IReadOnlyList<string> cells) => cells;
}

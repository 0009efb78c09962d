using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.Testing;

/// <summary>How the fund simulator behaves; what is not said is left out of its settings file.</summary>
public sealed record FundBehaviour
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public IReadOnlyList<string> RejectNationalIds { get; init; } = [];

    /// <summary>The answer is there this many seconds after the file.</summary>
    public int AnswerAfterSeconds { get; init; }

    public bool AnswerTwice { get; init; }

    public bool AnswerWithOtherTotal { get; init; }

    /// <summary>So many first files are taken, and then the fund says nothing until the caller gives up.</summary>
    public int TimeOutAfterAccepting { get; init; }

    /// <summary>So many first calls are answered with 503.</summary>
    public int UnavailableFirst { get; init; }

    /// <summary>The settings file.</summary>
    [JsonIgnore]
    public string Json => JsonSerializer.Serialize(this, Options);
}

/// <summary>Bank statements as the bank sends them.</summary>
public static class Statements
{
    /// <summary>A camt.053 statement in colones with one credit entry per payment.</summary>
    /// <param name="account">The account that the statement is of.</param>
    /// <param name="payments">Reference of the remittance and amount in major units.</param>
    /// <param name="id">Number of the statement; the bank's references begin with it.</param>
    /// <param name="day">Booking day.</param>
    public static byte[] Camt053(string account, IEnumerable<(string Reference, string Amount)> payments, string id = "ST-1", string day = "2021-05-10") => In("CRC", account, payments, (id, day));

    /// <summary>A statement in colones with an opening balance, whose payments may be below zero: money that the bank took back.</summary>
    public static byte[] After(decimal opening, string account, (string Reference, string Amount) payment, (string Id, string Day) of)
    {
        var booked = DateOnly.ParseExact(of.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var colones = Currency.Of("CRC").Value;
        var minor = Money.Parse(payment.Amount.TrimStart('-'), colones).Value.Minor;
        var entry = new WrittenEntry($"{of.Id}-1", minor, payment.Amount.StartsWith('-') ? Direction.Debit : Direction.Credit, booked, payment.Reference);
        using var target = new MemoryStream();
        StatementXml.Write(target, new WrittenStatement(account, of.Id, colones, (long)(opening * 100), booked, [entry]));
        return target.ToArray();
    }

    /// <summary>The same in another currency.</summary>
    public static byte[] In(string currency, string account, IEnumerable<(string Reference, string Amount)> payments, (string Id, string Day) of)
    {
        var (id, day) = of;
        var booked = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var terms = Currency.Of(currency).Value;
        var entries = payments.Select((payment, i) => new WrittenEntry($"{id}-{i + 1}", Money.Parse(payment.Amount, terms).Value.Minor, Direction.Credit, booked, payment.Reference)).ToList();
        using var target = new MemoryStream();
        StatementXml.Write(target, new WrittenStatement(account, id, terms, 0, booked, entries));
        return target.ToArray();
    }
}

using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Who claims, for which fund, and when.</summary>
public sealed record StateClaimHeader(string Agreement, string Fund, string Organisation, DateOnly On, Currency Currency);

/// <summary>A share that the State or a sponsor owes for a member's period.</summary>
/// <param name="AmountMinor">Minor units of the header's currency.</param>
public sealed record StateClaimLine(string Claim, string Debtor, string MemberNo, string NationalId, string Period, string Component, long AmountMinor, DateOnly ArisenOn);

/// <summary>
/// The file of claims on the State and on sponsors: <c>H,agreement,fund,organisation,date,currency</c>, then
/// <c>D,claim,debtor,member_no,national_id,period,component,amount,arisen_on</c> for each, then <c>T,claims,total</c>.
/// </summary>
public static class StateClaimCsv
{
    private const string Day = "yyyy-MM-dd";

    public static async Task Write(Stream target, StateClaimHeader header, IEnumerable<StateClaimLine> lines, CancellationToken stop)
    {
        await using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        await writer.WriteLineAsync($"H,{CsvCells.Text(header.Agreement)},{CsvCells.Text(header.Fund)},{CsvCells.Text(header.Organisation)},{header.On.ToString(Day, invariant)},{header.Currency.Code}".AsMemory(), stop);
        var (count, total) = (0L, 0L);
        foreach (var line in lines)
        {
            await writer.WriteLineAsync($"D,{line.Claim},{line.Debtor},{CsvCells.Text(line.MemberNo)},{CsvCells.Text(line.NationalId)},{line.Period},{CsvCells.Text(line.Component)},{Major(line.AmountMinor)},{line.ArisenOn.ToString(Day, invariant)}".AsMemory(), stop);
            (count, total) = (count + 1, checked(total + line.AmountMinor));
        }

        await writer.WriteLineAsync($"T,{count.ToString(invariant)},{Major(total)}".AsMemory(), stop);

        string Major(long minor) => Money.ToMajor(minor, header.Currency.Digits);
    }
}

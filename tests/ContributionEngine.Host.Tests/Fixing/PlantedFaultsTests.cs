using System.Globalization;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Fixing;

/// <summary>A large file with faults planted in it: each is named where it is, and nothing else; put right by hand, the file comes to its control total.</summary>
internal sealed class PlantedFaultsTests
{
    private const int Rows = 2_000;
    private const int Members = 300;
    private const string Header = "receipt_no,member_no,received_on,amount,period,currency,nota";
    private const string AsOf = "--agreement CR-2021-014 --as-of 2021-03-31";

    // Row of the file, column, what stands there instead, and the code that it must get.
    private static readonly (long Row, int Column, string Cell, string Code)[] Faults =
    [
        (2, 1, "", "R01"), (77, 1, "", "R01"), (2001, 1, "", "R01"),
        (3, 1, "X900", "R02"), (150, 1, "A9 99", "R02"), (151, 1, "X900", "R02"), (1000, 1, "A301", "R02"), (1999, 1, "001A", "R02"),
        (500, 0, "R00010", "R05"), (501, 0, " r00010", "R05"),
        (42, 3, "abc", "R07"), (43, 3, "-5.00", "R07"), (44, 3, "", "R07"), (1200, 3, "\"1,5\"", "R07"), (1201, 3, "(7.00)", "R07"),
        (60, 3, "0", "R08"), (61, 3, "0.00", "R08"), (62, 3, "1.2345", "R09"),
        (700, 4, "harvest", "R11"), (701, 4, "2021-13", "R11"),
        (800, 1, "1.23E+08", "R13"),
        (900, 2, "2021-02-31", "R14"), (901, 2, "2021-04-01", "R14"),
        (950, 4, "2020-12", "R15"), (951, 4, "2022-01", "R15"),
        (1100, 5, "USD", "R16"),
    ];

    private static readonly Lazy<Task<Workplace>> SentOnce = new(async () => Prepared.Keep(await MakeSent()));

    [Test]
    public async Task Every_fault_is_named_in_its_row_and_nothing_else_is()
    {
        var report = System.Text.Json.Nodes.JsonNode.Parse((await SentOnce.Value).Read("report.json"));
        var found = report!["problems"]!.AsArray().Select(item => $"{item.At("row")} {item.At("code")} {item.At("severity")}");
        Assert.That(found, Is.EquivalentTo(Faults.Select(fault => $"{fault.Row} {fault.Code} error")));
    }

    [Test]
    public async Task The_counts_and_the_sum_are_those_of_the_good_rows()
    {
        var report = System.Text.Json.Nodes.JsonNode.Parse((await SentOnce.Value).Read("report.json"));
        var faulty = Faults.Select(fault => fault.Row).ToHashSet();
        var sum = Enumerable.Range(2, Rows).Where(row => !faulty.Contains(row)).Sum(Amount);
        Assert.That((report.At("rows"), report.At("ready"), report.At("errors"), report.At("left_out"), report.At("problems_total"), report.At("sum_ready")), Is.EqualTo(("2000", "1974", "26", "26", "26", Text(sum))));
    }

    [Test]
    public async Task The_errors_file_holds_exactly_the_faulty_rows_as_they_were_sent()
    {
        var place = await SentOnce.Value;
        var (sent, errors) = (Lines(place, "season.csv"), Lines(place, "errors.csv"));
        Assert.That(errors[0], Is.EqualTo($"{Header},what_to_fix,error_code"));
        Assert.That(errors.Skip(1).Select(line => sent.Single(line.StartsWith)), Is.EqualTo(Faults.Select(fault => fault.Row).Order().Select(row => sent[(int)row - 1])));
        Assert.That(errors.Skip(1).Select(line => line[^3..]), Is.EqualTo(Faults.OrderBy(fault => fault.Row).Select(fault => fault.Code)));
    }

    [Test]
    public async Task The_errors_file_put_right_by_hand_brings_the_season_to_its_control_total()
    {
        using var place = (await SentOnce.Value).Copy();
        var (sent, errors) = (Lines(place, "season.csv"), Lines(place, "errors.csv"));
        var corrected = errors.Skip(1).Select(line => sent.First(line.StartsWith)).Zip(Faults.OrderBy(fault => fault.Row), (faulty, fault) => (faulty, fault.Row)).Zip(errors.Skip(1), (pair, line) => Line(pair.Row) + line[pair.faulty.Length..]);
        place.Write("errors.csv", string.Join('\n', corrected.Prepend(errors[0])) + "\n");
        var again = await place.Run($"upload submit errors.csv {AsOf} --expect-rows 26 -o json");
        var receipts = await place.Export("receipts");
        Assert.That((again.Exit, again.Json.At("ready"), receipts.Rows.Count, receipts.Sum("amount")), Is.EqualTo((0, "26", Rows, Enumerable.Range(2, Rows).Sum(Amount))), again.ToString());
        Assert.That((await place.Json("upload tasks --agreement CR-2021-014")).AsArray(), Is.Empty);
    }

    private static async Task<Workplace> MakeSent()
    {
        var place = new Workplace();
        await place.Begin(Agreements.Coffee(), Enumerable.Range(1, Members).Select(i => new Person($"A{i:D3}", $"1-{i:D4}-{i:D4}", $"Picker {i}")));
        place.Write("season.csv", string.Concat(Enumerable.Range(2, Rows).Select(row => Faulty(row) + "\n").Prepend(Header + "\n")));
        var said = (await place.Run($"upload submit season.csv {AsOf} --only-ready --errors-out errors.csv -o json")).Exits(3);
        place.Write("report.json", said.Out);
        return place;
    }

    private static string Faulty(long row)
    {
        var cells = Cells(row);
        foreach (var fault in Faults.Where(fault => fault.Row == row)) cells[fault.Column] = fault.Cell;
        return string.Join(',', cells);
    }

    private static string Line(long row) => string.Join(',', Cells(row));

    // The note is a column that nobody asked for, with everything in it that a cell can hold.
    private static string[] Cells(long row) =>
        [$"R{row:D5}", $"A{1 + (row % Members):D3}", $"2021-0{1 + (row % 3)}-{1 + (row % 28):D2}", Text(Amount(row)), $"2021-0{1 + (row % 3)}", "CRC", $"\"día {row}, \"\"café\"\" ₡\""];

    private static decimal Amount(int row) => Amount((long)row);

    private static decimal Amount(long row) => 5_000 + (row % 700) + 0.25m;

    private static string Text(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static string[] Lines(Workplace place, string file) => place.Read(file).TrimEnd('\n').Split('\n');
}

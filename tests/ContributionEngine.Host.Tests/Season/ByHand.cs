using System.Globalization;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Season;

/// <summary>
/// The season on paper: rules 1 to 4 of the domain, worked member by member in plain lists. It shares no code with the program
/// and reads none of its answers.
/// </summary>
internal sealed class ByHand
{
    private readonly List<Owed> owed = [];
    private readonly List<Received> received = [];
    private readonly List<string> lines = [];
    private readonly HashSet<string> known;

    public ByHand(Rules rules, IReadOnlyList<Person> people)
    {
        known = [.. people.Select(person => person.MemberNo)];
        foreach (var told in people.GroupBy(person => person.MemberNo)) Schedule(rules, [.. told.OrderBy(person => person.ValidFrom, StringComparer.Ordinal)]);
        owed = [.. owed.OrderBy(item => item.Due).ThenBy(item => item.Month).ThenBy(item => item.Order)];
    }

    public int Remittances { get; private set; }

    public IEnumerable<string> Obligations => owed.Select(item => $"{item.Member} {item.Period} {item.Component} {item.Payer} {Text(item.Due)} {Text(item.Amount)} {Text(item.Allocated)} {item.State}");

    public IEnumerable<string> Receipts => received.Select(item => $"{item.Paid.ReceiptNo} {(known.Contains(item.Paid.MemberNo) ? item.Paid.MemberNo : "")} {item.Paid.Amount} {Text(item.Allocated)} {Text(item.Credit)} {Text(item.Suspense)}");

    public IEnumerable<string> Lines => lines;

    /// <summary>A treasurer's file: first what has opened meets credit, then each row pays what is open.</summary>
    public void Post(DateOnly asOf, IEnumerable<Paid> rows, bool holdUnknown)
    {
        BringTo(asOf);
        foreach (var row in rows)
        {
            var receipt = new Received(row, received.Count) { Credit = Minor(row.Amount) };
            if (!known.Contains(row.MemberNo))
            {
                if (!holdUnknown) continue;
                (receipt.Suspense, receipt.Credit) = (receipt.Credit, 0);
            }

            received.Add(receipt);
            Place(receipt, asOf);
        }
    }

    /// <summary>A cut-off: months whose collected parts are all paid in full go; lines of refused members come back.</summary>
    public void Settle(DateOnly asOf, IReadOnlySet<string> refused)
    {
        BringTo(asOf);
        var takable = owed.Where(item => item.Collected && item.Opens <= asOf).GroupBy(item => (item.Member, item.Month))
            .Where(month => month.All(item => item.Allocated == item.Amount)).SelectMany(month => month).Where(item => item.Allocated > item.OnItsWay)
            .OrderBy(item => item.Member, StringComparer.Ordinal).ThenBy(item => item.Month).ThenBy(item => item.Order).ToList();
        if (takable.Count == 0) return;
        Remittances++;
        foreach (var (item, no) in takable.Select((item, i) => (item, i + 1)))
        {
            var isRefused = refused.Contains(item.Member);
            lines.Add($"{Remittances} {no} {item.Member} {item.Period} {item.Component} {Text(item.Allocated - item.OnItsWay)} {(isRefused ? "rejected" : "accepted")}");
            if (!isRefused) item.OnItsWay = item.Allocated;
        }
    }

    // Credit, oldest receipt first, pays what is open by then.
    private void BringTo(DateOnly asOf)
    {
        foreach (var receipt in received.Where(item => item.Credit > 0).OrderBy(item => item.Paid.ReceivedOn, StringComparer.Ordinal).ThenBy(item => item.No)) Place(receipt, asOf);
    }

    // What the receipt names comes first, if open; the rest goes oldest first; what is left stays credit.
    private void Place(Received receipt, DateOnly asOf)
    {
        var open = owed.Where(item => item.Member == receipt.Paid.MemberNo && item.Collected && item.Opens <= asOf).ToList();
        var named = open.Where(item => receipt.Paid.Period is "" || receipt.Paid.Period == item.Period).Where(item => receipt.Paid.Component is "" || receipt.Paid.Component == item.Component);
        foreach (var item in named.Concat(open))
        {
            var part = Math.Min(receipt.Credit, item.Amount - item.Allocated);
            item.Allocated += part;
            receipt.Allocated += part;
            receipt.Credit -= part;
        }
    }

    private void Schedule(Rules rules, IReadOnlyList<Person> told)
    {
        for (var month = new DateOnly(rules.Year, 1, 1); month.Year == rules.Year; month = month.AddMonths(1))
        {
            var person = told.LastOrDefault(known => known.ValidFrom.Length == 0 || Rules.Day(known.ValidFrom) <= month) ?? told[0];
            if (Rules.Day(person.EnrolledFrom) >= month.AddMonths(1) || (person.EnrolledTo.Length > 0 && Rules.Day(person.EnrolledTo) < month)) continue;
            if (FallsDueWith(rules.Windows, person.Zone, month) is not { } with) continue;
            var due = rules.Due(with);
            foreach (var (part, order) in rules.Amounts(person, month).Select((part, i) => (part, i)).Where(item => item.part.Minor != 0))
            {
                owed.Add(new Owed(person.MemberNo, month, part.Component, order, part.Payer, part.Collected, due, part.Minor));
            }
        }
    }

    private static DateOnly? FallsDueWith(IReadOnlyList<SeasonDraft> windows, string zone, DateOnly month)
    {
        if (windows.Count == 0) return month;
        var period = Text(month)[..7];
        foreach (var window in windows.Where(window => window.Zone is null || window.Zone == zone))
        {
            if (string.CompareOrdinal(window.From, period) <= 0 && string.CompareOrdinal(period, window.To) <= 0) return month;
            if (window.AlsoCovers.Contains(period)) return Rules.Day($"{window.To}-01");
        }

        return null;
    }

    private static long Minor(string amount) => (long)(Rules.Number(amount) * 100);

    private static string Text(long minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Owed(string Member, DateOnly Month, string Component, int Order, string Payer, bool Collected, DateOnly Due, long Amount)
    {
        public string Period => Text(Month)[..7];

        public DateOnly Opens => Due < Month ? Due : Month;

        public long Allocated { get; set; }

        public long OnItsWay { get; set; }

        public string State => Allocated == Amount ? "paid" : Allocated > 0 ? "part_paid" : "unpaid";
    }

    private sealed record Received(Paid Paid, int No)
    {
        public long Allocated { get; set; }

        public long Credit { get; set; }

        public long Suspense { get; set; }
    }
}

using System.Globalization;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Season;

/// <summary>
/// The season on paper: rules 1 to 4 of the domain, worked member by member in plain lists. It shares no code with the program
/// and reads none of its answers.
/// </summary>
internal sealed class ByHand
{
    private readonly Rules rules;
    private readonly List<Received> received = [];
    private readonly List<string> lines = [];
    private readonly HashSet<string> known;
    private List<Owed> owed = [];
    private DateOnly latest;

    public ByHand(Rules rules, IReadOnlyList<Person> people)
    {
        this.rules = rules;
        known = [.. people.Select(person => person.MemberNo)];
        foreach (var told in people.GroupBy(person => person.MemberNo)) Schedule([.. told.OrderBy(person => person.ValidFrom, StringComparer.Ordinal)]);
        Sort();
    }

    public int Remittances { get; private set; }

    public IEnumerable<string> Obligations => owed.Where(item => item.Principal is null).Select(item => $"{item.Member} {item.Period} {item.Component} {item.Payer} {Text(item.Due)} {Text(item.Amount)} {Text(item.Allocated)} {item.State}");

    /// <summary>What stands of the charges on each principal, and what of that is paid.</summary>
    public IEnumerable<string> Interest => owed.Where(item => item.Principal is not null).GroupBy(item => item.Principal!).Where(of => of.Sum(item => item.Amount) > 0)
        .Select(of => $"{of.Key.Member} {of.Key.Period} {of.Key.Component} {of.Key.Payer} {Text(of.Key.Due)} {Text(of.Sum(item => item.Amount))} {Text(of.Sum(item => item.Allocated))}");

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

        ChargeLate(latest);
    }

    /// <summary>A cut-off: months whose collected parts are all paid in full go; lines of refused members come back.</summary>
    public void Settle(DateOnly asOf, IReadOnlySet<string> refused)
    {
        BringTo(asOf);
        var takable = owed.Where(item => item.Collected && item.Opens <= asOf).GroupBy(item => (item.Member, item.Month))
            .Where(month => month.All(item => item.Principal is not null || item.Allocated == item.Amount)).SelectMany(month => month).Where(item => item.Allocated > item.OnItsWay)
            .OrderBy(item => item.Member, StringComparer.Ordinal).ThenBy(item => item.Month).ThenBy(item => item.Order).GroupBy(item => (item.Member, item.Month, item.Component, item.Class))
            .OrderBy(line => line.Key.Member, StringComparer.Ordinal).ThenBy(line => line.Key.Month).ThenBy(line => line.First().Order).ThenBy(line => line.First().Principal is not null).ToList();
        if (takable.Count == 0) return;
        Remittances++;
        foreach (var (line, no) in takable.Select((line, i) => (line, i + 1)))
        {
            var isRefused = refused.Contains(line.Key.Member);
            lines.Add($"{Remittances} {no} {line.Key.Member} {line.First().Period} {line.Key.Component} {line.Key.Class} {Text(line.Sum(item => item.Allocated - item.OnItsWay))} {(isRefused ? "rejected" : "accepted")}");
            foreach (var item in isRefused ? [] : line.ToList()) item.OnItsWay = item.Allocated;
        }
    }

    private void BringTo(DateOnly asOf)
    {
        if (asOf > latest) latest = asOf;
        PlaceCredit(asOf);
        ChargeLate(latest);
    }

    // What came after the due date is charged to its day, what is still owed to this day; credit then pays charges, and what charges give back.
    private void ChargeLate(DateOnly day)
    {
        for (var moved = true; moved;)
        {
            moved = false;
            foreach (var principal in owed.Where(item => item.Principal is null && item.Collected && item.Due < day).ToList()) moved |= Charge(principal, day);
            if (!moved) return;
            Sort();
            PlaceCredit(day);
        }
    }

    private bool Charge(Owed principal, DateOnly day)
    {
        var late = principal.Parts.Where(part => Rules.Day(part.From.Paid.ReceivedOn) > principal.Due).Select(part => (part.Minor, Months(principal.Due, Rules.Day(part.From.Paid.ReceivedOn))))
            .Append((principal.Amount - principal.Allocated, Months(principal.Due, day)));
        var difference = rules.Late(late) - principal.Charges.Sum(item => item.Amount);
        if (difference > 0)
        {
            var charge = principal with { Amount = difference, Principal = principal, Opens = day, No = owed.Count, Parts = [], Charges = [], Allocated = 0, OnItsWay = 0 };
            principal.Charges.Add(charge);
            owed.Add(charge);
        }

        return difference > 0 | principal.Charges.OrderByDescending(item => item.Amount > item.Allocated).ThenByDescending(item => item.No).ToList().Sum(item => item.Lower(ref difference)) > 0;
    }

    private static int Months(DateOnly due, DateOnly day)
    {
        var months = 0;
        while (due.AddMonths(months + 1) <= day) months++;
        return months;
    }

    private void Sort() => owed = [.. owed.OrderBy(item => item.Due).ThenBy(item => item.Month).ThenBy(item => item.Principal is not null).ThenBy(item => item.Order).ThenBy(item => item.No)];

    // Credit, oldest receipt first, pays what is open by then.
    private void PlaceCredit(DateOnly asOf)
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
            if (part > 0) item.Parts.Add((receipt, part));
            item.Allocated += part;
            receipt.Allocated += part;
            receipt.Credit -= part;
        }
    }

    private void Schedule(IReadOnlyList<Person> told)
    {
        for (var month = new DateOnly(rules.Year, 1, 1); month.Year == rules.Year; month = month.AddMonths(1))
        {
            var person = told.LastOrDefault(known => known.ValidFrom.Length == 0 || Rules.Day(known.ValidFrom) <= month) ?? told[0];
            if (Rules.Day(person.EnrolledFrom) >= month.AddMonths(1) || (person.EnrolledTo.Length > 0 && Rules.Day(person.EnrolledTo) < month)) continue;
            if (FallsDueWith(rules.Windows, person.Zone, month) is not { } with) continue;
            var due = rules.Due(with);
            foreach (var (part, order) in rules.Amounts(person, month).Select((part, i) => (part, i)).Where(item => item.part.Minor != 0))
            {
                owed.Add(new Owed(person.MemberNo, month, part.Component, order, part.Payer, part.Collected, due) { Amount = part.Minor, No = owed.Count });
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

    private sealed record Owed(string Member, DateOnly Month, string Component, int Order, string Payer, bool Collected, DateOnly Due)
    {
        public string Period => Text(Month)[..7];

        public required long Amount { get; set; }

        public DateOnly Opens { get; init; } = Due < Month ? Due : Month;

        /// <summary>Of a charge: what was late.</summary>
        public Owed? Principal { get; init; }

        public string Class => Principal is null ? "principal" : "interest";

        public int No { get; init; }

        public List<(Received From, long Minor)> Parts { get; init; } = [];

        public List<Owed> Charges { get; init; } = [];

        public long Allocated { get; set; }

        public long OnItsWay { get; set; }

        /// <summary>Takes a negative difference off this charge; money above it goes back, the last first. Gives what went back.</summary>
        public long Lower(ref long difference)
        {
            var by = Math.Min(Amount, Math.Max(0, -difference));
            (Amount, difference) = (Amount - by, difference + by);
            var freed = Math.Max(0, Allocated - Amount);
            for (var left = freed; left > 0;)
            {
                var (from, minor) = Parts[^1];
                var back = Math.Min(left, minor);
                Parts.RemoveAt(Parts.Count - 1);
                if (minor > back) Parts.Add((from, minor - back));
                (from.Allocated, from.Credit, Allocated, left) = (from.Allocated - back, from.Credit + back, Allocated - back, left - back);
            }

            return freed;
        }

        public string State => Allocated == Amount ? "paid" : Allocated > 0 ? "part_paid" : "unpaid";
    }

    private sealed class Received(Paid paid, int no)
    {
        public Paid Paid => paid;

        public int No => no;

        public long Allocated { get; set; }

        public long Credit { get; set; }

        public long Suspense { get; set; }
    }
}

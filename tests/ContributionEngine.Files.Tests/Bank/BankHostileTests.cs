using System.Text;

namespace ContributionEngine.Files.Tests;

/// <summary>Files that are no bank statements, by mistake or on purpose: each has its code, and none a crash.</summary>
[Parallelizable(ParallelScope.None)]
public sealed class BankHostileTests
{
    private const string Bomb = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><Document><BkToCstmrStmt>&b;</BkToCstmrStmt></Document>";

    [TestCase("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Document><BkToCstmrStmt>&e;</BkToCstmrStmt></Document>", "bank_xml_unsafe")]
    [TestCase(Bomb, "bank_xml_unsafe")]
    [TestCase("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn/></Document>", "bank_other_namespace")]
    [TestCase("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.03\"><BkToCstmrStmt><Stmt/></BkToCstmrStmt></Document>", "bank_other_namespace")]
    [TestCase("<Document><CstmrCdtTrfInitn/></Document>", "bank_not_a_statement")]
    [TestCase("<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>", "bank_no_statement")]
    [TestCase("<Document><BkToCstmrStmt><Stmt/></BkToCstmrStmt></Document>", "bank_no_currency")]
    [TestCase("<Document><BkToCstmrStmt><Stmt><Acct><Ccy>EUR</Ccy></Acct></Stmt></BkToCstmrStmt></Document>", "bank_no_account")]
    [TestCase("<Document><BkToCstmrStmt>", "bank_unreadable")]
    [TestCase("", "bank_empty")]
    [TestCase("no statement at all", "bank_not_a_statement")]
    public void What_is_no_statement_is_refused_by_its_code(string text, string code) => Assert.That(BankReading.Read(text).Refusal!.Code, Is.EqualTo(code));

    [Test]
    public void A_statement_that_is_cut_off_is_refused_whole()
    {
        var text = CamtText.Statement("110.00", CamtText.Entry("10.00"));
        Assert.That(BankReading.Read(text[..(text.Length * 9 / 10)]).Refusal!.Code, Is.EqualTo("bank_unreadable"));
    }

    [Test]
    public void A_text_without_end_is_refused() =>
        Assert.That(BankReading.Read(CamtText.Statement("100.00", CamtText.Entry("1.00", "CRDT", $"<AddtlNtryInf>{new string('x', 3 << 20)}</AddtlNtryInf>"))).Refusal!.Code, Is.EqualTo("bank_unreadable"));

    [Test]
    public void Elements_within_elements_without_end_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000));
        Assert.That(BankReading.Read(CamtText.Message($"<Stmt>{deep}</Stmt>")).Refusal!.Code, Is.EqualTo("bank_unreadable"));
    }

    [Test]
    public void An_element_of_a_hundred_thousand_others_is_refused() =>
        Assert.That(BankReading.Read(CamtText.Message($"<Stmt><Acct>{string.Concat(Enumerable.Repeat("<a/>", 200_000))}</Acct></Stmt>")).Refusal!.Code, Is.EqualTo("bank_unreadable"));

    [Test]
    public void Sums_that_no_account_has_are_refused() =>
        Assert.That(BankReading.Read(CamtText.Statement("100.00", [.. Enumerable.Repeat(CamtText.Entry("9999999999999999.99"), 20)])).Refusal!.Code, Is.EqualTo("bank_figure"));

    [Test]
    public void A_file_that_must_be_in_one_format_and_is_in_another_is_refused() =>
        Assert.That(BankReading.Read(CamtText.Statement("100.00"), BankReading.Terms with { Format = BankFormat.Mt940 }).Refusal!.Detail, Is.EqualTo("The file is camt053, not mt940."));

    [Test]
    public void A_zip_gives_each_of_its_files_and_a_broken_one_stops_no_other()
    {
        var zip = Books.Zip([new("a.xml", CamtText.Statement("100.00")), new("b/c.sta", ":20:R\n:25:A1\n:60F:C260503EUR0,\n:62F:C260503EUR0,"), new("d.xml", "<broken")]);
        using var parts = BankParts.Of(() => new MemoryStream(zip), "may.zip", "");
        var read = parts.Parts.Select(part => $"{part.Name} {(BankFile.Read(part.Open.Value, BankReading.Terms) is { Refusal: { } no } ? no.Code : "read")}");
        Assert.That(read, Is.EqualTo(new[] { "may.zip/a.xml read", "may.zip/b/c.sta read", "may.zip/d.xml bank_unreadable" }));
    }

    [TestCase("../../etc/cron.d/x")]
    [TestCase("/etc/x")]
    public void A_zip_whose_names_lead_elsewhere_is_refused(string name)
    {
        using var parts = BankParts.Of(() => new MemoryStream(Books.Zip([new(name, "x")])), "may.zip", "");
        Assert.That(parts.Parts.Single().Open.Refusal!.Code, Is.EqualTo("bank_unreadable"));
    }

    [Test]
    public void Every_other_sample_is_refused_with_a_code()
    {
        var files = new[] { "hostile", "csv-torture", "xlsx-torture", "other-bank", "social-security", "iso20022" }.SelectMany(folder => Directory.EnumerateFiles(BankReading.PathOf(folder), "*", SearchOption.AllDirectories))
            .Where(path => !path.Contains("camt.05", StringComparison.Ordinal) && new FileInfo(path).Length < 2 << 20).ToList();
        Assert.That(files, Has.Count.GreaterThan(100));
        foreach (var path in files)
        {
            var refusal = BankFile.Read(() => File.OpenRead(path), BankReading.Terms with { FileName = Path.GetFileName(path) }).Refusal;
            Assert.That(refusal?.Code, Does.StartWith("bank_"), path);
        }
    }

    [Test]
    public void A_long_statement_takes_no_more_memory_than_a_short_one()
    {
        long Peak(int entries)
        {
            var most = 0L;
            var read = BankFile.Read(() => new LongStatement(entries), BankReading.Terms).Value;
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var at = 0;
            foreach (var (_, _) in read.Entries())
            {
                if (++at % (entries / 4) == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }

            Assert.That(read.Statements[0].Entries, Is.EqualTo(entries));
            return most;
        }

        Peak(100);
        Assert.That(Peak(20_000), Is.LessThan(Peak(200) + (1 << 20)));
    }

    /// <summary>A camt.053 that is made while it is read.</summary>
    private sealed class LongStatement(int entries) : Stream
    {
        private readonly IEnumerator<byte[]> parts = Parts(entries).GetEnumerator();
        private ReadOnlyMemory<byte> rest;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => entries;

        public override long Position
        {
            get => 0;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            while (rest.IsEmpty)
            {
                if (!parts.MoveNext()) return 0;
                rest = parts.Current;
            }

            var read = Math.Min(count, rest.Length);
            rest[..read].CopyTo(buffer.AsMemory(offset));
            rest = rest[read..];
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private static IEnumerable<byte[]> Parts(int entries)
        {
            var whole = CamtText.Statement($"{100 + entries}.00", "|");
            yield return Encoding.UTF8.GetBytes(whole.Split('|')[0]);
            for (var i = 0; i < entries; i++) yield return Encoding.UTF8.GetBytes(CamtText.Entry("1.00", "CRDT", $"<AcctSvcrRef>B{i}</AcctSvcrRef>{CamtText.Details(CamtText.Amount("1.00", "CRDT"))}"));
            yield return Encoding.UTF8.GetBytes(whole.Split('|')[1]);
        }
    }
}

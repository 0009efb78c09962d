namespace ContributionEngine.Files.Tests;

/// <summary>camt.052, .053 and .054: what each element comes to.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CamtTests
{
    [Test]
    public void A_statement_gives_its_balances_and_what_its_entries_come_to()
    {
        var read = BankReading.Read(CamtText.Statement("130.50", CamtText.Entry("40.50"), CamtText.Entry("10.00", "DBIT"))).Value;
        Assert.That((read.Format, string.Join('|', read.Told()), read.Warned()), Is.EqualTo((BankFormat.Camt053, "A1 EUR 100.00 130.50 2 0 40.50 10.00 adds up", "")));
    }

    [Test]
    public void A_batch_is_the_sum_of_its_transactions_by_their_own_signs()
    {
        var batch = CamtText.Entry("70.00", "CRDT", CamtText.Details(CamtText.Amount("100.00", "CRDT"), CamtText.Amount("30.00", "DBIT")));
        var read = BankReading.Read(CamtText.Statement("170.00", batch)).Value;
        Assert.That((string.Join('|', read.Told()), read.Warned(), string.Join(' ', read.First()[0].Transactions.Select(part => part.Signed))), Is.EqualTo(("A1 EUR 100.00 170.00 1 2 70.00 0.00 adds up", "", "10000 -3000")));
    }

    [Test]
    public void A_batch_that_is_not_the_sum_of_its_transactions_is_warned_of_and_keeps_its_own_amount()
    {
        var batch = CamtText.Entry("70.00", "CRDT", CamtText.Details(CamtText.Amount("100.00", "CRDT")));
        var statement = BankReading.Read(CamtText.Statement("170.00", batch)).Value.Statements[0];
        Assert.That((statement.Credits, $"{statement.Warnings.Single()}"), Is.EqualTo((7000L, "transactions_differ: entry 1 is 70.00 and its transactions come to 100.00; the difference is -30.00")));
    }

    [Test]
    public void Charges_that_make_the_difference_are_named_and_booked_on_no_transaction()
    {
        var fees = CamtText.Details(CamtText.Amount("1500.00", "DBIT") + "<Chrgs><Rcrd><Amt Ccy=\"EUR\">26.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>");
        var read = BankReading.Read(CamtText.Statement("0.00", CamtText.Entry("1526.00", "DBIT", fees))).Value;
        Assert.That(($"{read.Statements[0].Warnings[0]}", read.First()[0].Transactions[0].AmountMinor), Is.EqualTo(("transactions_differ: entry 1 is -1526.00 and its transactions come to -1500.00; the difference of -26.00 is its charges", 150000L)));
    }

    [Test]
    public void A_transaction_in_another_currency_says_nothing_about_the_entry()
    {
        var read = BankReading.Read(CamtText.Statement("170.00", CamtText.Entry("70.00", "CRDT", "<NtryDtls><TxDtls><Amt Ccy=\"USD\">80.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls></NtryDtls>"))).Value;
        Assert.That((read.Warned(), read.First()[0].Transactions[0].AmountMinor), Is.EqualTo(("", (long?)null)));
    }

    [Test]
    public void A_reversal_has_the_direction_of_its_own_booking()
    {
        var read = BankReading.Read(CamtText.Statement("90.00", CamtText.Reversal("10.00", "DBIT"))).Value;
        Assert.That((read.Statements[0].Reversals, read.First()[0].Signed, read.Warned()), Is.EqualTo((1, -1000L, "")));
    }

    [Test]
    public void A_bank_whose_balances_show_that_it_means_reversals_the_other_way_is_believed()
    {
        var read = BankReading.Read(CamtText.Statement("115.00", CamtText.Entry("5.00"), CamtText.Reversal("10.00", "DBIT"))).Value;
        Assert.That((string.Join('|', read.Told()), string.Join(' ', read.First().Select(entry => entry.Signed)), read.Warned()), Is.EqualTo(("A1 EUR 100.00 115.00 2 0 15.00 0.00 adds up", "500 1000", "reversals_turned")));
    }

    [Test]
    public void A_balance_without_a_direction_is_a_credit_and_a_warning()
    {
        var text = CamtText.Message($"<Stmt><Id>S1</Id><Acct><Id><IBAN>CR05 0152 0200 1026 2840 66</IBAN></Id></Acct>{CamtText.Balance("PRCD", "5.00", "")}{CamtText.Balance("CLBD", "5.00", "")}</Stmt>");
        var read = BankReading.Read(text).Value;
        Assert.That((read.Told()[0], read.Warned()), Is.EqualTo(("CR05015202001026284066 EUR 5.00 5.00 0 0 0.00 0.00 adds up", "xsd balance_without_direction")));
    }

    [Test]
    public void A_page_begins_where_the_one_before_it_ended()
    {
        string Page(string number, string balances) => CamtText.Message($"<Stmt><Id>S1</Id><Acct><Id><IBAN>A1</IBAN></Id><Ccy>EUR</Ccy></Acct>{balances}{CamtText.Entry("10.00")}</Stmt>")
            .Replace("</GrpHdr>", $"<MsgPgntn><PgNb>{number}</PgNb><LastPgInd>false</LastPgInd></MsgPgntn></GrpHdr>", StringComparison.Ordinal);
        var (first, second) = (BankReading.Read(Page("1", CamtText.Balance("OPBD", "5.00") + CamtText.Balance("ITBD", "15.00"))).Value, BankReading.Read(Page("2", CamtText.Balance("ITBD", "15.00") + CamtText.Balance("CLBD", "25.00"))).Value);
        Assert.That((first.Told()[0], first.Statements[0].Statement), Is.EqualTo(("A1 EUR 5.00 15.00 1 0 10.00 0.00 adds up", "S1")));
        Assert.That((second.Told()[0], second.Statements[0].Statement), Is.EqualTo(("A1 EUR 15.00 25.00 1 0 10.00 0.00 adds up", "S1/2")));
    }

    [Test]
    public void Statements_in_an_envelope_are_found()
    {
        var text = $"<RequestPayload><AppHdr xmlns=\"urn:iso:std:iso:20022:tech:xsd:head.001.001.02\"><BizMsgIdr>B1</BizMsgIdr></AppHdr>{CamtText.Statement("100.00")}</RequestPayload>";
        Assert.That(BankReading.Read(text).Value.Told(), Is.EqualTo(new[] { "A1 EUR 100.00 100.00 0 0 0.00 0.00 adds up" }));
    }

    [Test]
    public void A_version_that_was_never_tried_is_read_and_warned_of()
    {
        var read = BankReading.Read(CamtText.Statement("110.00", CamtText.Entry("10.00")).Replace("001.08", "001.42", StringComparison.Ordinal)).Value;
        Assert.That(read.Statements[0].Warnings.Select(warning => $"{warning}"), Is.EqualTo(new[] { "version_not_listed: camt.053.001.42 is a version that was never tried; it was read by the names of its elements" }));
    }

    [Test]
    public void Two_statements_in_one_message_are_two_accounts()
    {
        string One(string account) => $"<Stmt><Id>{account}</Id><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>{CamtText.Balance("OPBD", "1.00")}{CamtText.Balance("CLBD", "11.00")}{CamtText.Entry("10.00")}</Stmt>";
        var read = BankReading.Read(CamtText.Message(One("A1") + One("A2"))).Value;
        Assert.That(read.Entries().Select(item => (read.Statements[item.Statement].Account, item.Entry.Signed)), Is.EqualTo(new[] { ("A1", 1000L), ("A2", 1000L) }));
    }

    [Test]
    public void An_entry_without_a_day_leaves_it_to_the_balance()
    {
        var read = BankReading.Read(CamtText.Statement("110.00", CamtText.Entry("10.00").Replace("<BookgDt><Dt>2026-05-04</Dt></BookgDt>", "", StringComparison.Ordinal))).Value;
        Assert.That((read.First()[0].BookedOn, read.Statements[0].To, read.Warned()), Is.EqualTo(((DateOnly?)null, (DateOnly?)new DateOnly(2026, 5, 4), "dates_missing")));
    }

    [Test]
    public void An_entry_that_is_not_booked_holds_its_statement()
    {
        var statement = BankReading.Read(CamtText.Statement("110.00", CamtText.Entry("10.00").Replace("BOOK", "PDNG", StringComparison.Ordinal))).Value.Statements[0];
        Assert.That((statement.IsDoubtful, $"{statement.Warnings[0]}"), Is.EqualTo((true, "not_booked: entry 1 has the status PDNG")));
    }

    [Test]
    public void A_statement_that_does_not_balance_is_read_and_doubtful()
    {
        var statement = BankReading.Read(CamtText.Statement("110.01", CamtText.Entry("10.00"))).Value.Statements[0];
        Assert.That((statement.Balances, statement.IsDoubtful, $"{statement.Warnings[0]}"), Is.EqualTo((false, true, "does_not_balance: opening and entries do not give the closing balance")));
    }

    [TestCase("10.00", 1000)]
    [TestCase("10.50000", 1050)]
    [TestCase("000000000000149.87", 14987)]
    [TestCase("19710", 1971000)]
    [TestCase(".5", 50)]
    public void An_amount_is_read_exactly(string text, long minor) =>
        Assert.That(BankReading.Read(CamtText.Statement("100.00", CamtText.Entry(text))).Value.First()[0].AmountMinor, Is.EqualTo(minor));

    [TestCase("10.001", "bank_figure")]
    [TestCase("1.0000000000000", "bank_figure")]
    [TestCase("-5.00", "bank_figure")]
    [TestCase("1,50", "bank_figure")]
    [TestCase("", "bank_figure")]
    [TestCase("1e3", "bank_figure")]
    [TestCase("99999999999999999999", "bank_figure")]
    public void An_amount_that_cannot_be_taken_exactly_refuses_the_file(string text, string code) =>
        Assert.That(BankReading.Read(CamtText.Statement("100.00", CamtText.Entry(text))).Refusal!.Code, Is.EqualTo(code));

    [Test]
    public void An_entry_that_says_neither_credit_nor_debit_refuses_the_file() =>
        Assert.That(BankReading.Read(CamtText.Statement("100.00", CamtText.Entry("1.00", "BOTH"))).Refusal!.Detail, Is.EqualTo("entry 1: “BOTH” says neither CRDT nor DBIT, so nobody knows which way the money went."));

    [Test]
    public void What_the_parties_and_references_say_is_kept()
    {
        var inside = "<AcctSvcrRef>B7</AcctSvcrRef>" + CamtText.Details("<Refs><EndToEndId>RF18539007547034</EndToEndId><TxId>T1</TxId></Refs>" + CamtText.Amount("5.00", "CRDT")
            + "<RltdPties><Dbtr><Pty><Nm>Coopetarrazu</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>CR1</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>May</Ustrd><Strd><CdtrRefInf><Ref>R9</Ref></CdtrRefInf></Strd></RmtInf>");
        var entry = BankReading.Read(CamtText.Statement("105.00", CamtText.Entry("5.00", "CRDT", inside))).Value.First()[0];
        Assert.That((entry.ServicerReference, entry.Counterparty, string.Join('|', entry.References)), Is.EqualTo(("B7", new Counterparty("Coopetarrazu", "CR1"), "RF18539007547034|T1|R9|May")));
    }

    [TestCase("<NtryRef>N1</NtryRef><NtryDtls><TxDtls><Refs><TxId>T1</TxId></Refs></TxDtls></NtryDtls>", "N1/T1")]
    [TestCase("<AcctSvcrRef>NOTPROVIDED</AcctSvcrRef><NtryDtls><TxDtls><Refs><AcctSvcrRef>B8</AcctSvcrRef></Refs></TxDtls></NtryDtls>", "B8")]
    [TestCase("<NtryRef>N1</NtryRef>", null)]
    public void A_bank_reference_is_taken_from_where_the_bank_puts_it(string inside, string? reference) =>
        Assert.That(BankReading.Read(CamtText.Statement("105.00", CamtText.Entry("5.00", "CRDT", inside))).Value.First()[0].ServicerReference, Is.EqualTo(reference));

    [Test]
    public void The_same_statement_in_another_message_has_the_same_fingerprint_and_one_more_cent_has_not()
    {
        string Print(string text) => BankReading.Read(text).Value.Statements[0].Fingerprint;
        var text = CamtText.Statement("105.00", CamtText.Entry("5.00"));
        Assert.That(Print(text.Replace("M1", "M2", StringComparison.Ordinal).Replace("<Id>S1</Id>", "<Id>S2</Id>", StringComparison.Ordinal)), Is.EqualTo(Print(text)));
        Assert.That(Print(CamtText.Statement("105.01", CamtText.Entry("5.01"))), Is.Not.EqualTo(Print(text)));
    }
}

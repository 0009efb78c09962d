using ContributionEngine.Testing;
using Microsoft.Data.Sqlite;

namespace ContributionEngine.Host.Tests.Proof;

/// <summary>Whoever changes one figure in the database by hand is found: exit 9, and the row by name.</summary>
internal sealed class TamperTests
{
    private const string Line1 = "(select id from remittance_line where line_no = 1)";

    [TestCase("update receipt set amount = amount + 1 where receipt_no = 'R1'", "receipt")]
    [TestCase("update receipt set amount = amount + 100, allocated = allocated + 100 where receipt_no = 'R1'", "receipt")]
    [TestCase("update receipt set allocated = allocated - 100, credit = credit + 100 where receipt_no = 'R1'", "receipt")]
    [TestCase("update allocation set amount = amount + 1 where id = (select min(id) from allocation)", "receipt")]
    [TestCase("delete from allocation where id = (select max(id) from allocation where id not in (select allocation_id from line_allocation))", "receipt")]
    [TestCase("update obligation set amount = amount + 1 where id = (select min(id) from obligation where collected = 1)", "CR-2021-014")]
    [TestCase("update obligation set amount = amount - 1 where id = (select max(id) from obligation where collected = 0)", "CR-2021-014")]
    [TestCase("update obligation set allocated = allocated - 1 where allocated > 0 and id = (select min(id) from obligation where allocated > 0)", "obligation")]
    [TestCase("update obligation set reduced = 1 where id = (select max(id) from obligation)", "obligation")]
    [TestCase("update remittance_line set amount = amount + 1 where line_no = 1", "REM-")]
    [TestCase("update remittance_line set amount = amount + (case line_no when 1 then 1 else -1 end) where line_no in (1, 2)", "line")]
    [TestCase("update remittance set total = total + 1", "REM-")]
    [TestCase("update remittance set line_count = line_count + 1", "REM-")]
    [TestCase("update remittance set paid = paid + 1", "REM-")]
    [TestCase("update remittance set rejected = rejected - 1", "REM-|CR-2021-014")]
    [TestCase("update line_allocation set live = 0 where line_id = " + Line1, "CR-2021-014")]
    [TestCase("update line_allocation set live = 1", "line")]
    [TestCase("update posting set debit = debit + 1 where debit > 0 and entry_id = (select min(entry_id) from posting)", "entry")]
    [TestCase("update posting set debit = debit + (case when debit > 0 then 1 else 0 end), credit = credit + (case when credit > 0 then 1 else 0 end) where entry_id = (select min(entry_id) from posting)", "CR-2021-014")]
    [TestCase("update posting set account = 'suspense' where account = 'custody' and entry_id = (select min(entry_id) from posting where account = 'custody')", "CR-2021-014")]
    [TestCase("update posting set account = 'custody' where account = 'in_transit' and debit > 0", "CR-2021-014 custody")]
    [TestCase("update remittance_line set outcome = 'sent' where outcome = 'accepted' and line_no = 1", "CR-2021-014 acknowledged")]
    [TestCase("delete from posting where account in ('acknowledged', 'confirmed')", "CR-2021-014 acknowledged")]
    [TestCase("update posting set account = 'scheduled' where account = 'confirmed'", "CR-2021-014 scheduled")]
    [TestCase("update bank_entry set amount = amount + 1", "bank entry|statement")]
    [TestCase("update bank_match set amount = amount - 1", "REM-|bank entry")]
    [TestCase("update bank_match set taken = taken + 1, amount = amount + 1, open_before = open_before + 1", "REM-|bank entry")]
    [TestCase("update bank_match set missing = missing + 1", "match")]
    [TestCase("update bank_match set surplus = surplus + 1", "match")]
    [TestCase("update bank_match set open_before = open_before + 1", "match")]
    [TestCase("update bank_match set kind = 'returned'", "match")]
    [TestCase("update bank_match set live = 0", "REM-|match")]
    [TestCase("update bank_match set undone_on = '2021-02-11'", "match")]
    [TestCase("update bank_entry set matched = matched - 1", "bank entry")]
    [TestCase("update bank_entry set state = 'open'", "bank entry")]
    [TestCase("update remittance set money = 'returned'", "REM-")]
    [TestCase("update match_run set decisions = replace(decisions, 'accepted', 'proposed')", "run MRN-")]
    [TestCase("update match_run set state = 'undone'", "run MRN-")]
    [TestCase("delete from bank_match", "REM-|bank entry")]
    [TestCase("update bank_statement set closing = closing + 1", "statement")]
    [TestCase("update remittance_content set body = cast(replace(cast(body as text), '17320.00', '17320.01') as blob)", "REM-")]
    [TestCase("update acknowledgement set amount = amount + 1 where level = 'line'", "REM-")]
    [TestCase("update remittance_line set outcome = 'accepted' where outcome = 'rejected'", "REM-")]
    [TestCase("update line_salt set salt = zeroblob(16) where line_id = " + Line1, "(?s)REM-.*version 1 of its proof says")]
    [TestCase("update line_salt set salt = (select salt from line_salt where line_id <> " + Line1 + ")", "(?s)REM-.*version 1 of its proof says")]
    [TestCase("update line_salt set last_version = 1 where line_id = " + Line1, "line 1 outcome accepted, and it is not in the proof")]
    [TestCase("delete from line_salt where line_id = " + Line1, "line 1 outcome accepted, and it is not in the proof")]
    [TestCase("insert into line_salt (line_id, salt, first_version) select id, zeroblob(16), 1 from remittance_line where outcome = 'rejected' and line_no = 3", "line 3 outcome rejected, and it is in the proof")]
    [TestCase("update remittance_line set national_id = '1-1009-0009' where line_no = 1", "(?s)REM-.*version 1 of its proof says")]
    [TestCase("update remittance_proof set root = replace(root, substr(root, 1, 4), 'beef')", "(?s)REM-.*version 1 of its proof says")]
    [TestCase("update remittance_proof set line_count = line_count + 1", "(?s)REM-.*version 1 of its proof says")]
    [TestCase("update remittance_proof set audit_seq = audit_seq - 1", "(?s)REM-.*version 1 of its proof is not in the audit chain")]
    [TestCase("delete from remittance_proof", "(?s)REM-.*tells of a proof that is gone")]
    [TestCase("insert into proof_confirmation (proof_id, answer_sha256, confirmed_at) select id, 'none', made_at from remittance_proof", "(?s)REM-.*no answer of the fund confirms version 1")]
    [TestCase("update remittance_line set outcome = 'returned', code = '' where outcome = 'accepted' and line_no = 1", "REM-")]
    [TestCase("update acknowledgement set outcome = 'accepted' where level = 'line'", "no answer says so")]
    [TestCase("update acknowledgement set applied = 0", "no answer says so")]
    [TestCase("update answer_file set body = cast(replace(cast(body as text), 'rejected', 'accepted') as blob)", "answer")]
    [TestCase("delete from answer_file", "its bytes are not kept")]
    [TestCase("update audit_event set document = replace(document, '10860000', '10860100') where use_case = 'receipts-posted'", "audit")]
    [TestCase("update audit_event set actor = 'os:nobody' where seq = 2 and chain = 'CR-2021-014'", "audit")]
    [TestCase("delete from audit_event where seq = 2 and chain = 'CR-2021-014'", "audit")]
    [TestCase("update upload_content set body = cast(replace(cast(body as text), '38600.00', '38601.00') as blob)", "UPL-")]
    public async Task A_figure_that_was_changed_by_hand_is_found(string statement, string named)
    {
        using var place = await Prepared.Settled();
        await place.Finds(statement, named);
    }

    [TestCase("update claim set amount = amount + 1 where state = 'open'", "claim|CR-2021-014")]
    [TestCase("update claim set state = 'settled', ended_on = '2021-02-12' where state = 'open'", "CR-2021-014")]
    [TestCase("update claim set state = 'open', ended_on = null where state = 'settled'", "CR-2021-014")]
    [TestCase("update claim set state = 'extinguished' where state = 'settled'", "claim")]
    [TestCase("update claim set debtor = 'member', allocation_id = null where state = 'open'; update claim set amount = amount + 1 where state = 'open'", "CR-2021-014")]
    [TestCase("delete from claim where state = 'settled'", "receipt")]
    [TestCase("update reversal set amount = amount - 1 where kind = 'moved'", "receipt")]
    [TestCase("update reversal set replaced_by = receipt_id + 1 where kind = 'moved'", "receipt")]
    [TestCase("update reversal set replaced_by = null where kind = 'moved'", "receipt")]
    [TestCase("delete from reversal where kind = 'reversed'", "receipt")]
    [TestCase("update receipt set live = 1 where receipt_no = 'R1'", "receipt")]
    [TestCase("update receipt set live = 0 where receipt_no = 'R3'", "receipt")]
    [TestCase("update refund set amount = amount - 1", "receipt")]
    [TestCase("delete from refund", "receipt")]
    [TestCase("update receipt set written_off = written_off + 100, refunded = refunded - 100 where receipt_no = 'R9'", "receipt|CR-2021-014")]
    [TestCase("insert into write_off (id, agreement_id, receipt_id, amount, written_off_on, reason) select 1, agreement_id, id, 100, '2021-02-12', 'by hand' from receipt where receipt_no = 'R9'", "receipt")]
    [TestCase("update claim set state = 'written_off', ended_on = '2021-02-12' where state = 'open'", "CR-2021-014")]
    [TestCase("update receipt set refunded = refunded - 100, credit = credit + 100 where receipt_no = 'R9'", "receipt|CR-2021-014")]
    [TestCase("update receipt set reversed = reversed - 100, credit = credit + 100 where receipt_no = 'R2' and live = 0", "receipt|CR-2021-014")]
    public async Task A_figure_of_a_correction_that_was_changed_by_hand_is_found(string statement, string named)
    {
        using var place = await Prepared.Corrected();
        await place.Finds(statement, named);
    }

    // The fund has accepted Ana's January; the State owes 21,360.00 for it.
    [TestCase("update state_claim set amount = amount + 1", "CR-2021-014")]
    [TestCase("delete from state_claim", "CR-2021-014")]
    [TestCase("update state_claim set state = 'settled', ended_on = '2021-03-01'", "CR-2021-014")]
    [TestCase("update state_claim set debtor = 'sponsor'", "claim")]
    [TestCase("update state_claim set obligation_id = (select id from obligation where payer = 'state' and period = '2021-02' order by id limit 1)", "claim on the state")]
    public async Task A_figure_of_a_share_that_was_changed_by_hand_is_found(string statement, string named)
    {
        using var place = await Prepared.Settled();
        await place.Finds(statement, named);
    }

    [Test]
    public async Task The_State_is_told_what_it_owes_and_what_it_has_paid_is_booked()
    {
        using var place = await Prepared.Settled();
        var written = await place.Json("claim export --agreement CR-2021-014 --out state.csv");
        var paid = await place.Json("claim settle --agreement CR-2021-014 --debtor state --reason treasury");
        Assert.That((written.At("claims"), place.Read("state.csv").Split('\n')[^2], paid.At("total"), (await place.Run("claim settle --agreement CR-2021-014 --debtor state --reason twice")).Exit), Is.EqualTo(("1", "T,1,21360.00", "21360.00", 6)));
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }

    // The organisation paid 18,600.00 for Luis, who has repaid 5,000.00 of it.
    [TestCase("update advance set obligation_id = (select min(id) from obligation where class = 'principal')", "advance|obligation")]
    [TestCase("delete from advance", "obligation|CR-2021-014")]
    [TestCase("update obligation set amount = amount - 100 where class = 'advance'", "advance")]
    [TestCase("update receipt set refunded = 100, amount = amount + 100 where method = 'advance'", "receipt|advance")]
    [TestCase("update posting set account = 'cash' where account = 'advances' and debit > 0", "CR-2021-014")]
    [TestCase("update receipt set allocated = allocated - 100, credit = credit + 100 where receipt_no = 'R5'; update allocation set amount = amount - 100 where receipt_id = (select id from receipt where receipt_no = 'R5'); update obligation set allocated = allocated - 100 where class = 'advance'", "while the advance")]
    [TestCase("update allocation set obligation_id = (select max(id) from obligation where class = 'principal' and collected = 1 and allocated = 0) where receipt_id = (select id from receipt where receipt_no = 'R5'); update obligation set allocated = 0 where class = 'advance'; update obligation set allocated = 500000 where id = (select obligation_id from allocation where receipt_id = (select id from receipt where receipt_no = 'R5'))", "before the advance")]
    [TestCase("update settlement_run set carried = 100", "RUN-")]
    [TestCase("update upload_content set body = cast(replace(cast(body as text), '18600.00', '18601.00') as blob)", "UPL-")]
    public async Task A_figure_of_an_advance_that_was_changed_by_hand_is_found(string statement, string named)
    {
        using var place = await Prepared.Advanced();
        await place.Finds(statement, named);
    }

    [Test]
    public async Task What_was_advanced_is_true_before_anything_is_changed_by_hand()
    {
        using var place = await Prepared.Advanced();
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }

    [Test]
    public async Task What_was_put_right_is_true_before_anything_is_changed_by_hand()
    {
        using var place = await Prepared.Corrected();
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }

    [Test]
    public async Task A_reduction_that_was_changed_by_hand_is_found()
    {
        using var place = await Prepared.Remitted();
        place.Write("left.csv", Members.Csv([Members.Pickers[2] with { EnrolledTo = "2021-01-31" }]));
        await place.Ok("member import left.csv --agreement CR-2021-014");
        await place.Ok("schedule generate --agreement CR-2021-014 --as-of 2021-02-20");
        (await place.Run("verify")).Exits(0);
        Assert.That(StoredFacts.Forge(place.Database, "update reduction set amount = amount - 1"), Is.Positive);
        var proof = await place.Run("verify -o json");
        Assert.That((proof.Exit, proof.Json.At("verify")), Is.EqualTo((9, "failed")), proof.ToString());
        Assert.That(proof.Json["first"]!.AsArray().Select(one => one.At("subject")), Has.One.Match("^obligation \\d+$"));
    }

    [TestCase("update receipt set amount = amount + 1")]
    [TestCase("delete from receipt")]
    [TestCase("update allocation set amount = amount + 1")]
    [TestCase("delete from allocation")]
    [TestCase("update remittance_line set amount = amount + 1")]
    [TestCase("delete from remittance_line")]
    [TestCase("update posting set debit = debit + 1 where debit > 0")]
    [TestCase("delete from posting")]
    [TestCase("update obligation set amount = amount + 1")]
    [TestCase("update obligation set allocated = amount + 1")]
    [TestCase("update remittance set total = total + 1")]
    [TestCase("update bank_match set amount = amount + 1")]
    [TestCase("delete from bank_match")]
    [TestCase("update match_run set inputs = '{}'")]
    [TestCase("update bank_entry set matched = amount + 1")]
    [TestCase("insert into bank_match (id, number, entry_id, tx_no, remittance_id, kind, taken, amount, open_before, missing, surplus, matched_by, score, cues, live, matched_on, accepted_by) select id + 1, 'MAT-2', entry_id, tx_no, remittance_id, kind, taken, amount, open_before, missing, surplus, matched_by, score, cues, 1, matched_on, accepted_by from bank_match")]
    [TestCase("update remittance_content set body = zeroblob(4)")]
    [TestCase("update answer_file set body = zeroblob(4)")]
    [TestCase("delete from answer_file")]
    [TestCase("update audit_event set actor = 'os:nobody'")]
    [TestCase("delete from audit_event")]
    [TestCase("update line_salt set salt = zeroblob(16)")]
    [TestCase("delete from line_salt")]
    [TestCase("update remittance_proof set root = ''")]
    [TestCase("delete from remittance_proof")]
    [TestCase("insert into line_allocation (line_id, allocation_id, live) select max(l.id), min(a.id), 1 from remittance_line l, allocation a")]
    public async Task The_database_itself_refuses_to_change_a_fact(string statement)
    {
        using var place = await Prepared.Settled();
        Assert.That(() => StoredFacts.Attempt(place.Database, statement), Throws.TypeOf<SqliteException>());
    }

    [Test]
    public async Task A_broken_audit_chain_ends_the_audit_check_with_9()
    {
        using var place = await Prepared.Settled();
        StoredFacts.Forge(place.Database, "update audit_event set actor = 'os:nobody' where seq = 2");
        Assert.That((await place.Run("audit verify")).Exit, Is.EqualTo(9));
    }
}

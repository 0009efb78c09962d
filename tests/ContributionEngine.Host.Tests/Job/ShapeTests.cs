using System.Text.Json.Nodes;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Job;

/// <summary>Columns and JSON members that other programs hold on to.</summary>
internal sealed class ShapeTests
{
    private const string Report = "upload file_sha256 rows ready warnings errors left_out sum_ready expected_total state problems problems_total";
    private const string Further = "unchanged understood schedule groups";

    [TestCase("obligations", "obligation,agreement,member_no,period,component,payer,class,due_on,amount,reduced,allocated,state")]
    [TestCase("receipts", "receipt,agreement,upload,row,receipt_no,member_no,received_on,amount,allocated,suspense,credit,refunded,reversed,written_off,state")]
    [TestCase("allocations", "receipt,obligation,member_no,period,component,amount,allocated_on")]
    [TestCase("remittances", "remittance,agreement,kind,cutoff,state,lines,total,currency,reference,sha256,delivered_at,acknowledged_at,settled_at")]
    [TestCase("remittance-lines", "remittance,line,member_no,national_id,period,component,class,amount,outcome,code")]
    [TestCase("journal", "entry,booked_on,account,debit,credit,currency,source")]
    [TestCase("cases", "case,reason,agreement,subject,amount,opened_on,state,owner")]
    [TestCase("acks", "remittance,level,line,outcome,code,text,received_at")]
    public async Task An_export_has_exactly_its_columns(string what, string header)
    {
        using var place = await Prepared.Settled();
        Assert.That((await place.Export(what)).Header, Is.EqualTo(header));
    }

    [Test]
    public async Task A_check_answers_with_the_members_of_a_report_and_no_upload()
    {
        using var place = await Prepared.Harvest();
        var report = (await place.Run("upload check january.csv --agreement CR-2021-014 --as-of 2021-01-31 -o json")).Json;
        Assert.That((report.Fields(), report["upload"], report.At("state")), Is.EqualTo(($"{Report} {Further} next_cutoff forecast", (JsonNode?)null, "ready")));
    }

    [Test]
    public async Task A_submit_answers_with_the_report_and_where_the_money_went()
    {
        using var place = await Prepared.Harvest();
        Assert.That((await place.Json(Prepared.Submit)).Fields(), Is.EqualTo($"{Report} allocated suspense credit cases next_cutoff will_remit will_wait {Further}"));
    }

    [Test]
    public async Task A_submit_says_how_many_what_it_adds_up_to_and_what_comes_next()
    {
        using var place = await Prepared.Harvest();
        var said = await place.Json($"{Prepared.Submit} --expect-total 108600.00 --expect-rows 3");
        string[] members = ["rows", "ready", "warnings", "errors", "left_out", "sum_ready", "expected_total", "problems_total", "allocated", "suspense", "credit", "cases", "next_cutoff", "will_remit.lines", "will_remit.total"];
        Assert.That(string.Join(' ', members.Select(said.At)), Is.EqualTo("3 3 0 0 0 108600.00 108600.00 0 97200.00 0.00 11400.00 0 2021-02-06T00:00:00Z 4 77200.00"));
    }

    [Test]
    public async Task A_problem_of_a_row_says_row_code_severity_field_value_and_detail()
    {
        using var place = await Prepared.Harvest();
        place.Write("unknown.csv", Receipts.Csv(new Paid("R9", "X900", "2021-01-15", "38600.00")));
        var problem = (await place.Run("upload check unknown.csv --agreement CR-2021-014 -o json")).Json["problems"]![0]!;
        Assert.That((problem.Fields(), problem.At("row"), problem.At("code"), problem.At("severity"), problem.At("field"), problem.At("value")), Is.EqualTo(("row code severity field value detail", "2", "R02", "error", "member_no", "X900")));
    }

    [TestCase("inspect statement.xml", "read")]
    [TestCase("import statement.xml --account auto", "booked")]
    public async Task A_bank_file_answers_with_its_statements_and_the_gaps(string verb, string state)
    {
        using var place = await Prepared.Harvest();
        place.Write("statement.xml", Statements.Camt053(Agreements.Coffee().FundAccount, [("RF18539007547034", "38600.00"), ("NONE", "0.50")]));
        var said = await place.Json($"bank {verb}");
        var file = said["files"]![0]!;
        var statement = file["statements"]![0]!;
        Assert.Multiple(() =>
        {
            Assert.That((said.Fields(), file.Fields()), Is.EqualTo(("files gaps", "file format sha256 statements problem")));
            Assert.That(statement.Fields(), Is.EqualTo("account statement currency opening closing entries transactions credits debits balances continuity reversals state warnings"));
            Assert.That(string.Join(' ', statement.AsObject().Select(field => statement.At(field.Key))), Is.EqualTo($"CR0015202001026284066 ST-1 CRC 0.00 38600.50 2 2 38600.50 0.00 true first 0 {state} []"));
        });
    }

    [Test]
    public async Task A_bank_statement_that_comes_again_is_a_duplicate()
    {
        using var place = await Prepared.Settled();
        Assert.That((await place.Run("bank import statement.xml --account auto -o json")).Json.At("files.0.statements.0.continuity"), Is.EqualTo("duplicate"));
    }

    [Test]
    public async Task A_bank_statement_that_does_not_begin_where_the_last_one_ended_is_a_gap()
    {
        using var place = await Prepared.Settled();
        place.Write("later.xml", Statements.Camt053(Agreements.Coffee().FundAccount, [("NONE", "1.00")], "ST-3", "2021-03-10"));
        var said = (await place.Run("bank import later.xml --account auto -o json")).Json;
        Assert.That((said.At("files.0.statements.0.continuity"), said.At("gaps")), Is.EqualTo(("gap", "1")));
    }

    [Test]
    public async Task Several_bank_files_are_inspected_together()
    {
        using var place = new Workplace();
        place.Write("one.xml", Statements.Camt053("CR1", [("A", "1.00")], "S-1"));
        place.Write("two.xml", Statements.Camt053("CR2", [("B", "2.00")], "S-2"));
        Assert.That((await place.Json("bank inspect one.xml two.xml"))["files"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_refusal_is_a_problem_object_on_standard_error()
    {
        using var place = await Prepared.Harvest();
        place.Write("nobody.csv", "member_no,received_on\nA001,2021-01-15\n");
        var refused = await place.Run("upload submit nobody.csv --agreement CR-2021-014 -o json");
        Assert.That((refused.Out, refused.Problem.Fields(), refused.Problem.At("code")), Is.EqualTo(("", "code title detail errors", "F06")));
    }

    [Test]
    public async Task An_error_in_a_problem_object_says_row_field_code_value_and_detail()
    {
        using var place = await Prepared.Harvest();
        place.Write("members.csv", "member_no,national_id,full_name,enrolled_from\nA009,9-9,Eva Arce,yesterday\n");
        var error = (await place.Run("member import members.csv --agreement CR-2021-014 -o json")).Problem["errors"]![0]!;
        Assert.That((error.Fields(), error.At("row"), error.At("field"), error.At("value")), Is.EqualTo(("row field code value detail", "2", "enrolled_from", "yesterday")));
    }

    [Test]
    public async Task A_refusal_without_json_is_a_sentence_and_a_remedy()
    {
        using var place = await Prepared.Harvest();
        var refused = await place.Run("agreement show NO-SUCH");
        Assert.That(refused.Error, Does.Match(@"^error\[[a-zA-Z0-9_]+\]: .+\nhelp: .+\n$"));
    }
}

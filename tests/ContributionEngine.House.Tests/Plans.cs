namespace ContributionEngine.House.Tests;

/// <summary>What is asked for among very many rows of others is found by an index that leads to it, whatever the values: the embedded database plans a statement once.</summary>
public sealed class Plans
{
    [TestCase("ReceiptList.OfNumber", "receipt_numbered (receipt_no=?")]
    [TestCase("ReceiptList.UnderOne", "receipt_of_agreement (agreement_id=? AND received_on>? AND received_on<?")]
    [TestCase("ReceiptList.Everywhere", "receipt_by_day (received_on>? AND received_on<?")]
    [TestCase("ReceiptList.OfUpload", "receipt_of_upload (upload_id=?")]
    [TestCase("ReceiptList.Held", "PRIMARY KEY (rowid=?")]
    [TestCase("ReceiptList.Ended", "PRIMARY KEY (rowid=?")]
    [TestCase("ObligationList.UnderOne", "(agreement_id=? AND period<?")]
    [TestCase("ObligationList.OfPeriod", "obligation_by_period (agreement_id=? AND period=? AND id<?")]
    [TestCase("UploadList.UnderOne", "upload_of_agreement (agreement_id=? AND id<?")]
    [TestCase("RemittanceList.UnderOne", "(agreement_id=? AND cutoff>? AND cutoff<?")]
    [TestCase("RunList.UnderOne", "(agreement_id=?")]
    [TestCase("DeliveryList.UnderOne", "(agreement_id=?")]
    [TestCase("DeliveryList.OfRemittance", "(number=?")]
    [TestCase("AcknowledgementList.UnderOne", "(agreement_id=?")]
    [TestCase("AcknowledgementList.OfRemittance", "acknowledgement_of (remittance_id=? AND rowid<?")]
    [TestCase("EnrolmentList.UnderOne", "(agreement_id=?")]
    [TestCase("EnrolmentList.OfMember", "member_by_number (member_no=?")]
    [TestCase("EventList.All", "audit_event_by_time (at>? AND at<?")]
    [TestCase("EventList.UnderOne", "audit_event_of_chain (chain=? AND at>? AND at<?")]
    [TestCase("EventList.About", "audit_event_about (subject=?")]
    [TestCase("CaseList.Open", "work_case_open (id>?")]
    [TestCase("CaseList.About", "work_case_about (subject>? AND subject<?")]
    [TestCase("ClaimList.OpenEverywhere[0]", "claim_waiting (id>?")]
    [TestCase("ClaimList.OpenEverywhere[1]", "state_claim_waiting (id>?")]
    [TestCase("ClaimList.OpenUnderOne[1]", "(agreement_id=? AND")]
    [TestCase("ClaimList.AllUnderOne[0]", "claim_of_agreement (agreement_id=? AND id>?")]
    [TestCase("ClaimList.AllUnderOne[1]", "state_claim_of_agreement (agreement_id=? AND id>?")]
    [TestCase("BookingList.OfState", "bank_entry_waiting (state=? AND booked_on>? AND booked_on<?")]
    [TestCase("BookingList.All", "bank_entry_by_day (booked_on>? AND booked_on<?")]
    public void A_list_begins_with_what_it_is_asked_for(string statement, string by)
    {
        var plan = Of(Statement.All.Single(one => one.Name == statement));
        Assert.That(plan[0], Does.Contain(by));
    }

    // A treasurer's first page, a list to fill in and a member's page are looked at all day: what is paid, and the sheets of others, are not gone through for them.
    [TestCase("HomeFigures.Figures", "o USING INDEX obligation_open (enrolment_id=?")]
    [TestCase("Arrears.ByAge", "o USING INDEX obligation_open (enrolment_id=?")]
    [TestCase("ExpectedMembers.Enrolled", "r USING COVERING INDEX receipt_of_enrolment (enrolment_id=?")]
    [TestCase("ExpectedMembers.Enrolled", "m USING INTEGER PRIMARY KEY (rowid=?")]
    [TestCase("ExpectedMembers.Enrolled", "o USING INDEX obligation_open (enrolment_id=?")]
    [TestCase("ExpectedMembers.LastSheet", "v USING COVERING INDEX advance_of (agreement_id=?")]
    [TestCase("Reversals.WithCreditOf", "r USING INDEX receipt_credit (agreement_id=? AND enrolment_id=?")]
    // Nor is the money of other agreements for a cut, for what is in custody, or for the way of one payment.
    [TestCase("Trails.OfReceipt", "r USING INTEGER PRIMARY KEY (rowid=?")]
    [TestCase("Trails.OfReceipt", "la USING INDEX line_allocation_of (allocation_id=?")]
    [TestCase("Trails.OfObligation", "r USING INTEGER PRIMARY KEY (rowid=?")]
    [TestCase("Trails.OfLine", "r USING INTEGER PRIMARY KEY (rowid=?")]
    [TestCase("RemittanceLines.Forecast", "al USING INDEX allocation_of_agreement (agreement_id=?")]
    [TestCase("RemittanceLines.CutAllocations", "al USING INDEX allocation_of_agreement (agreement_id=?")]
    [TestCase("RemittanceLines.CutAllocations", "back USING INDEX line_allocation_of (allocation_id=?")]
    [TestCase("Custody.Sums", "a USING INDEX allocation_of_agreement (agreement_id=?")]
    [TestCase("StateClaims.OfRemittance", "o USING INDEX sqlite_autoindex_obligation_1 (enrolment_id=?")]
    [TestCase("Suspense.Held", "h USING INDEX receipt_suspense")]
    [TestCase("AnswerTruths.Checks[1]", "k USING INDEX acknowledgement_of_line (remittance_id=? AND line_no=?")]
    public void What_is_of_one_is_found_from_it_on(string statement, string step) =>
        Assert.That(Of(Statement.All.Single(one => one.Name == statement)), Has.Some.Contains(step));

    // In a list it would be done for every row of the page.
    [Test]
    public void Nothing_of_a_row_is_worked_out_by_going_through_a_whole_table() => Assert.That(
        from statement in Statement.All
        where statement.Text.EndsWith("limit @Take", StringComparison.Ordinal)
        from step in Of(statement).Skip(1)
        where step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.Contains("INDEX", StringComparison.Ordinal) && !step.Contains("json_each", StringComparison.Ordinal)
        select $"{statement.Name}: {step}", Is.Empty);

    private static List<string> Of(Statement statement)
    {
        using var connection = FreshDatabase.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "explain query plan " + statement.Text;
        foreach (var name in statement.Parameters) command.Parameters.AddWithValue(name, DBNull.Value);
        using var plan = command.ExecuteReader();
        var steps = new List<string>();
        while (plan.Read()) steps.Add(plan.GetString(plan.GetOrdinal("detail")));
        return steps;
    }
}

namespace ContributionEngine.Files;

/// <summary>
/// The 133 columns of SAFF 1.0 by section. Names repeat (ABN four times, Family Name twice), so a column is its position and the names
/// are only written.
/// </summary>
internal static class SaffColumns
{
    private static readonly (string Caption, string[] Names)[] Sections =
    [
        ("Line ID",
        [
            "ID",
        ]),
        ("Header",
        [
            "SourceEntityID", "SourceEntityIDType", "SourceElectronicServiceAddress", "ElectronicErrorMessaging",
        ]),
        ("Sender",
        [
            "ABN", "Organisational Name Text", "Family Name", "Given Name", "Other Given Name", "E-mail Address Text", "Telephone Minimal Number",
        ]),
        ("Payer",
        [
            "ABN", "Organisational Name Text", "BSB Number", "Account Number", "Account Name Text",
        ]),
        ("Payee/Receiver",
        [
            "ABN", "USI", "Organisational Name Text", "TargetElectronicServiceAddress", "Payment Method Code", "Transaction Date", "Payment/Customer Reference Number",
            "Bpay Biller Code", "Payment Amount", "BSB Number", "Account Number", "Account Name Text",
        ]),
        ("Employer",
        [
            "ABN", "Location ID", "Organisational Name Text", "Superannuation Fund Generated Employer Identifier",
        ]),
        ("Super Fund Member Common",
        [
            "TFN", "Person Name Title Text", "Person Name Suffix text", "Family Name", "Given Name", "Other Given Name", "Sex Code", "Birth Date", "Address Usage Code",
            "Address Details Line 1 Text", "Address Details Line 2 Text", "Address Details Line 3 Text", "Address Details Line 4 Text", "Locality Name Text",
            "Postcode Text", "State or Territory Code", "Country Code", "E-mail Address Text", "Telephone Minimal Number Landline", "Telephone Minimal Number Mobile",
            "Member Client Identifier", "Payroll Number Identifier", "Employment End Date", "Employment End Reason Text",
        ]),
        ("Super Fund Member Contributions",
        [
            "Pay Period Start Date", "Pay Period End Date", "Superannuation Guarantee Amount", "Award or Productivity Amount", "Personal Contributions Amount",
            "Salary Sacrificed Amount", "Voluntary Amount", "Spouse Contributions Amount", "Child Contributions Amount", "Other Third Party Contributions Amount",
        ]),
        ("Super Fund Member Registration",
        [
            "Employment Start Date", "At Work Indicator", "Annual Salary for Benefits Amount", "Annual Salary for Contributions Amount",
            "Annual Salary for Contributions Effective Start Date", "Annual Salary for Contributions Effective End Date", "Annual Salary for Insurance Amount",
            "Weekly Hours Worked Number", "Occupation Description", "Insurance Opt Out Indicator", "Fund Registration Date", "Benefit Category Text",
            "Employment Status Code", "Super Contribution Commence Date", "Super Contribution Cease Date", "Member Registration Amendment Reason Text",
        ]),
        ("Defined Benefits Contributions",
        [
            "Defined Benefit Member Pre Tax Contribution", "Defined Benefit Member Post Tax Contribution", "Defined Benefit Employer Contribution",
            "Defined Benefit Notional Member Pre Tax Contribution", "Defined Benefit Notional Member Post Tax Contribution",
            "Defined Benefit Notional Employer Contribution", "Ordinary Time Earnings", "Actual Periodic Salary or Wages Earned", "Superannuable Allowances Paid",
            "Notional Superannuable Allowances", "Service Fraction", "Service Fraction Effective Date", "Full Time Hours", "Contracted Hours", "Actual Hours Paid",
            "Employee Location Identifier",
        ]),
        ("Defined Benefit Registration",
        [
            "Service Fraction", "Service Fraction Start Date", "Service Fraction End Date", "Defined Benefit Employer Rate", "Defined Benefit Employer Rate Start Date",
            "Defined Benefit Employer Rate End Date", "Defined Benefit Member Rate", "Defined Benefit Member Rate Start Date", "Defined Benefit Member Rate End Date",
            "Defined Benefit Annual Salary 1", "Defined Benefit Annual Salary 1 Start Date", "Defined Benefit Annual Salary 1 End Date",
            "Defined Benefit Annual Salary 2", "Defined Benefit Annual Salary 2 Start Date", "Defined Benefit Annual Salary 2 End Date",
            "Defined Benefit Annual Salary 3", "Defined Benefit Annual Salary 3 Start Date", "Defined Benefit Annual Salary 3 End Date",
            "Defined Benefit Annual Salary 4", "Defined Benefit Annual Salary 4 Start Date", "Defined Benefit Annual Salary 4 End Date",
            "Defined Benefit Annual Salary 5", "Defined Benefit Annual Salary 5 Start Date", "Defined Benefit Annual Salary 5 End Date", "Leave Without Pay Code",
            "Leave Without Pay Code Start Date", "Leave Without Pay Code End Date", "Annual Salary for Insurance Effective Date",
            "Annual Salary for Benefits Effective Date", "Employee Status Effective Date", "Employee Benefit Category Effective Date", "Employee Location Identifier",
            "Employee Location Identifier Start Date", "Employee Location Identifier End Date",
        ]),
    ];

    /// <summary>The second row: the name of a section over its first column.</summary>
    public static string Captions { get; } = string.Join(',', Sections.SelectMany(section => section.Names.Select((_, i) => i == 0 ? section.Caption : "")));

    /// <summary>The third row.</summary>
    public static string Names { get; } = string.Join(',', Sections.SelectMany(section => section.Names));

    public static int Count { get; } = Sections.Sum(section => section.Names.Length);
}

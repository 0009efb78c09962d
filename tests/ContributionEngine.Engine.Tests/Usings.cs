// The builders of the test kit have the names of what they build; here they are meant.
global using Agreements = ContributionEngine.Testing.Agreements;
global using Members = ContributionEngine.Testing.Members;
global using Receipts = ContributionEngine.Testing.Receipts;

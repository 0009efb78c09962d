// Storage has its own Agreements; this is the test kit's builder of agreement files.
global using Drafts = ContributionEngine.Testing.Agreements;

global using Books = ContributionEngine.Testing.Books;

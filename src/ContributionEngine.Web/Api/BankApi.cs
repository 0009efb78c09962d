using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

internal sealed record StatementAnswer(string Id, string Account, string Holder, string Statement, string Kind, string Format, string Currency, string? Opening, string? Closing, DateOnly FromOn, DateOnly ToOn, string FileName, string State)
{
    public required DateTimeOffset ImportedAt { get; init; }

    public static StatementAnswer Of(ListedStatement row) => new(
        row.Number, row.Account, row.Holder, row.Statement, row.Kind, row.Format, row.Currency, Major(row, row.Opening), Major(row, row.Closing), row.FromOn, row.ToOn, row.FileName, row.State) { ImportedAt = row.ImportedAt };

    private static string? Major(Listed row, long? minor) => minor is { } amount ? ApiJson.Text(row.Money(amount)) : null;
}

internal sealed record EntryAnswer(string Entry, string Account, string Statement, string StatementState, DateOnly BookedOn, DateOnly? ValueOn, string Direction, string Currency, string Amount, string Matched, string State)
{
    public required bool Reversal { get; init; }

    public required string? Reference { get; init; }

    public required string? Counterparty { get; init; }

    public required string? Text { get; init; }

    public static EntryAnswer Of(ListedBooking row) => new(
        row.Number, row.Account, row.Statement, row.StatementState, row.BookedOn, row.ValueOn, row.Direction, row.Currency, ApiJson.Text(row.Money(row.Amount)), ApiJson.Text(row.Money(row.Matched)), row.State)
    {
        Reversal = row.IsReversal == 1, Reference = row.Reference, Counterparty = row.Counterparty, Text = row.Text ?? row.RemittanceInfo,
    };
}

internal sealed record ReadStatementAnswer(string Statement, string Account, string Continuity, string State, IReadOnlyList<string> Warnings);

internal sealed record ReadFileAnswer(string File, string Format, string Sha256, IReadOnlyList<ReadStatementAnswer> Statements, string? ProblemCode, string? Problem)
{
    public static ReadFileAnswer Of(ReadBankFile file, ApiCall call) => new(
        file.File, file.Format, file.Sha256, [.. file.Statements.Select(one => new ReadStatementAnswer(one.Statement, one.Account, one.Continuity, one.State, [.. one.Warnings.Select(call.Said)]))], file.Problem?.Code, file.Problem is { } refused ? call.Said(refused) : null);
}

/// <summary>A form with a bank file; account is its number or auto.</summary>
internal sealed record StatementForm(IFormFile File, string Account, bool Register = false, string? Currency = null);

internal static class BankApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/bank/statements", ([AsParameters] StatementsWhere where, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.BankStatements(where, slice), StatementAnswer.Of))
            .Reads<PageAnswer<StatementAnswer>>(Access.Users, "Statements of bank accounts, newest first");
        api.MapGet("/bank/entries", ([AsParameters] BookingsWhere where, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.BankEntries(where, slice), EntryAnswer.Of))
            .Reads<PageAnswer<EntryAnswer>>(Access.Users, "What the bank booked: of one state oldest first, all of it newest first");
        api.MapPost("/bank/statements", Import).Writes<IReadOnlyList<ReadFileAnswer>>(Access.Officers, "Take in a bank file, or a zip of some").Takes<StatementForm>();
    }

    private static async Task<IResult> Import(HttpRequest request, ApiCall call)
    {
        if (!(await SentForm.Of(request, call.Stop)).Ok(out var form, out var refusal)) return Problems.Of(refusal);
        if (!form.Needs("account").Ok(out var account, out refusal)) return Problems.Of(refusal);
        await using var source = form.File.OpenReadStream();
        await using var content = await FileSpool.Copy(source, BankFile.BytesMax, call.Stop);
        var sent = new StatementRequest([new SentFile(form.File.FileName, content)], account, form.Says("register")) { Currency = form["currency"] };
        return await call.Write<IReadOnlyList<ReadBankFile>>(async () =>
        {
            var read = await new ImportStatement(call.Database).Run(call.Actor, sent, call.Stop);
            return read is [{ Problem: { } problem }] ? problem : Outcome<IReadOnlyList<ReadBankFile>>.Of(read);
        }, read => Results.Ok(read.Select(file => ReadFileAnswer.Of(file, call)).ToList()));
    }
}

using System.Globalization;
using System.Security.Claims;
using System.Text.RegularExpressions;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ContributionEngine.Web;

/// <summary>The language of one request, and how its reader's place writes amounts and days.</summary>
public sealed partial class Tongue
{
    /// <summary>Claim of a signed-in user: the language that she has chosen.</summary>
    public const string Claim = "language";

    internal const string Cookie = "ce_language";

    private readonly Texts texts;
    private readonly string language;
    private readonly Numerals numerals;

    private Tongue(Texts texts, (string Language, string? Region) choice)
    {
        (this.texts, language) = (texts, choice.Language == "pt" && choice.Region == "BR" ? "pt-BR" : choice.Language);
        (Code, numerals) = (choice.Language, Numerals.Of(choice.Language == Texts.Pseudo ? "en" : choice.Language, choice.Region));
        Tag = choice.Language == Texts.Pseudo ? "en-x-pseudo" : choice.Region is { } region ? $"{choice.Language}-{region}" : choice.Language;
    }

    /// <summary>The language alone, such as <c>es</c>.</summary>
    public string Code { get; }

    /// <summary>For the <c>lang</c> attribute, such as <c>es-CR</c>.</summary>
    public string Tag { get; }

    /// <summary>The text of a key. Amounts, numbers and days among its arguments are written as the reader's place does.</summary>
    public string this[string key, params object?[] arguments] =>
        string.Format(CultureInfo.InvariantCulture, texts.Of(key, language, [.. arguments.Select(argument => argument ?? "")]), [.. arguments.Select(Written)]);

    public bool Has(string key) => texts.Has(key);

    /// <summary>The text of a key whose places have names, such as <c>{row}</c>; <c>{count}</c> chooses between one and many. A value that it does not name is left away.</summary>
    public string Said(string key, IReadOnlyDictionary<string, string> values) =>
        Places().Replace(long.TryParse(values.GetValueOrDefault("count"), out var count) ? texts.Of(key, language, count) : texts.Of(key, language), place => values.GetValueOrDefault(place.Groups[1].Value, ""));

    /// <summary>A plain decimal in major units as the reader's place writes it.</summary>
    public string Decimal(string plain) => numerals.Write(plain);

    /// <summary>The text of a word that the engine stores, such as a state or a reason: <c>state.paid</c>; the word itself where no text is known.</summary>
    public string Word(string area, string? word) => word is null ? "" : texts.Has($"{area}.{word}") ? this[$"{area}.{word}"] : word.Replace('_', ' ');

    /// <summary>An amount with its currency: <c>CRC 38 600,00</c>, held together by a space that does not break.</summary>
    public string Money(Money amount) => $"{amount.Currency.Code}\u00a0{numerals.Write(amount)}";

    /// <summary>An amount in a table whose head names the currency.</summary>
    public string Amount(Money amount) => numerals.Write(amount);

    public string Number(long number) => numerals.Write(number);

    public string Day(DateOnly day) => numerals.Write(day);

    /// <summary>A moment by the clock of a zone, to the minute.</summary>
    public string Moment(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return $"{numerals.Write(DateOnly.FromDateTime(local.DateTime))} {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>A month in words: <c>octubre 2026</c>; another span by its first month.</summary>
    public string Month(string period) => Period.TryParse(period, out var month) ? this["month.name", this[$"month.{month.First.Month}"], month.First.Year.ToString(CultureInfo.InvariantCulture)] : period;

    /// <summary>An amount that is booked, as the reader's place writes it. Refusals: <c>amount_malformed</c>.</summary>
    public Outcome<Money> ReadAmount(string text, Currency currency) => Typed.Amount(numerals, text, currency);

    /// <summary>A total that is only held against a sheet. Refusals: <c>amount_malformed</c>.</summary>
    public Outcome<Money> ReadTotal(string text, Currency currency) => Typed.Total(numerals, text, currency);

    /// <summary>The mark between units and their parts, for a script that adds up what is typed.</summary>
    public string DecimalMark => numerals.Decimal;

    /// <summary>An expected no, in the reader's words where there are some, and what to do.</summary>
    public string Refusal(Refusal refusal) => Key(refusal) is not { } key ? $"{refusal.Detail} {refusal.Help}".TrimEnd()
        : refusal.Particulars is null && !Places().IsMatch(texts.Of(key, language)) ? this[key, refusal.Value, refusal.Field, refusal.Row] : Said(key, Particular.Values(this, refusal));

    /// <summary>The language that an expected no is said in: the reader's where there are words of hers, else the engine's own.</summary>
    public string TagOf(Refusal refusal) => Key(refusal) is null ? Texts.Languages[0] : Tag;

    /// <summary>A language outside of any request.</summary>
    public static Tongue In(string language, string? region = null) => new(Texts.All, (language, region));

    /// <summary>A language as people name it outside of any request, such as <c>es</c> or <c>pt-BR</c>; English where it is none of ours.</summary>
    public static Tongue Named(string? tag) => new(Texts.All, Languages.Read(tag) ?? (Texts.Languages[0], null));

    /// <summary>How the engine's own figures are told in it.</summary>
    public Phrases Phrases => new((key, arguments) => this[key, arguments]) { Amount = Money, Word = Word, Month = Month };

    internal static Tongue OfRequest(IServiceProvider services)
    {
        var call = services.GetRequiredService<IHttpContextAccessor>().HttpContext;
        var all = services.GetRequiredService<Texts>();
        return call is null ? new Tongue(all, (Texts.Languages[0], null)) : new Tongue(all, Languages.Of(call));
    }

    private string? Key(Refusal refusal) => Particular.Key(this, $"refusal.{refusal.Code}", refusal.Particulars);

    [GeneratedRegex(@"\{([a-z_][a-z_0-9]*)\}")]
    private static partial Regex Places();

    private object Written(object? argument) => argument switch
    {
        Money amount => Money(amount),
        long number => Number(number),
        int number => Number(number),
        Ratio ratio => numerals.Write(ratio),
        DateOnly day => Day(day),
        null => "",
        _ => argument,
    };
}

using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>A party as a bank takes it: Latin letters of the SEPA set, lengths kept, an account that is one.</summary>
internal sealed record Pain001Party(string Name, string? Street, string? Postcode, string Town, string Country, Pain001Account Account);

/// <param name="IsIban">Else a number of the bank's own country, and then the BIC is there.</param>
internal sealed record Pain001Account(string Number, bool IsIban, string? Bic);

/// <summary>Makes the parties of an order what a bank takes; notes what is missing, by field, and what was written otherwise.</summary>
internal sealed partial class Pain001Parties
{
    private const int NameMax = 70;
    private const int StreetMax = 70;
    private const int PostcodeMax = 16;
    private const int TownMax = 35;
    private const int AccountMax = 34;

    private static readonly SearchValues<char> Set = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 /-?:().,'+");

    public List<Refusal> Errors { get; } = [];

    public List<Transliteration> Transliterated { get; } = [];

    public Pain001Party Of(PaymentParty party)
    {
        var at = party.Fields.Party;
        var country = party.Address?.Country ?? "";
        if (party.Address is null) Missing($"{at}.address", "is missing: a payment order needs town and country");
        else if (!Country().IsMatch(country)) Missing($"{at}.address.country", $"«{country}» is no country code of two capital letters");
        return new Pain001Party(
            Latin($"{at}.name", party.Name, NameMax), Optional($"{at}.address.street", party.Address?.Street, StreetMax), Optional($"{at}.address.postcode", party.Address?.Postcode, PostcodeMax),
            party.Address is null ? "" : Latin($"{at}.address.town", party.Address.Town, TownMax), country, Account(party));
    }

    private Pain001Account Account(PaymentParty party)
    {
        var (number, bic) = (Plain(party.Account), Plain(party.Bic));
        var isIban = Iban().IsMatch(number);
        if (number.Length is 0 or > AccountMax) Missing(party.Fields.Account, number.Length == 0 ? "is missing" : $"«{number}» is longer than {AccountMax} characters");
        else if (isIban && !Holds(number)) Missing(party.Fields.Account, $"«{number}» looks like an IBAN, and its check digits do not hold");
        if (bic.Length > 0 && !BicForm().IsMatch(bic)) Missing(party.Fields.Bic, $"«{bic}» is no BIC of 8 or 11 characters");
        if (bic.Length == 0 && !isIban) Missing(party.Fields.Bic, "is missing: an account that is no IBAN needs its bank");
        return new Pain001Account(number, isIban, bic.Length == 0 ? null : bic);
    }

    private string? Optional(string field, string? text, int most) => string.IsNullOrWhiteSpace(text) ? null : Latin(field, text, most);

    private string Latin(string field, string text, int most)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in PlainLetters.Unaccented(text.Trim())) plain.Append(Set.Contains(letter) ? letter : ' ');
        var cut = Blanks().Replace(plain.ToString(), " ").Trim();
        if (cut.Length > most) cut = cut[..most].TrimEnd();
        if (!cut.Any(char.IsAsciiLetterOrDigit)) Missing(field, string.IsNullOrWhiteSpace(text) ? "is missing" : $"«{text}» has no letter that banks take: write it in Latin letters");
        else if (cut != text) Transliterated.Add(new Transliteration(field, text, cut));
        return cut;
    }

    private void Missing(string field, string what) => Errors.Add(Refusal.Input("payment_order_incomplete", $"{field} {what}.") with { Field = field });

    private static string Plain(string? text) => (text ?? "").Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    // ISO 7064, mod 97-10: the first four characters behind the others, letters as 10 to 35.
    private static bool Holds(string iban)
    {
        var rest = 0;
        foreach (var sign in iban[4..] + iban[..4]) rest = char.IsAsciiDigit(sign) ? ((rest * 10) + sign - '0') % 97 : ((rest * 100) + sign - 'A' + 10) % 97;
        return rest == 1;
    }

    [GeneratedRegex("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$")]
    private static partial Regex Iban();

    [GeneratedRegex("^[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?$")]
    private static partial Regex BicForm();

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex Country();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}

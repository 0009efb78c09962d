using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What a statement and the page of a root say, in one of four languages.</summary>
public sealed class StatementTexts
{
    private static readonly string[] Languages = ["es", "fr", "en", "pt"];

    private readonly int language;

    private StatementTexts(int language) => this.language = language;

    public string Language => Languages[language];

    public string Title => Word("Estado de cuenta de sus aportes", "Relevé de vos cotisations", "Statement of your contributions", "Extrato das suas contribuições");

    public string MemberNo => Word("Afiliada o afiliado n.º", "Membre n°", "Member no.", "Membro n.º");

    public string NationalId => Word("Documento", "Pièce d'identité", "Identity no.", "Documento");

    public string Agreement => Word("Convenio", "Convention", "Agreement", "Convênio");

    public string Fund => Word("Fondo", "Caisse", "Fund", "Fundo");

    public string Owed => Word("A pagar", "Dû", "Owed", "A pagar");

    public string Paid => Word("Pagado", "Payé", "Paid", "Pago");

    public string Open => Word("Falta", "Reste", "Still owed", "Falta");

    public string Remitted => Word("Enviado al fondo", "Envoyé à la caisse", "Sent to the fund", "Enviado ao fundo");

    public string Accepted => Word("Aceptado por el fondo", "Accepté par la caisse", "Accepted by the fund", "Aceito pelo fundo");

    public string ByPeriod => Word("Por período", "Par période", "By period", "Por período");

    public string Period => Word("Período", "Période", "Period", "Período");

    public string Total => Word("Total", "Total", "Total", "Total");

    public string Receipts => Word("Sus pagos y adónde fueron", "Vos paiements et où ils sont allés", "Your payments and where they went", "Seus pagamentos e para onde foram");

    public string NoReceipts => Word("Todavía no hay pagos.", "Aucun paiement pour l'instant.", "There are no payments yet.", "Ainda não há pagamentos.");

    public string Receipt => Word("Recibo", "Reçu", "Receipt", "Recibo");

    public string Credit => Word("a su favor, para lo que venza después", "à votre crédit, pour ce qui sera dû plus tard", "to your credit, for what falls due later", "a seu favor, para o que vencer depois");

    public string Refunded => Word("devuelto a usted", "rendu à vous", "given back to you", "devolvido a você");

    public string Held => Word("en la organización, aún no enviado", "chez l'organisation, pas encore envoyé", "with the organisation, not sent yet", "na organização, ainda não enviado");

    public string Proofs => Word("Pruebas", "Preuves", "Proofs", "Provas");

    public string ProofsSay => Word(
        "Cada prueba muestra que el fondo aceptó su línea, sin mostrar la de nadie más. Guárdela: quien la tenga puede comprobarlo, aun sin internet.",
        "Chaque preuve montre que la caisse a accepté votre ligne, sans montrer celle de personne d'autre. Gardez-la : qui l'a peut le vérifier, même sans internet.",
        "Each proof shows that the fund accepted your line, and shows nobody else's. Keep it: whoever has it can check, even without the internet.",
        "Cada prova mostra que o fundo aceitou a sua linha, sem mostrar a de mais ninguém. Guarde-a: quem a tiver pode conferir, mesmo sem internet.");

    public string NoProofs => Word("El fondo todavía no ha aceptado ninguna línea suya.", "La caisse n'a encore accepté aucune de vos lignes.", "The fund has accepted no line of yours yet.", "O fundo ainda não aceitou nenhuma linha sua.");

    public string NotConfirmed => Word("El fondo aún no ha confirmado esta raíz.", "La caisse n'a pas encore confirmé cette racine.", "The fund has not confirmed this root yet.", "O fundo ainda não confirmou esta raiz.");

    public string Line => Word("Línea", "Ligne", "Line", "Linha");

    public string Salt => Word("Sal", "Sel", "Salt", "Sal");

    public string Path => Word("Camino", "Chemin", "Path", "Caminho");

    public string Root => Word("Raíz", "Racine", "Root", "Raiz");

    public string TooLong => Word("La prueba no cabe en un código: use el texto de al lado.", "La preuve est trop longue pour un code : utilisez le texte.", "The proof does not fit into a code: use the text.", "A prova não cabe num código: use o texto.");

    public string PageTitle => Word("Raíz de una remesa aceptada", "Racine d'une remise acceptée", "Root of an accepted remittance", "Raiz de uma remessa aceita");

    public string PageSays => Word(
        "Esta raíz resume las líneas que el fondo aceptó de una remesa. La prueba de una persona es válida si lleva a esta misma raíz.",
        "Cette racine résume les lignes qu'une caisse a acceptées d'une remise. La preuve d'une personne est bonne si elle mène à cette racine.",
        "This root stands for the lines of a remittance that the fund accepted. A person's proof is good when it leads to this very root.",
        "Esta raiz resume as linhas de uma remessa que o fundo aceitou. A prova de uma pessoa é válida se levar a esta mesma raiz.");

    public string Lines => Word("Líneas", "Lignes", "Lines", "Linhas");

    public string Reference => Word("Remesa", "Remise", "Remittance", "Remessa");

    public string Version => Word("Versión", "Version", "Version", "Versão");

    public string MadeOn => Word("Fecha (UTC)", "Date (UTC)", "Day (UTC)", "Data (UTC)");

    public string AuditChain => Word("Registro de auditoría", "Journal d'audit", "Audit chain", "Registro de auditoria");

    public string NotInChain => Word("no consta", "n'y figure pas", "not in it", "não consta");

    public string NoSuchRoot => Word("Esta raíz no existe aquí.", "Cette racine n'existe pas ici.", "There is no such root here.", "Esta raiz não existe aqui.");

    public string LookAgain => Word(
        "Compare las 64 letras y cifras con las de la prueba.", "Comparez les 64 lettres et chiffres avec ceux de la preuve.", "Compare the 64 letters and digits with those of the proof.", "Compare as 64 letras e algarismos com os da prova.");

    /// <summary>The texts of a language such as <c>es</c> or <c>pt-BR</c>; English where there are none.</summary>
    public static StatementTexts Of(string? language) => TryOf(language) ?? new(Array.IndexOf(Languages, "en"));

    /// <summary>The texts of the first language that an Accept-Language header names and that there are texts for; English where there is none.</summary>
    public static StatementTexts ForBrowser(string? header) => (header ?? "").Split(',').Select(one => TryOf(one.Split(';')[0].Trim())).FirstOrDefault(found => found is not null) ?? Of(null);

    public string As(DateOnly day) => Word($"al {Day(day)}", $"au {Day(day)}", $"as of {Day(day)}", $"em {Day(day)}");

    public string EventOf(long number) => Word($"evento {number}", $"événement {number}", $"event {number}", $"evento {number}");

    public string Newer(long version) => Word($"hay una más nueva: {version}", $"il y en a une plus récente : {version}", $"there is a newer one: {version}", $"há uma mais nova: {version}");

    /// <summary>Where money stands that is on a remittance.</summary>
    public string On(string reference, string outcome) => outcome == "accepted"
        ? Word($"en la remesa aceptada {reference}", $"dans la remise acceptée {reference}", $"in the accepted remittance {reference}", $"na remessa aceita {reference}")
        : Word($"enviado en la remesa {reference}, sin respuesta aún", $"envoyé dans la remise {reference}, sans réponse encore", $"sent in remittance {reference}, not answered yet", $"enviado na remessa {reference}, ainda sem resposta");

    public string LineOf(long line, long of) => Word($"línea {line}; la raíz cubre {of} líneas", $"ligne {line} ; la racine couvre {of} lignes", $"line {line}; the root is over {of} lines", $"linha {line}; a raiz cobre {of} linhas");

    public string Confirmed(DateOnly on) => Word($"El fondo confirmó esta raíz el {Day(on)}.", $"La caisse a confirmé cette racine le {Day(on)}.", $"The fund confirmed this root on {Day(on)}.", $"O fundo confirmou esta raiz em {Day(on)}.");

    public string Class(string word) => word switch
    {
        "interest" => Word("interés", "intérêts", "interest", "juros"),
        "surcharge" => Word("recargo", "majoration", "surcharge", "multa"),
        "fee" => Word("cuota de servicio", "frais", "fee", "taxa"),
        _ => Word("aporte", "cotisation", "contribution", "contribuição"),
    };

    /// <summary>An amount in major units with groups of three; the decimal sign is the language's.</summary>
    public string Amount(long minor, Currency currency)
    {
        var parts = Money.ToMajor(minor, currency.Digits).TrimStart('-').Split('.');
        var whole = string.Join('\u202F', parts[0].Reverse().Chunk(3).Select(group => new string([.. group.Reverse()])).Reverse());
        return (minor < 0 ? "\u2212" : "") + whole + (parts.Length > 1 ? Word(",", ",", ".", ",") + parts[1] : "");
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static StatementTexts? TryOf(string? language) =>
        Array.FindIndex(Languages, one => language is not null && (language.Equals(one, StringComparison.OrdinalIgnoreCase) || language.StartsWith($"{one}-", StringComparison.OrdinalIgnoreCase))) is >= 0 and var found ? new(found) : null;

    private string Word(params ReadOnlySpan<string> languages) => languages[language];
}

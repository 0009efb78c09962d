using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What receipts, accounts, slips and advices say, in one of four languages.</summary>
public sealed class DocumentTexts
{
    private static readonly string[][] Months =
    [
        ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"],
    ];

    private static readonly string[] Languages = ["es", "fr", "en", "pt"];

    private readonly int at;

    private DocumentTexts(StatementTexts statement) => (Statement, at) = (statement, Array.IndexOf(Languages, statement.Language));

    /// <summary>The words that members' statements share.</summary>
    public StatementTexts Statement { get; }

    public string Language => Statement.Language;

    public string ReceiptTitle => Word("Recibo", "Reçu", "Receipt", "Recibo");

    public string ReceivedFrom => Word("Recibimos de", "Reçu de", "Received from", "Recebemos de");

    public string Date => Word("Fecha", "Date", "Date", "Data");

    public string Amount => Word("Monto", "Montant", "Amount", "Valor");

    public string PaidFor => Word("Se usó para", "A payé", "What it paid", "Foi usado para");

    public string StillOwed => Word("Falta por pagar", "Reste à payer", "Still owed", "Falta pagar");

    public string Credit => Word("A su favor", "À votre crédit", "To your credit", "A seu favor");

    public string CreditOf => Word("A favor, para después", "Au crédit, pour plus tard", "Credit, for later", "A favor, para depois");

    public string GivenBack => Word("Devuelto", "Rendu", "Given back", "Devolvido");

    public string Check => Word("Compruebe este recibo con el código o en", "Vérifiez ce reçu avec le code ou sur", "Check this receipt with the code or at", "Confira este recibo com o código ou em");

    public string Waiting => Word("a la espera de su uso", "en attente d'affectation", "not applied yet", "ainda não aplicado");

    public string AccountTitle => Word("Estado de cuenta de la organización", "Relevé de compte de l'organisation", "Account of the organisation", "Extrato da organização");

    public string FundTitle => Word("Estado de cuenta para el fondo", "Relevé de compte pour la caisse", "Account for the fund", "Extrato para o fundo");

    public string SlipTitle => Word("Boleta de pago", "Bordereau de paiement", "Payment slip", "Guia de pagamento");

    public string AdviceTitle => Word("Detalle de la remesa", "Avis de remise", "Remittance advice", "Aviso de remessa");

    public string Members => Word("Personas", "Personnes", "Members", "Pessoas");

    public string Member => Word("N.º", "N°", "No.", "N.º");

    public string Name => Word("Nombre", "Nom", "Name", "Nome");

    public string Organisation => Word("Organización", "Organisation", "Organisation", "Organização");

    public string Held => Word("En la organización", "Chez l'organisation", "With the organisation", "Na organização");

    public string Ageing => Word("Lo que falta, por antigüedad", "Ce qui reste dû, par ancienneté", "What is still owed, by age", "O que falta, por idade");

    public string LateMembers => Word("Personas con algo vencido", "Personnes en retard", "Members who are late", "Pessoas com algo vencido");

    public string Overdue => Word("Vencido desde", "En retard depuis", "Overdue by", "Vencido há");

    public string RunningOpen => Word("Falta, acumulado", "Reste, cumulé", "Still owed, running", "Falta, acumulado");

    public string Movements => Word("Dinero que entró y salió", "Argent entré et sorti", "Money in and out", "Dinheiro que entrou e saiu");

    public string In => Word("Entró", "Entré", "In", "Entrou");

    public string Out => Word("Salió", "Sorti", "Out", "Saiu");

    public string What => Word("Qué", "Quoi", "What", "O quê");

    public string HeldAfter => Word("Quedó", "Solde", "Held after", "Saldo");

    public string Accounts => Word("Convenios", "Conventions", "Agreements", "Convênios");

    public string Remittances => Word("Remesas", "Remises", "Remittances", "Remessas");

    public string State => Word("Estado", "État", "State", "Estado");

    public string CutOff => Word("Corte", "Clôture", "Cut-off", "Corte");

    public string Rejected => Word("Rechazado", "Rejeté", "Rejected", "Rejeitado");

    public string Returned => Word("Devuelto por el fondo", "Retourné par la caisse", "Returned by the fund", "Devolvido pelo fundo");

    public string BankPaid => Word("Pagado según el banco", "Payé selon la banque", "Paid, says the bank", "Pago segundo o banco");

    public string Payable => Word("Por pagar en total", "Payable au total", "Payable in all", "A pagar no total");

    public string ToPay => Word("A pagar", "À payer", "To pay", "A pagar");

    public string InWords => Word("En letras", "En toutes lettres", "In words", "Por extenso");

    public string Quote => Word("Referencia de pago: escríbala tal cual", "Référence du paiement : à reproduire telle quelle", "Payment reference: quote it as it is", "Referência do pagamento: escreva tal como está");

    public string PayBy => Word("Pague a más tardar el", "À payer au plus tard le", "Pay by", "Pague até");

    public string Payee => Word("A nombre de", "Bénéficiaire", "Paid to", "Favorecido");

    public string PayeeAccount => Word("Cuenta del fondo", "Compte de la caisse", "Account of the fund", "Conta do fundo");

    public string Payer => Word("Paga", "Payeur", "Paid by", "Pagador");

    public string PayerAccount => Word("Cuenta de quien paga", "Compte du payeur", "Account of the payer", "Conta do pagador");

    public string FundReference => Word("Referencia del fondo", "Référence de la caisse", "Reference of the fund", "Referência do fundo");

    public string Unknown => Word("pregunte al fondo", "à demander à la caisse", "ask the fund", "pergunte ao fundo");

    public string Paid => Word("Ya está pagada.", "Déjà payée.", "It is paid already.", "Já está paga.");

    public string Sealed => Word("Total de la remesa", "Total de la remise", "Total of the remittance", "Total da remessa");

    public string Difference => Word("Diferencia", "Différence", "Difference", "Diferença");

    public string Totals => Word("Totales", "Totaux", "Totals", "Totais");

    public string Component => Word("Componente", "Composante", "Component", "Componente");

    public string Lines => Word("Líneas", "Lignes", "Lines", "Linhas");

    public string NotYetDue => Word("aún no vence", "pas encore échu", "not due yet", "ainda não venceu");

    public string Valid => Word("Este recibo es válido", "Ce reçu est valable", "This receipt is valid", "Este recibo é válido");

    public string ValidSays => Word(
        "Compare el número, el monto y las iniciales con los del papel.", "Comparez le numéro, le montant et les initiales avec ceux du papier.",
        "Compare number, amount and initials with those on the paper.", "Compare o número, o valor e as iniciais com os do papel.");

    public string NotValid => Word("Este recibo no es válido", "Ce reçu n'est pas valable", "This receipt is not valid", "Este recibo não é válido");

    public string NotValidSays => Word(
        "El número y el código no van juntos. Léalos otra vez en el papel; si son los mismos, este papel no salió de aquí.", "Le numéro et le code ne vont pas ensemble. Relisez-les sur le papier ; s'ils sont les mêmes, ce papier ne vient pas d'ici.",
        "Number and code do not belong together. Read them on the paper again; if they are the same, this paper is not from here.", "O número e o código não combinam. Leia-os de novo no papel; se forem os mesmos, este papel não saiu daqui.");

    public string NotValidAnyMore => Word("Este recibo ya no es válido", "Ce reçu n'est plus valable", "This receipt is not valid any more", "Este recibo já não é válido");

    public string TakenBack => Word(
        "El pago se anuló después de imprimir el papel. Pregunte a su organización.", "Le paiement a été annulé après l'impression du papier. Demandez à votre organisation.",
        "The payment was taken back after the paper was printed. Ask your organisation.", "O pagamento foi anulado depois de o papel ser impresso. Pergunte à sua organização.");

    public string Initials => Word("Iniciales", "Initiales", "Initials", "Iniciais");

    /// <summary>The texts of a language such as <c>es</c> or <c>pt-BR</c>; English where there are none.</summary>
    public static DocumentTexts Of(string? language) => new(StatementTexts.Of(language));

    /// <summary>The texts of the first language of an Accept-Language header that there are texts for; English where there is none.</summary>
    public static DocumentTexts ForBrowser(string? header) => new(StatementTexts.ForBrowser(header));

    public string Days(string band) => Word($"{band} días", $"{band} jours", $"{band} days", $"{band} dias");

    public string Year(int year) => Word($"Pagado en {year}", $"Payé en {year}", $"Paid in {year}", $"Pago em {year}");

    public string Further(int count) => Word($"y {count} más", $"et {count} de plus", $"and {count} more", $"e mais {count}");

    public string Page(int page, int of) => Word($"Página {page} de {of}", $"Page {page} sur {of}", $"Page {page} of {of}", $"Página {page} de {of}");

    /// <summary>Where a line of a remittance stands.</summary>
    public string Outcome(string word) => word switch
    {
        "accepted" => Word("aceptada", "acceptée", "accepted", "aceita"),
        "rejected" => Word("rechazada", "rejetée", "rejected", "rejeitada"),
        "returned" => Word("devuelta", "retournée", "returned", "devolvida"),
        _ => Word("sin respuesta", "sans réponse", "not answered", "sem resposta"),
    };

    /// <summary>A month such as <c>2026-10</c> in words; what is none stays as it is.</summary>
    public string Month(string period) =>
        period is [_, _, _, _, '-', _, _] && int.TryParse(period.AsSpan(5), out var month) && month is >= 1 and <= 12 ? $"{Months[at][month - 1]} {period[..4]}" : period;

    public string Money(Money amount) => $"{Statement.Amount(amount.Minor, amount.Currency)} {amount.Currency.Code}";

    internal string Word(params ReadOnlySpan<string> languages) => languages[at];
}

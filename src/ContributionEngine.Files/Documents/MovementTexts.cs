using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Why money moves, in words of an organisation.</summary>
internal static class MovementTexts
{
    public static string Of(DocumentTexts texts, LedgerEvent what) => what switch
    {
        LedgerEvent.Collected => texts.Word("Pagos recibidos", "Paiements reçus", "Payments received", "Pagamentos recebidos"),
        LedgerEvent.Settled => texts.Word("Pago al fondo", "Paiement à la caisse", "Paid to the fund", "Pagamento ao fundo"),
        LedgerEvent.Unsettled => texts.Word("Pago al fondo que volvió", "Paiement à la caisse revenu", "Payment to the fund that came back", "Pagamento ao fundo que voltou"),
        LedgerEvent.Reversed => texts.Word("Recibos anulados", "Reçus annulés", "Receipts taken back", "Recibos anulados"),
        LedgerEvent.Refunded => texts.Word("Devuelto a las personas", "Rendu aux personnes", "Given back to members", "Devolvido às pessoas"),
        LedgerEvent.WrittenOff => texts.Word("Dado por perdido", "Passé en perte", "Given up", "Baixado"),
        LedgerEvent.Advanced => texts.Word("Adelantado por la organización", "Avancé par l'organisation", "Advanced by the organisation", "Adiantado pela organização"),
        LedgerEvent.AdvanceReturned => texts.Word("Adelanto recuperado", "Avance récupérée", "Advance recovered", "Adiantamento recuperado"),
        LedgerEvent.ClaimSettled => texts.Word("Reclamo pagado", "Créance payée", "Claim paid", "Cobrança paga"),
        LedgerEvent.ClaimExtinguished => texts.Word("Reclamo que ya no procede", "Créance éteinte", "Claim that lapsed", "Cobrança extinta"),
        _ => texts.Word("Otro movimiento", "Autre mouvement", "Other movement", "Outro movimento"),
    };
}

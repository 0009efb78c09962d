namespace ContributionEngine.Files;

/// <summary>What a settlement report says beside the words of all documents.</summary>
internal sealed class SettlementTexts(DocumentTexts texts)
{
    public string Title => texts.Word("Informe de liquidación", "Rapport de règlement", "Settlement report", "Relatório de liquidação");

    public string Run => texts.Word("Liquidación", "Règlement", "Settlement run", "Liquidação");

    public string Controls => texts.Word("Totales de control", "Totaux de contrôle", "Control totals", "Totais de controle");

    public string Control => texts.Word("Control", "Contrôle", "Control", "Controle");

    public string Count => texts.Word("Cantidad", "Nombre", "Count", "Quantidade");

    public string FromReceipts => texts.Word("Tomado de los recibos", "Pris sur les reçus", "Taken from receipts", "Retirado dos recibos");

    public string InLines => texts.Word("En las líneas", "Dans les lignes", "In the lines", "Nas linhas");

    public string InRemittances => texts.Word("Sellado en las remesas", "Scellé dans les remises", "Sealed in remittances", "Selado nas remessas");

    public string Cancelled => texts.Word("De eso, anulado antes de llegar al fondo", "Dont annulé avant d'atteindre la caisse", "Of it, cancelled before it reached the fund", "Disso, anulado antes de chegar ao fundo");

    public string Carried => texts.Word("Queda para el próximo corte", "Reporté à la prochaine clôture", "Left to the next cut-off", "Fica para o próximo corte");

    public string NothingCut => texts.Word("No se envió nada en este corte.", "Rien n'a été envoyé à cette clôture.", "Nothing was sent at this cut-off.", "Nada foi enviado neste corte.");

    public string Declaration => texts.Word("Archivo de la declaración", "Fichier de la déclaration", "File of the declaration", "Arquivo da declaração");

    public string Cases => texts.Word("Casos", "Cas", "Cases", "Casos");

    public string NoCases => texts.Word("No hay casos.", "Il n'y a pas de cas.", "There are no cases.", "Não há casos.");

    public string Case => texts.Word("Caso", "Cas", "Case", "Caso");

    public string Reason => texts.Word("Motivo", "Motif", "Reason", "Motivo");

    public string About => texts.Word("Sobre", "Objet", "About", "Sobre");

    public string Since => texts.Word("Desde", "Depuis", "Since", "Desde");

    public string Inputs => texts.Word("De dónde salió", "D'où cela vient", "What it was made from", "De onde saiu");

    public string File => texts.Word("Archivo", "Fichier", "File", "Arquivo");

    public string ReceiptsUsed => texts.Word("Recibos", "Reçus", "Receipts", "Recibos");

    public string InputsHash => texts.Word("SHA-256 de todos", "SHA-256 de l'ensemble", "SHA-256 of all", "SHA-256 de todos");
}

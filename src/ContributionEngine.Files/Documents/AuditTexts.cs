namespace ContributionEngine.Files;

/// <summary>What the cover of an audit extract says beside the words of all documents.</summary>
internal sealed class AuditTexts(DocumentTexts texts)
{
    public string Title => texts.Word("Extracto de la auditoría", "Extrait du journal d'audit", "Audit extract", "Extrato da auditoria");

    public string ForAuditors => texts.Word("Portada para quien audita", "Page de garde pour l'auditeur", "Cover for an auditor", "Capa para quem audita");

    public string EveryChain => texts.Word("Todos los convenios y la administración", "Toutes les conventions et l'administration", "Every agreement and the administration", "Todos os convênios e a administração");

    public string Range => texts.Word("Días", "Jours", "Days", "Dias");

    public string Beginning => texts.Word("desde el principio", "depuis le début", "from the beginning", "desde o início");

    public string Now => texts.Word("hasta el final", "jusqu'à la fin", "to the end", "até o fim");

    public string Made => texts.Word("Hecho", "Établi", "Made", "Feito");

    public string Result => texts.Word("Verificación", "Vérification", "Verification", "Verificação");

    public string Whole => texts.Word(
        "Cada cadena está entera, de su primer evento al último.", "Chaque chaîne est entière, de son premier événement au dernier.", "Every chain is whole, from its first event to its last.", "Cada cadeia está inteira, do primeiro evento ao último.");

    public string Broken => texts.Word(
        "Hay eventos que no están como se anotaron. Vea abajo cuáles.", "Des événements ne sont pas tels qu'ils ont été notés. Voyez ci-dessous lesquels.", "Some events are not as they were recorded. See below which.", "Há eventos que não estão como foram anotados. Veja abaixo quais.");

    public string Events => texts.Word("Eventos", "Événements", "Events", "Eventos");

    public string Chains => texts.Word("Cadenas", "Chaînes", "Chains", "Cadeias");

    public string BrokenEvents => texts.Word("Eventos alterados", "Événements modifiés", "Changed events", "Eventos alterados");

    public string Chain => texts.Word("Cadena", "Chaîne", "Chain", "Cadeia");

    public string Number => texts.Word("N.º del evento", "N° de l'événement", "Event no.", "N.º do evento");

    public string FirstAt => texts.Word("Primero", "Premier", "First", "Primeiro");

    public string LastAt => texts.Word("Último", "Dernier", "Last", "Último");

    public string FirstNumber => texts.Word("Del n.º", "Du n°", "From no.", "Do n.º");

    public string LastNumber => texts.Word("al n.º", "au n°", "to no.", "ao n.º");

    public string Before => texts.Word("antes del", "avant le", "before", "antes do");

    public string Proof => texts.Word("Prueba de las cadenas", "Preuve des chaînes", "Proof of the chains", "Prova das cadeias");

    public string ProofSays => texts.Word(
        "El SHA-256 de cada evento abarca el del anterior: quien recalcule el extracto desde la primera línea de una cadena llega a la última, o sabe qué cambió.",
        "Le SHA-256 de chaque événement couvre celui du précédent : qui recalcule l'extrait depuis la première ligne d'une chaîne arrive à la dernière, ou sait ce qui a changé.",
        "The SHA-256 of each event covers that of the one before: whoever recomputes the extract from a chain's first line comes to its last, or knows what was changed.",
        "O SHA-256 de cada evento abrange o do anterior: quem recalcular o extrato desde a primeira linha de uma cadeia chega à última, ou sabe o que mudou.");

    public string FileHash => texts.Word("SHA-256 del extracto (JSONL)", "SHA-256 de l'extrait (JSONL)", "SHA-256 of the extract (JSONL)", "SHA-256 do extrato (JSONL)");

    public string HeadElsewhere => texts.Word(
        "Guarde esta portada fuera del sistema: solo así se nota si después se borra el final de una cadena.", "Gardez cette page hors du système : c'est le seul moyen de voir si la fin d'une chaîne est effacée plus tard.",
        "Keep this cover outside the system: only then does it show if the end of a chain is deleted later.", "Guarde esta capa fora do sistema: só assim se nota se depois se apaga o fim de uma cadeia.");
}

using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Which column is which: by the treasurer's map, by our exact name, or by what people call it in four languages.</summary>
internal static class ColumnNames
{
    private static readonly Dictionary<string, string> Aliases = new[]
    {
        ("member_no", "afiliado|n afiliado|matricula|codigo|asegurado|socio|affilie|n affilie|matricule|immatriculation|adherent|member|member no|id|ssn|nssf no|beneficiario|n beneficiario|niss|associado"),
        ("national_id", "ci|carnet|cedula|dni|dui|curp|cni|nni|carte identite|national id|nin|passport|bi|nuit|cpf"),
        ("member_name", "nombre|nombres y apellidos|apellidos|nom|prenom|nom et prenom|name|full name|surname|nome|nome completo|apelido|member name"),
        ("period", "mes|periodo|gestion|campana|temporada|mois|periode|campagne|saison|month|period|season|campanha|epoca"),
        ("amount", "monto|importe|aporte|cuota|valor|total|montant|cotisation|versement|somme|amount|contribution|paid|value|montante|contribuicao|quota"),
        ("event_value", "salario|ingreso|base|venta|kilos|salaire|revenu|assiette|vente|wage|income|sales|kg|rendimento|venda|quilos|wage base|event value"),
        ("received_on", "fecha|fecha de pago|date|date de paiement|paid on|data|data de pagamento|received on"),
        ("receipt_no", "recibo|boleta|n recibo|recu|quittance|bordereau|receipt|slip|talao|receipt no"),
        ("currency", "moneda|devise|currency|moeda"),
        ("component", "componente|composante|component"),
        ("method", "metodo|forma de pago|methode|mode de paiement|method|meio de pagamento"),
        ("reference", "referencia|reference|ref"),
        ("event_kind", "tipo de evento|type d evenement|event kind|tipo do evento"),
        ("event_quantity", "cantidad|quantite|quantity|event quantity|quantidade"),
    }.SelectMany(entry => entry.Item2.Split('|').Append(PlainLetters.Folded(entry.Item1)).Select(alias => (alias, entry.Item1)))
        .DistinctBy(pair => pair.alias).ToDictionary(pair => pair.alias, pair => pair.Item2);

    /// <summary>Column index of each field that was found. Refusals: F06 for a column missing or claimed twice.</summary>
    public static Outcome<Dictionary<string, int>> Of(IReadOnlyList<string> header, SheetMap? map, IReadOnlyList<string> fields)
    {
        var found = new Dictionary<string, int>();
        foreach (var (field, theirs) in map?.Columns ?? new Dictionary<string, string>())
        {
            if (!fields.Contains(field)) return FileProblem.Column(field);
            var at = header.Select(PlainLetters.Folded).ToList().IndexOf(PlainLetters.Folded(theirs));
            if (at < 0) return FileProblem.Column(theirs);
            found[field] = at;
        }

        for (var pass = 0; pass < 2; pass++)
        {
            if (Claim(header, fields, found, exact: pass == 0) is { } refusal) return refusal;
        }

        return found;
    }

    // Exact names first, so that a column called "total" beside one called "amount" stays an extra column.
    private static Refusal? Claim(IReadOnlyList<string> header, IReadOnlyList<string> fields, Dictionary<string, int> found, bool exact)
    {
        var before = new HashSet<string>(found.Keys);
        for (var i = 0; i < header.Count; i++)
        {
            var folded = PlainLetters.Folded(header[i]);
            var field = exact ? fields.FirstOrDefault(name => PlainLetters.Folded(name) == folded) : Aliases.GetValueOrDefault(folded);
            if (field is null || !fields.Contains(field) || before.Contains(field) || found.ContainsValue(i)) continue;
            if (!found.TryAdd(field, i)) return FileProblem.TwoColumns(field, header[found[field]], header[i]);
        }

        return null;
    }
}

using System.Collections.Frozen;
using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Which column is which: by the treasurer's map, by one that was saved, by our exact name, or by what people call it in four languages.</summary>
internal sealed class ColumnNames
{
    private static readonly FrozenDictionary<string, string> Aliases = new[]
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
        .DistinctBy(pair => pair.alias).ToFrozenDictionary(pair => pair.alias, pair => pair.Item2);

    private readonly List<string> header;
    private readonly IReadOnlyList<string> fields;
    private readonly Dictionary<string, (int Column, string Reason)> found = [];

    private ColumnNames(IReadOnlyList<string> names, IReadOnlyList<string> fields)
    {
        (Header, this.fields) = (names, fields);
        header = [.. names.Select(PlainLetters.Folded)];
    }

    /// <summary>The header cells as they stand in the file.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The newest saved map that fits; it may say only how amounts and days are written.</summary>
    public SheetMap? Saved { get; private set; }

    /// <summary>Why the columns cannot be told apart, or null: F06 for one that a map names and nobody has, or that two could be.</summary>
    public Refusal? Fault { get; private set; }

    /// <summary>How many fields were found.</summary>
    public int Count => found.Count;

    public IReadOnlyList<UnderstoodColumn> Understood => [.. found.OrderBy(pair => pair.Value.Column).Select(pair => new UnderstoodColumn(pair.Key, Header[pair.Value.Column], pair.Value.Reason))];

    /// <summary>Headers that are no field.</summary>
    public IReadOnlyList<string> Ignored => [.. Header.Where((name, i) => name.Length > 0 && !IsTaken(i))];

    /// <summary>True for what stands above a column of ours in any language.</summary>
    public static bool IsKnown(string folded) => Aliases.ContainsKey(folded) || StatementColumns.IsKnown(folded);

    /// <summary>The field that people call so; null when it is none.</summary>
    public static string? FieldOf(string header) => Aliases.GetValueOrDefault(PlainLetters.Folded(header));

    public static ColumnNames Of(IReadOnlyList<string> names, IReadOnlyList<string> fields, SheetTerms terms)
    {
        var columns = new ColumnNames(names, fields);
        if (terms.Map is { } map) columns.Fault = columns.Take(map, "map");
        var saved = terms.Saved.Where(map => map.Columns.All(pair => fields.Contains(pair.Key) && columns.IsOne(pair.Value, map))).ToList();
        columns.Saved = saved.FirstOrDefault();
        if (saved.Find(map => map.Columns.Count > 0) is { } naming) columns.Take(naming, "saved map");
        columns.Claim("name", (field, folded) => PlainLetters.Folded(field) == folded);
        columns.Claim("alias", (field, folded) => Aliases.GetValueOrDefault(folded) == field);
        return columns;
    }

    /// <summary>Index of a field's column; -1 when there is none.</summary>
    public int At(string field) => found.TryGetValue(field, out var at) ? at.Column : -1;

    public bool Has(string field) => found.ContainsKey(field);

    /// <summary>How many columns a later row names again, and whether it names them in the same places.</summary>
    public (int Named, bool IsSame) Again(SheetRecord record)
    {
        var (named, isSame) = (0, true);
        for (var i = 0; i < record.Count; i++)
        {
            var folded = PlainLetters.Folded(record[i]);
            if (folded.Length == 0) continue;
            if (Aliases.ContainsKey(folded) || header.Contains(folded)) named++;
            isSame &= i < header.Count && header[i] == folded;
        }

        return (named, isSame);
    }

    private bool IsTaken(int column) => found.Values.Any(at => at.Column == column);

    private int Places(string name) => header.Count(folded => folded == PlainLetters.Folded(name));

    // A place says nothing of a sheet in which other columns stand, or the same ones elsewhere.
    private bool IsOne(string theirs, SheetMap map) => Place(theirs) is { } at ? at < header.Count && map.Names is { } names && names.Select(PlainLetters.Folded).SequenceEqual(header) : Places(theirs) == 1;

    private static int? Place(string theirs) => theirs is ['#', .. var place] && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var nth) && nth > 0 ? nth - 1 : null;

    private Refusal? Take(SheetMap map, string reason)
    {
        foreach (var (field, theirs) in map.Columns)
        {
            if (!fields.Contains(field)) return FileProblem.Column(field);
            var at = Place(theirs) is { } nth && nth < header.Count ? nth : header.IndexOf(PlainLetters.Folded(theirs));
            if (at < 0) return FileProblem.Column(theirs);
            if (theirs[0] != '#' && Places(theirs) > 1) return FileProblem.TwoColumns(field, theirs, Header[header.LastIndexOf(header[at])]);
            if (reason == "map" || !IsTaken(at)) found.TryAdd(field, (at, reason));
        }

        return null;
    }

    // Exact names first, so that a column called "total" beside one called "amount" stays an extra column.
    private void Claim(string reason, Func<string, string, bool> isNamed)
    {
        var before = new HashSet<string>(found.Keys);
        for (var i = 0; i < header.Count; i++)
        {
            if (header[i].Length == 0 || IsTaken(i) || fields.FirstOrDefault(field => isNamed(field, header[i])) is not { } field || before.Contains(field)) continue;
            if (!found.TryAdd(field, (i, reason))) Fault ??= FileProblem.TwoColumns(field, Header[found[field].Column], Header[i]);
        }
    }
}

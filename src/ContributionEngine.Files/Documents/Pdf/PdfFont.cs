using System.Collections.Frozen;

namespace ContributionEngine.Files;

/// <summary>
/// A face of Helvetica, which every reader of PDF has, so that no file carries a font: widths of its letters in thousandths of the
/// size, as Adobe's font metrics give them.
/// </summary>
internal sealed class PdfFont
{
    public static readonly PdfFont Plain = new("F1", "Helvetica",
        (191, "'"), (222, "ijl‘’‚"), (260, "|¦"), (278, " \u00A0!,./:;It[\\]fÌÍÎÏìíîï·"), (333, "()-`r¡“”„¨¯´¸ˆ˜‹›²³¹\u00AD"), (334, "{}"), (350, "•"), (355, "\""), (365, "º"), (370, "ª"), (389, "*"), (400, "°"), (469, "^"),
        (500, "cksvxyzJçšžýÿ"), (537, "¶"), (556, "#$0123456789?L_abdeghnopquàáâãäåèéêëñòóôõöùúûü€ƒ†‡–¢£¤¥§«»µðþ"), (584, "+<=>~¬±×÷"), (611, "FTZŽßø¿"), (667, "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËŠÝŸÞ"),
        (722, "CDHNRUwÇÐÑÙÚÛÜ"), (737, "©®"), (778, "GOQÒÓÔÕÖØ"), (833, "Mm"), (834, "¼½¾"), (889, "%æ"), (944, "Wœ"), (1000, "…—™‰ÆŒ"), (1015, "@"));

    public static readonly PdfFont Bold = new("F2", "Helvetica-Bold",
        (238, "'"), (278, " \u00A0,./I\\ijl‘’‚ÌÍÎÏìíîï·"), (280, "|¦"), (333, "!()-:;[]`ft¡¨¯´¸ˆ˜‹›²³¹\u00AD"), (350, "•"), (365, "º"), (370, "ª"), (389, "*r{}"), (400, "°"), (474, "\""), (500, "zž“”„"),
        (556, "#$0123456789J_aceksvxyçàáâãäåèéêëšýÿ€ƒ†‡–¢£¤¥§«»¶"), (584, "+<=>^~¬±×÷"), (611, "?FLTZŽbdghnopquñòóôõöùúûüßø¿µðþ"), (667, "EPSVXYÈÉÊËŠÝŸÞ"), (722, "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜ"), (737, "©®"),
        (778, "GOQwÒÓÔÕÖØ"), (833, "M"), (834, "¼½¾"), (889, "%mæ"), (944, "Wœ"), (975, "@"), (1000, "…—™‰ÆŒ"));

    private readonly FrozenDictionary<char, int> widths;

    private PdfFont(string name, string face, params (int Width, string Letters)[] groups) =>
        (Name, Face, widths) = (name, face, groups.SelectMany(group => group.Letters.Select(letter => KeyValuePair.Create(letter, group.Width))).ToFrozenDictionary());

    /// <summary>As pages call it.</summary>
    public string Name { get; }

    public string Face { get; }

    public bool Has(char letter) => widths.ContainsKey(letter);

    /// <summary>How wide a text of <see cref="PdfLetters"/> is at a size, in the unit of the size.</summary>
    public int Width(string text, int size)
    {
        var sum = 0L;
        foreach (var letter in text) sum += widths.GetValueOrDefault(letter, 0);
        return (int)((sum * size) / 1_000);
    }
}

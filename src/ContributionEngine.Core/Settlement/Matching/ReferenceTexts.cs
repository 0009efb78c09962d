namespace ContributionEngine.Core;

/// <summary>References of ISO 11649 as people and banks write them: with blanks, in the middle of a sentence, with a slip of the pen.</summary>
internal static class ReferenceTexts
{
    private const int LengthMin = 5;
    private const int LengthMax = 25;
    private const int BodyAt = 4;
    private const int GroupsMax = 8;
    private const string Signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Takes a text without blanks in capitals, and is true when it is what is looked for.</summary>
    public delegate bool Test(ReadOnlySpan<char> reference);

    /// <summary>True when one of the texts carries a reference whose check digits hold.</summary>
    public static bool AnyWhole(IEnumerable<string> texts) => texts.Any(text => Find(text, IsValid));

    /// <summary>The references in the texts whose check digits hold, each once.</summary>
    public static IReadOnlyList<string> Whole(IEnumerable<string> texts)
    {
        var found = new List<string>();
        foreach (var text in texts)
        {
            if (IsValid(text))
            {
                if (!found.Contains(text)) found.Add(text);
                continue;
            }

            Find(text, reference =>
            {
                if (!IsValid(reference)) return false;
                if (!found.Contains(reference.ToString())) found.Add(reference.ToString());
                return true;
            });
        }

        return found;
    }

    /// <summary>Offers every stretch of a text that begins with RF and ends at the end of a group; of stretches that begin alike the longest counts.</summary>
    /// <returns>True when a stretch was what is looked for.</returns>
    public static bool Find(string text, Test isWanted)
    {
        if (text.Length is >= LengthMin and <= LengthMax && isWanted(text)) return true;
        var any = false;
        for (var at = 0; at + LengthMin <= text.Length; at++)
        {
            if ((at > 0 && char.IsAsciiLetterOrDigit(text[at - 1])) || (text[at] | 0x20) != 'r' || (text[at + 1] | 0x20) != 'f') continue;
            any |= FindAt(text.AsSpan(at), isWanted);
        }

        return any;
    }

    /// <summary>What a person may have meant as a reference: groups of a text, alone and joined with those after it, in capitals.</summary>
    public static IEnumerable<string> Slips(string text, int shortest, int longest)
    {
        var groups = Groups(text);
        for (var first = 0; first < groups.Count; first++)
        {
            var joined = "";
            for (var next = first; next < groups.Count && next < first + GroupsMax; next++)
            {
                joined += groups[next];
                if (joined.Length > longest + 1) break;
                if (joined.Length >= shortest - 1 && joined.Count(sign => char.IsAsciiDigit(sign) || sign is 'O' or 'I') * 2 >= joined.Length) yield return joined;
            }
        }
    }

    /// <summary>
    /// Offers whatever is one slip away from a text: another letter, two changed over, one too many or too few; before that O read as 0 and I
    /// as 1. A text whose check digits hold is what somebody meant, save for leading zeros, which they do not see.
    /// </summary>
    public static void Repair(string slip, Test isWanted)
    {
        if (IsValid(slip))
        {
            isWanted(slip.Insert(BodyAt, "0"));
            if (slip[BodyAt] == '0') isWanted(slip.Remove(BodyAt, 1));
            return;
        }

        var alike = string.Concat(slip.AsSpan(0, 2), slip[2..].Replace('O', '0').Replace('I', '1'));
        if (alike != slip && isWanted(alike)) return;
        foreach (var text in alike == slip ? [slip] : new[] { slip, alike })
        {
            Exchanged(text, isWanted);
            Shorter(text, isWanted);
            Longer(text, isWanted);
        }
    }

    /// <summary>True when the check digits hold (mod 97).</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length is < LengthMin or > LengthMax || text[0] != 'R' || text[1] != 'F') return false;
        var rest = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[(i + 4) % text.Length];
            if (char.IsAsciiDigit(sign)) rest = ((rest * 10) + (sign - '0')) % 97;
            else if (char.IsAsciiLetterUpper(sign)) rest = ((rest * 100) + (sign - 'A' + 10)) % 97;
            else return false;
        }

        return rest == 1;
    }

    private static bool FindAt(ReadOnlySpan<char> text, Test isWanted)
    {
        Span<char> reference = stackalloc char[LengthMax];
        var (length, found) = (0, 0);
        for (var i = 0; i < text.Length && length < LengthMax; i++)
        {
            if (text[i] is ' ' or '-') continue;
            if (!char.IsAsciiLetterOrDigit(text[i])) break;
            reference[length++] = char.ToUpperInvariant(text[i]);
            var ends = i + 1 == text.Length || !char.IsAsciiLetterOrDigit(text[i + 1]);
            if (ends && length >= LengthMin && isWanted(reference[..length])) found = length;
        }

        return found > 0;
    }

    private static List<string> Groups(string text)
    {
        var groups = new List<string>();
        var from = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsAsciiLetterOrDigit(text[i])) continue;
            if (i > from) groups.Add(text[from..i].ToUpperInvariant());
            from = i + 1;
        }

        return groups;
    }

    private static void Exchanged(string text, Test isWanted)
    {
        Span<char> tried = stackalloc char[text.Length];
        text.CopyTo(tried);
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var sign in Signs)
            {
                tried[i] = sign;
                if (sign != text[i]) isWanted(tried);
            }

            tried[i] = text[i];
            if (i == 0 || text[i] == text[i - 1]) continue;
            (tried[i - 1], tried[i]) = (text[i], text[i - 1]);
            isWanted(tried);
            (tried[i - 1], tried[i]) = (text[i - 1], text[i]);
        }
    }

    private static void Shorter(string text, Test isWanted)
    {
        Span<char> tried = stackalloc char[text.Length - 1];
        for (var i = 0; i < text.Length; i++)
        {
            text.AsSpan(0, i).CopyTo(tried);
            text.AsSpan(i + 1).CopyTo(tried[i..]);
            isWanted(tried);
        }
    }

    private static void Longer(string text, Test isWanted)
    {
        Span<char> tried = stackalloc char[text.Length + 1];
        for (var i = 0; i <= text.Length; i++)
        {
            text.AsSpan(0, i).CopyTo(tried);
            text.AsSpan(i).CopyTo(tried[(i + 1)..]);
            foreach (var sign in Signs)
            {
                tried[i] = sign;
                isWanted(tried);
            }
        }
    }
}

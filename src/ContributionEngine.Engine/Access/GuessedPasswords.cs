namespace ContributionEngine.Engine;

/// <summary>Passwords of ten characters and more that are tried first everywhere, in our languages.</summary>
internal static class GuessedPasswords
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "letmein", "welcome", "changeme", "changeit", "iloveyou", "administrator", "admin", "administrador", "administrateur", "superuser", "operator",
        "contraseña", "contrasena", "clave", "claveclave", "bienvenido", "bienvenida", "teamo", "tequiero", "cooperativa", "tesorero", "tesorera", "motdepasse", "bienvenue", "jetaime", "cooperative", "tresorier",
        "senha", "palavrapasse", "bemvindo", "euteamo", "tesoureiro", "tesoureira", "contribution", "contributionengine", "contribucion", "contribuciones", "qwerty", "qwertyuiop", "azertyuiop", "qwertzuiop", "asdfghjkl", "asdfghjklñ", "zxcvbnm",
        "1q2w3e4r5t", "1qaz2wsx3edc", "q1w2e3r4t5", "qazwsxedc", "qwerty12345", "abcdefghij", "abcd1234", "abc123", "a1b2c3d4e5", "football", "baseball", "basketball", "barcelona", "realmadrid", "sunshine", "princess", "superman", "starwars", "computer", "internet",
        "secret", "secreto", "temporal", "temporary", "temporaire", "temporario", "testtest", "test", "demo", "default", "login", "welcomewelcome", "passwordpassword",
    };

    private const string Rising = "01234567890123456789";
    private const string Falling = "98765432109876543210";

    /// <summary>True also for such a word with digits and marks around it, and for digits in a row.</summary>
    public static bool Has(string password)
    {
        var plain = password.Replace(" ", "", StringComparison.Ordinal);
        var word = plain.TrimStart(Around).TrimEnd(Around);
        return word.Length == 0 ? Rising.Contains(plain, StringComparison.Ordinal) || Falling.Contains(plain, StringComparison.Ordinal) : Words.Contains(word) || Words.Contains(plain);
    }

    private static readonly char[] Around = [.. "0123456789!?.,-_*#@$%&+"];
}

using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What still stands between a user and her work.</summary>
public enum SignInStep
{
    Done,

    /// <summary>Her password was right; her second factor is asked for.</summary>
    SecondFactor,

    /// <summary>She came with a one-time password and has to choose her own first.</summary>
    NewPassword,

    /// <summary>Her role needs a second factor, and she has to set it up first.</summary>
    SetUpFactor,
}

/// <summary>A user who has come in, or is about to.</summary>
/// <param name="Stamp">Her session lasts as long as this is so.</param>
/// <param name="Organisation">Name of a treasurer's organisation.</param>
public sealed record UserSession(long UserId, string Stamp, string Name, string Role, string? Organisation)
{
    public SignInStep Step { get; init; }

    public required Actor Actor { get; init; }

    /// <summary>The language that she has chosen; null: none.</summary>
    public string? Language { get; init; }

    internal static UserSession Of(StoredLogin login, SignInStep step) => new(login.UserId, login.Stamp ?? "", login.Name, login.Role, login.OrganisationName)
    {
        Step = step,
        Actor = new Actor(login.Name, login.OrganisationId),
        Language = login.Language,
    };

    internal static UserSession Of(StoredLogin login) => Of(login, login.ChangeBy is null ? SignInStep.Done : SignInStep.NewPassword);
}

/// <summary>Roles whose people need a second factor beside their password. Whoever has no password is vouched for by a provider, which asks for its own.</summary>
public sealed record SecondFactorDuty(params IReadOnlyCollection<string> Roles)
{
    internal UserSession Of(StoredLogin login)
    {
        var session = UserSession.Of(login);
        return session.Step == SignInStep.Done && IsOwed(login) ? session with { Step = SignInStep.SetUpFactor } : session;
    }

    private bool IsOwed(StoredLogin login) => login is { PasswordHash: not null, SecondFactorAt: null } && Roles.Contains(login.Role);
}

/// <summary>Keeps secrets so that whoever reads the database alone cannot use them.</summary>
/// <param name="Open">Gives null for what was sealed with a key that is gone.</param>
public sealed record Sealing(Func<string, string> Seal, Func<string, string?> Open);

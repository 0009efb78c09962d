namespace ContributionEngine.Core;

/// <summary>Who acts: stands on every audit event and limits every query to what that user's organisation may see.</summary>
/// <param name="Name">Stable name, such as <c>os:maria</c>.</param>
/// <param name="OrganisationId">The one organisation that the user may see; null for operators, who see all.</param>
public sealed record Actor(string Name, long? OrganisationId = null);

namespace Luware.Onboarding.Steps.Whitelisting;

/// <param name="Domain">The domain of the application instances; null for Luware's recommendation, the tenant's default domain.</param>
public sealed record WhitelistingChoice(string? Domain)
{
    public WhitelistingChoice() : this((string?)null)
    {
    }
}

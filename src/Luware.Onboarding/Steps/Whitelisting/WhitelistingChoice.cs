namespace Luware.Onboarding.Steps.Whitelisting;

/// <param name="Domain">Where the application instances are made; null for Luware's recommendation, the tenant's default domain.</param>
public sealed record WhitelistingChoice(string? Domain)
{
    public WhitelistingChoice() : this((string?)null)
    {
    }
}

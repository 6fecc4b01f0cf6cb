namespace Luware.Onboarding.Data.Configurations;

/// <summary>The maximum lengths of names in Entra, so that no database refuses what Entra allows.</summary>
internal static class Lengths
{
    /// <summary>Names of people, groups and tenants in Entra.</summary>
    public const int DisplayName = 256;

    /// <summary>A domain name.</summary>
    public const int Domain = 253;

    /// <summary>A mail address.</summary>
    public const int Mail = 254;

    /// <summary>A user principal name: at most 113 characters for a member; a guest's is their mail address, #EXT# and the tenant's initial domain.</summary>
    public const int UserPrincipalName = 320;

    public const int Step = 40;

    /// <summary>A sentence; the longest hold a group's display name and a person's object id.</summary>
    public const int ActionKey = 320;
}

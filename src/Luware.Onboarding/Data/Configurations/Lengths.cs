namespace Luware.Onboarding.Data.Configurations;

/// <summary>How long names can be where they come from, so that no database refuses what Entra allows.</summary>
internal static class Lengths
{
    /// <summary>Of people, groups and tenants in Entra.</summary>
    public const int DisplayName = 256;

    /// <summary>Of a domain name, written out.</summary>
    public const int Domain = 253;

    /// <summary>Of a mail address.</summary>
    public const int Mail = 254;

    /// <summary>A member's has 113 characters at most; a guest's is their mail address, #EXT#, and the tenant's initial domain.</summary>
    public const int UserPrincipalName = 320;

    public const int Step = 40;

    /// <summary>The longest hold the display name of a group and the object id of a person.</summary>
    public const int ActionKey = 320;
}

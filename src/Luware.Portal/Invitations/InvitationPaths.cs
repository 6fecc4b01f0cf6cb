using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Tenants;

namespace Luware.Portal.Invitations;

/// <summary>The addresses to which an invitation leads.</summary>
internal static class InvitationPaths
{
    public const string Refused = $"{NewInvitation.Address}/refused";

    /// <summary>The page after acceptance, which leads people who already have a plan on to it.</summary>
    public const string Arrival = "/before?arriving=true";

    public static string Page(LinkAnswerKind why) => why == LinkAnswerKind.OtherTenant ? $"{Refused}?as=other-tenant" : Refused;
}

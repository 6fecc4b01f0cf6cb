using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Tenants;

namespace Luware.Portal.Invitations;

/// <summary>Where an invitation leads.</summary>
internal static class InvitationPaths
{
    public const string Refused = $"{NewInvitation.Door}/refused";

    /// <summary>Whoever has a plan already is led on to it from there.</summary>
    public const string Arrival = "/before?arriving=true";

    public static string Page(LinkAnswerKind why) => why == LinkAnswerKind.OtherTenant ? $"{Refused}?as=other-tenant" : Refused;
}

using Luware.Onboarding.Colleagues;

namespace Luware.Portal.Invitations;

/// <summary>The sign-in was valid, but the invitation was not, or no longer.</summary>
internal sealed class InvitationRefusedException(LinkAnswerKind kind) : Exception("The invitation let nobody in.")
{
    public LinkAnswerKind Kind => kind;
}

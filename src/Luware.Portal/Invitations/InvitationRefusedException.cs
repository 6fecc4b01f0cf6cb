using Luware.Onboarding.Colleagues;

namespace Luware.Portal.Invitations;

/// <summary>The sign-in was good, the invitation was not, or not any more.</summary>
internal sealed class InvitationRefusedException(LinkAnswerKind kind) : Exception("The invitation let nobody in.")
{
    public LinkAnswerKind Kind => kind;
}

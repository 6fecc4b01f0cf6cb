using Luware.Onboarding.Colleagues;

namespace Luware.Portal.Colleagues;

/// <summary>The sign-in was valid, but the link to a handed step was not, or no longer.</summary>
internal sealed class LinkRefusedException(LinkAnswerKind kind) : Exception("The link to a handed step let nobody in.")
{
    public LinkAnswerKind Kind => kind;
}

using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Consent;

namespace Luware.Onboarding.Steps.ChatCapture;

internal static class ChatCaptureRefusals
{
    /// <summary>What is read is what step 2 reads, and it is refused for the same reasons.</summary>
    public static Refusal? Explain(RemoteAnswer answer) => ConsentRefusals.Explain(answer);
}

using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Consent;

namespace Luware.Onboarding.Steps.ChatCapture;

internal static class ChatCaptureRefusals
{
    /// <summary>Explains a refusal as step 2 does, because both steps read the same objects.</summary>
    public static Refusal? Explain(RemoteAnswer answer) => ConsentRefusals.Explain(answer);
}

namespace Luware.Onboarding.Steps.ChatCapture;

/// <param name="Wanted">Teams chats are captured too.</param>
/// <param name="Attachments">And the files that are attached to them.</param>
public sealed record ChatCaptureChoice(bool Wanted, bool Attachments)
{
    public ChatCaptureChoice() : this(Wanted: false, Attachments: false)
    {
    }
}

namespace Luware.Onboarding.Steps.ChatCapture;

/// <param name="Wanted">Whether Teams chats are captured too.</param>
/// <param name="Attachments">Whether files attached to chats are captured as well.</param>
public sealed record ChatCaptureChoice(bool Wanted, bool Attachments)
{
    public ChatCaptureChoice() : this(Wanted: false, Attachments: false)
    {
    }
}

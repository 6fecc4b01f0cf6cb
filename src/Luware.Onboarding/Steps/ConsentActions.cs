using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.ChatCapture;
using Luware.Onboarding.Steps.Consent;

namespace Luware.Onboarding.Steps;

/// <summary>Maps a consent to its action and step, for the code that handles the return from Microsoft's page.</summary>
public static class ConsentActions
{
    public static string KeyOf(ConsentApplication application) => $"accept/{application.Key}";

    /// <summary>The key of the object that is found once everything is consented to.</summary>
    public static string ObjectOf(ConsentApplication application) => $"application/{application.Key}";

    public static string StepOf(ConsentApplication application) => application is ChatApplication ? ChatCaptureStep.StepName : ConsentStep.StepName;
}

namespace Luware.Portal.Consent;

/// <summary>Addresses of the consent redirect; the landing is registered with the recording applications.</summary>
public static class ConsentPaths
{
    public const string Go = "/consent/go";
    public const string Landing = "/consent/landing";
    public const string Returned = "/consent/returned";

    /// <summary>The plan, or the step alone, with a note that the consent is being checked.</summary>
    public static string Plan(string step, bool isAlone) => isAlone ? $"/onboarding/{step}?back={step}" : $"/onboarding?back={step}";
}

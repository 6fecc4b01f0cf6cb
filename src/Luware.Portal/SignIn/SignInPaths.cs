namespace Luware.Portal.SignIn;

/// <summary>Addresses of sign-in that are used in several places; the callback and the signed-out page are registered with Entra.</summary>
public static class SignInPaths
{
    public const string SignIn = "/sign-in";
    public const string More = "/sign-in/more";
    public const string Callback = "/sign-in/callback";
    public const string Refused = "/sign-in/refused";
    public const string NotYours = "/not-yours";
    public const string SignOut = "/sign-out";
    public const string SignedOut = "/signed-out";
    public const string Welcome = "/";
    public const string Home = "/onboarding";
}

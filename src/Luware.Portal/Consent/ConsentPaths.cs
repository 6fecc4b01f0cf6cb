namespace Luware.Portal.Consent;

internal static class ConsentPaths
{
    public const string Go = "/consent/go";
    public const string Landing = "/consent/landing";
    public const string Returned = "/consent/returned";
}

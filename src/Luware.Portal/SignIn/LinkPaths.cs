using Luware.Onboarding.Links;

namespace Luware.Portal.SignIn;

/// <summary>The addresses to which a link leads.</summary>
internal static class LinkPaths
{
    /// <summary>The page after an invitation was accepted, which leads people who already have a plan on to it.</summary>
    public const string Arrival = "/before?arriving=true";

    /// <param name="address">The address that the link opens.</param>
    public static string Refused(string address, LinkAnswerKind why) =>
        why == LinkAnswerKind.OtherTenant ? $"{address}/refused?as=other-tenant" : $"{address}/refused";
}

using Luware.Onboarding.Colleagues;

namespace Luware.Portal.Colleagues;

/// <summary>Addresses of links to a handed step.</summary>
internal static class ColleaguePaths
{
    /// <summary>The secret follows as a query: a path would stand in the scope of every line that is logged meanwhile.</summary>
    public const string Door = "/colleague";

    public const string Refused = "/colleague/refused";

    public static string Page(LinkAnswerKind why) => why == LinkAnswerKind.OtherTenant ? $"{Refused}?as=other-tenant" : Refused;
}

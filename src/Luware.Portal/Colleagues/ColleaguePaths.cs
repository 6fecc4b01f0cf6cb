using Luware.Onboarding.Colleagues;

namespace Luware.Portal.Colleagues;

/// <summary>The address to which a refused link to a handed step leads.</summary>
internal static class ColleaguePaths
{
    public const string Refused = $"{NewLink.Address}/refused";

    public static string Page(LinkAnswerKind why) => why == LinkAnswerKind.OtherTenant ? $"{Refused}?as=other-tenant" : Refused;
}

using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine.Planning;

internal static class RegionDigests
{
    /// <summary>Digest of the region's data that the step uses; null when it uses none.</summary>
    public static string? Of(IStep step, Region region) => step.RestsOn(region) is { } text ? TextDigest.Of(text) : null;

    /// <summary>Digest of the recording application ids, for which the ready flag vouches. Storage and chat capture are not part of it.</summary>
    public static string OfRecorders(Region region) => TextDigest.Of(string.Join('\n', region.Applications.Select(a => a.ApplicationId)));
}

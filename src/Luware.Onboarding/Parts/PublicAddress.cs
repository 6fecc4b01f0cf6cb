namespace Luware.Onboarding.Parts;

/// <summary>The portal's public address, for addresses that people send to others. The address in a browser can be another one.</summary>
public sealed record PublicAddress(Uri Root)
{
    /// <param name="path">From the root of the host.</param>
    public string At(string path) => new Uri(Root, path).AbsoluteUri;
}

namespace Luware.Onboarding.Steps.Storage;

/// <param name="ResourceId">The pasted resource id of the storage account; null until somebody has pasted one.</param>
/// <param name="Container">The container for recordings.</param>
/// <param name="ByHand">
/// Somebody else prepared the storage and the person who chooses this vouches for it, so the portal asks for no right in Azure and reads nothing.
/// </param>
/// <param name="Probe">Whether to try to write a blob once.</param>
public sealed record StorageChoice(string? ResourceId, string Container, bool ByHand, bool Probe)
{
    public const string RecommendedContainer = "luware-recording";

    public StorageChoice() : this(null, RecommendedContainer, ByHand: false, Probe: true)
    {
    }

    /// <summary>Luware's subscription as confirmed by a person, if the region does not name it; null while nobody has confirmed one.</summary>
    public Guid? EndpointSubscription { get; init; }

    /// <summary>
    /// The subscription in which Microsoft.Network is registered, as a person has confirmed because the portal may not read it; null while nobody has.
    /// </summary>
    public Guid? RegisteredSubscription { get; init; }

    /// <summary>
    /// Subscriptions whose connections a person has declared not to be Luware's, sorted and comma-separated so that equal choices are equal; null while nobody
    /// has.
    /// </summary>
    public string? Strangers { get; init; }

    public bool IsStranger(string subscription) => Strangers?.Split(',').Contains(subscription, StringComparer.Ordinal) == true;

    public static string StrangersOf(IEnumerable<string> subscriptions) => string.Join(',', subscriptions.Order(StringComparer.Ordinal));
}

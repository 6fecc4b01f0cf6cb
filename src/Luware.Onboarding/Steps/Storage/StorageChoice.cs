namespace Luware.Onboarding.Steps.Storage;

/// <param name="ResourceId">Of the storage account, as it was pasted; null until somebody did.</param>
/// <param name="Container">Into which recordings go.</param>
/// <param name="ByHand">Somebody else has prepared the storage and whoever chooses this answers for it: the portal asks for no right in Azure and looks at nothing.</param>
/// <param name="Probe">Try to write a blob once.</param>
public sealed record StorageChoice(string? ResourceId, string Container, bool ByHand, bool Probe)
{
    public const string RecommendedContainer = "luware-recording";

    public StorageChoice() : this(null, RecommendedContainer, ByHand: false, Probe: true)
    {
    }

    /// <summary>Luware's subscription by the person's word, where the region does not name it; null while nobody has confirmed one.</summary>
    public Guid? EndpointSubscription { get; init; }

    /// <summary>The subscription in which Microsoft.Network is registered by the person's word, where the portal may not read it; null while nobody has said so.</summary>
    public Guid? RegisteredSubscription { get; init; }

    /// <summary>Subscriptions whose connections are not Luware's by the person's word, in order and with commas between them, so that equal choices are equal; null while nobody has said so.</summary>
    public string? Strangers { get; init; }

    public bool IsStranger(string subscription) => Strangers?.Split(',').Contains(subscription, StringComparer.Ordinal) == true;

    public static string StrangersOf(IEnumerable<string> subscriptions) => string.Join(',', subscriptions.Order(StringComparer.Ordinal));
}

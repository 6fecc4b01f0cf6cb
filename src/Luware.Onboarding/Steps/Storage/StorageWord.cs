using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>
/// Storage for which the person who chose this vouches, while the portal reads nothing. It holds for one container and one person: another container or person
/// is another action and needs its own approval.
/// </summary>
/// <param name="id">Null if no account was named. Luware must then learn it in another way, and the plan says so.</param>
internal sealed class StorageWord(Chosen word, StorageAccountId? id, string container, string article)
{
    private readonly string name = id is null ? StorageStep.Unnamed : $"{id.Account}/{container}";
    private readonly string says = id is null ? "Storage.ByHand.Unnamed" : "Storage.ByHand";
    private readonly string place = id is null ? "unnamed" : AzureRequest.Container(id, container);

    /// <summary>Account names are unique in all of Azure.</summary>
    private string Key => $"answer-for/{(id is null ? place : name)}/{word.By}";

    public Sentence Heading => id is null ? new Sentence("Storage.Choice.ByHand") : new Sentence("Storage.Choice.ByHandNamed", id.Account, container);

    /// <param name="past">Earlier approvals, which count.</param>
    public PlannedObject Object(IReadOnlyDictionary<string, PastAction> past) => past.GetValueOrDefault(Key)?.DoneAt is null
        ? Object(
            ObjectState.Missing,
            new PlannedAction(Key, new Sentence("Storage.ByHand.Answer", name), $"on the word of {word.By}: {place}", [], Impact.Nobody) { IsWord = true })
        : Object(ObjectState.Found, null);

    private PlannedObject Object(ObjectState state, PlannedAction? action) => new(
        Key, name, new Sentence("Storage.Kind.ByHand"), state,
        new Sentence($"{says}.{state}", Sentence.Mention(word.By), word.At.Utc()),
        id is null ? article : $"{place}\n{article}", action);
}

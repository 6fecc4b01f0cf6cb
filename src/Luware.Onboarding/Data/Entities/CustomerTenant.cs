using System.Text.Json;

namespace Luware.Onboarding.Data.Entities;

/// <summary>A customer of Luware whose tenant is being onboarded.</summary>
public sealed class CustomerTenant : Entity
{
    public required Guid EntraTenantId { get; init; }

    public required string Name { get; set; }

    /// <summary>A domain of the tenant, by which it was found or is searched.</summary>
    public string? Domain { get; set; }

    /// <summary>Key of a configured region: MTCH, MTDE.</summary>
    public required string Region { get; set; }

    /// <summary>Key of a configured solution package; null when none is known.</summary>
    public string? Package { get; set; }

    /// <summary>Two letters: the language in which Luware writes to the customer.</summary>
    public string Language { get; set; } = "en";

    /// <summary>Application ids that differ from those of the region, by the application's key within it.</summary>
    public string? ApplicationIdsJson { get; private set; }

    public Dictionary<string, Guid> ReadApplicationIds() =>
        ApplicationIdsJson is null ? new(StringComparer.Ordinal) : JsonSerializer.Deserialize<Dictionary<string, Guid>>(ApplicationIdsJson)!;

    public void WriteApplicationIds(Dictionary<string, Guid> own) => ApplicationIdsJson = own.Count > 0 ? JsonSerializer.Serialize(own) : null;

    /// <summary>Luware's success specialist for this customer; null when none is assigned.</summary>
    public string? OwnerName { get; set; }

    public string? OwnerMail { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The specialists' internal note, which the customer does not see.</summary>
    public string? Note { get; set; }

    /// <summary>True if Luware's recorders are ready for this tenant: the first half of the safety gate.</summary>
    public bool Ready { get; set; }

    /// <summary>Digest of the recording application ids for which the flag was set, and for which alone it counts; null without the flag.</summary>
    public string? ReadyDigest { get; set; }

    /// <summary>
    /// Object ids of the groups that Luware had been told about when the flag was set. A policy that can stop calls is granted to no other group.
    /// </summary>
    public string? ReadyGroupsJson { get; set; }

    /// <summary>The person as a sentence argument.</summary>
    public string? ReadyBy { get; set; }

    public DateTimeOffset? ReadyAt { get; set; }

    /// <summary>Sets the ready flag for the recording applications of a digest and for groups; without a digest it is cleared.</summary>
    public void SetReady(string? digest, string? groupsJson, string? by, DateTimeOffset at) =>
        (Ready, ReadyDigest, ReadyGroupsJson, ReadyBy, ReadyAt) = (digest is not null, digest, groupsJson, by, at);

    /// <summary>Since when the onboarding is closed: its people get in no more, and the list leaves it out. Null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>The run that was started last. Every start writes it, so two concurrent starts collide.</summary>
    public Guid? CurrentRunId { get; set; }
}

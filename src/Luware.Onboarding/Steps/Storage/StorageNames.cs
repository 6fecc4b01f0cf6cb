using System.Text.RegularExpressions;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>Parses a pasted resource id and reports exactly what is wrong with it. Input that fails here is not stored.</summary>
internal static partial class StorageNames
{
    public const int MaxResourceIdLength = 300;
    public const int MaxContainerLength = 63;

    private const string Subscriptions = "/subscriptions/";
    private static readonly string[] SecretMarks = ["AccountKey=", "SharedAccessSignature", "sig="];

    public static (StorageAccountId? Id, Sentence? Fault) Read(string? text)
    {
        var pasted = text?.Trim() ?? string.Empty;
        if (pasted.Length == 0)
            return (null, new Sentence("Storage.Id.Empty"));
        if (HoldsSecret(pasted))
            return (null, new Sentence("Storage.Id.Secret"));
        if (pasted.Length > MaxResourceIdLength)
            return (null, new Sentence("Storage.Id.TooLong", $"{MaxResourceIdLength}"));

        // Addresses of Azure's portal contain the id as well.
        var start = pasted.IndexOf(Subscriptions, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return (null, new Sentence(pasted.Contains(".blob.", StringComparison.OrdinalIgnoreCase) ? "Storage.Id.BlobAddress" : "Storage.Id.NoSubscription"));
        return ReadParts(pasted[(start + Subscriptions.Length)..].TrimEnd('/').Split('/'));
    }

    public static bool HoldsSecret(string text) => Array.Exists(SecretMarks, m => text.Contains(m, StringComparison.OrdinalIgnoreCase));

    public static Sentence? CheckContainer(string? name) => name switch
    {
        null or { Length: < 3 or > MaxContainerLength } => new Sentence("Storage.ContainerName.Length", $"{MaxContainerLength}"),
        _ => ContainerName().IsMatch(name) ? null : new Sentence("Storage.ContainerName.Characters"),
    };

    /// <param name="parts">Subscription, resourceGroups, group, providers, Microsoft.Storage, storageAccounts, account.</param>
    private static (StorageAccountId? Id, Sentence? Fault) ReadParts(string[] parts)
    {
        if (!Guid.TryParse(parts[0], out var subscription))
            return (null, new Sentence("Storage.Id.SubscriptionId", parts[0]));
        if (parts is not [_, var groups, var group, ..] || !Is(groups, "resourceGroups") || !ResourceGroupName().IsMatch(group))
            return (null, new Sentence("Storage.Id.ResourceGroup"));
        if (parts is not [_, _, _, var providers, var space, var type, ..]
            || !Is(providers, "providers") || !Is(space, "Microsoft.Storage") || !Is(type, "storageAccounts"))
            return (null, new Sentence("Storage.Id.Type", parts.Length > 5 ? $"{parts[4]}/{parts[5]}" : "–"));
        if (parts is not [_, _, _, _, _, _, var account, ..] || !AccountName().IsMatch(account))
            return (null, new Sentence("Storage.Id.Account"));
        return parts.Length == 7 || IsPageOfPortal(parts[7..])
            ? (new StorageAccountId(subscription, group, account), null)
            : (null, new Sentence("Storage.Id.TooMuch", string.Join('/', parts[7..])));
    }

    /// <summary>True for what follows the id in the address of the account's page.</summary>
    private static bool IsPageOfPortal(string[] rest) => rest is ["overview"] or ["properties"];

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[a-z0-9]{3,24}\z", RegexOptions.None, 1000)]
    private static partial Regex AccountName();

    [GeneratedRegex(@"^[a-z0-9](-?[a-z0-9])*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ContainerName();

    [GeneratedRegex(@"^[\w.()-]{0,89}[\w()-]\z", RegexOptions.None, 1000)]
    private static partial Regex ResourceGroupName();
}

using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Storage;

internal static class StorageRefusals
{
    public static Refusal? Explain(RemoteAnswer answer) => answer.Code switch
    {
        "AuthorizationPermissionMismatch" or "InsufficientAccountPermissions" => new BlobsNotAllowed(),
        "AuthorizationFailure" or "AuthorizationSourceIPMismatch"
            or "NetworkSecurityPerimeterTrafficDenied" or StorageFailureCodes.NotReachable => new BlobsNotReachable(),
        "InvalidAuthenticationTokenTenant" => new SubscriptionElsewhere(),
        "SubscriptionNotFound" or "AuthorizationFailed" or "LinkedAuthorizationFailed" => new AzureNotAllowed(),
        StorageFailureCodes.HostNotTrusted => new BlobHostNotTrusted(),
        "ScopeLocked" => new AccountLocked(),
        _ when answer.Says("RequestDisallowedByPolicy") => new ForbiddenByPolicy(),
        _ when answer.MeansAccessDenied() => new AzureNotAllowed(),
        _ => null,
    };
}

/// <summary>
/// A missing right in Azure. Somebody grants it there, it takes minutes to take effect, and nobody tells the portal, so the portal looks again by itself.
/// </summary>
public abstract record StorageRightMissing(string Key) : StepRefusal(Key)
{
    public override TimeSpan? LookAgainAfter => TimeSpan.FromMinutes(2);
}

/// <summary>The person has no role in Azure that lets them see or change the account, which is usual for a Global Administrator.</summary>
public sealed record AzureNotAllowed() : StorageRightMissing("Storage.AzureNotAllowed");

/// <summary>The subscription belongs to another tenant than the one that is being onboarded.</summary>
public sealed record SubscriptionElsewhere() : StepRefusal("Storage.SubscriptionElsewhere");

/// <summary>The person may see the account but may not write blobs, which is a separate right.</summary>
public sealed record BlobsNotAllowed() : StorageRightMissing("Storage.BlobsNotAllowed");

/// <summary>The account's network rules do not let the portal in.</summary>
public sealed record BlobsNotReachable() : StorageRightMissing("Storage.BlobsNotReachable");

/// <summary>Azure returned an address for the blobs that is not among Azure's own domains in the settings.</summary>
public sealed record BlobHostNotTrusted() : StepRefusal("Storage.BlobHostNotTrusted");

/// <summary>A lock on the account, its group or subscription forbids changes.</summary>
public sealed record AccountLocked() : StepRefusal("Storage.AccountLocked");

/// <summary>A policy of the customer's own Azure forbids the change.</summary>
public sealed record ForbiddenByPolicy() : StepRefusal("Storage.ForbiddenByPolicy");

using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>Application instances: resource accounts that represent an application in the tenant.</summary>
internal static class InstanceCmdlets
{
    // The Teams Administrator role alone can no longer create the account of an instance.
    private static readonly IReadOnlyList<DirectoryRole> Creators = [Roles.GlobalAdministrator, Roles.UserAdministrator];

    public static IEnumerable<Cmdlet> All =>
    [
        new("Get-CsOnlineApplicationInstance", ["Identity", "Identities", "ResultSize", "Skip"], [.. TeamsRoles.Readers, Roles.UserAdministrator], Get),
        new("New-CsOnlineApplicationInstance", ["!UserPrincipalName", "ApplicationId", "DisplayName"], Creators, New),
        new("Set-CsOnlineApplicationInstance", ["!Identity", "OnpremPhoneNumber", "ApplicationId", "AcsResourceId", "DisplayName"], Creators, Set),
        new("Sync-CsOnlineApplicationInstance", ["!ObjectId", "ApplicationId", "CallbackUri", "AcsResourceId"], Creators, Sync),
    ];

    private static IEnumerable<JsonObject> Get(CmdletCall call)
    {
        var visible = call.Tenant.Instances.Where(i => call.Faults.HasPassed(i.CreatedAt, call.Faults.VisibilityDelay));
        return call.Text("Identity") is not { } identity
            ? visible.Select(i => Json(call, i))
            : visible.FirstOrDefault(i => Names(i, identity)) is { } found
                ? [Json(call, found)]
                : throw NotFound(identity);
    }

    private static IEnumerable<JsonObject> New(CmdletCall call)
    {
        var userPrincipalName = call.Text("UserPrincipalName") ?? "";
        if (userPrincipalName.Split('@') is not [{ Length: > 0 and <= 64 } local, var domain]
            || local.Any(c => !char.IsAsciiLetterOrDigit(c) && !"-._'".Contains(c)))
            throw TeamsRefusalException.Invalid($"The UserPrincipalName '{userPrincipalName}' is not valid.", userPrincipalName);
        if (!call.Tenant.Domains.Any(d => d.IsManaged && string.Equals(d.Name, domain, StringComparison.OrdinalIgnoreCase)))
            throw TeamsRefusalException.Invalid(
                "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.",
                userPrincipalName);
        if (call.Tenant.FindPerson(userPrincipalName) is not null
            || call.Tenant.Instances.Exists(i => Names(i, userPrincipalName)))
            throw TeamsRefusalException.Exists("Another object with the same value for property userPrincipalName already exists.", userPrincipalName);

        var made = new ApplicationInstance(Guid.NewGuid(), userPrincipalName, call.Text("DisplayName"), call.Id("ApplicationId") ?? Guid.Empty, call.Now);
        call.Tenant.Instances = call.Tenant.Instances.Add(made);
        call.Record(userPrincipalName);
        return [Json(call, made)];
    }

    private static IEnumerable<JsonObject> Set(CmdletCall call)
    {
        var identity = call.Text("Identity") ?? "";
        var instance = call.Tenant.Instances.Find(i => Names(i, identity)) ?? throw NotFound(identity);
        var changed = instance with
        {
            ApplicationId = call.Id("ApplicationId") ?? instance.ApplicationId, DisplayName = call.Text("DisplayName") ?? instance.DisplayName,
        };
        call.Tenant.Instances = call.Tenant.Instances.Replace(instance, changed);
        call.Record(instance.UserPrincipalName);
        return [];
    }

    /// <summary>An existing mapping must first be cleared with an id of zeros, as the reference page says.</summary>
    private static IEnumerable<JsonObject> Sync(CmdletCall call)
    {
        var objectId = call.Id("ObjectId");
        var instance = call.Tenant.Instances.Find(i => i.ObjectId == objectId) ?? throw NotFound($"{objectId}");
        var application = call.Id("ApplicationId") ?? instance.ApplicationId;
        if (instance.Mapped != Guid.Empty && application != Guid.Empty)
            throw TeamsRefusalException.Invalid("An item with the same key has already been added.", $"{objectId}");

        call.Tenant.Instances = call.Tenant.Instances.Replace(instance, instance with { Mapped = application });
        call.Record($"{objectId}");
        return [];
    }

    private static TeamsRefusalException NotFound(string identity) =>
        TeamsRefusalException.NotFound($"Application instance '{identity}' was not found.", identity);

    private static bool Names(ApplicationInstance instance, string identity) =>
        string.Equals(instance.UserPrincipalName, identity, StringComparison.OrdinalIgnoreCase)
        || string.Equals(instance.ObjectId.ToString(), identity, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Json(CmdletCall call, ApplicationInstance instance) => new()
    {
        ["ObjectId"] = instance.ObjectId.ToString(),
        ["TenantId"] = call.Tenant.Id.ToString(),
        ["UserPrincipalName"] = instance.UserPrincipalName,
        ["ApplicationId"] = instance.ApplicationId.ToString(),
        ["DisplayName"] = instance.DisplayName,
        ["PhoneNumber"] = null,
        ["AcsResourceId"] = null,
    };
}

using System.Globalization;
using Luware.Portal.Sandbox.World;
using Microsoft.AspNetCore.Components;

namespace Luware.Portal.Sandbox.Control;

/// <summary>What a named tenant holds, and what was written into it.</summary>
public sealed partial class TenantPanel
{
    [Parameter, EditorRequired] public required SandboxTenant Tenant { get; set; }

    private IEnumerable<IReadOnlyList<string>> Assignments =>
    [
        .. Tenant.GroupAssignments.OrderBy(a => a.Rank).Select(a =>
            Cells(Tenant.Groups.Find(g => g.Id == a.GroupId)?.DisplayName, a.PolicyName, a.Rank, Time(a.CreatedAt))),
        .. Tenant.DirectAssignments.Select(a => Cells(Name(a.PersonId), a.PolicyName, "direct", Time(a.CreatedAt))),
    ];

    private IEnumerable<IReadOnlyList<string>> Storage => Tenant.Azure is not { } azure ? [] :
    [
        Cells(azure.Id, azure.Location, string.Join(", ", azure.Containers.Select(c => c.Name)),
            string.Join(", ", azure.Endpoints.Select(e => $"{e.Name} {e.State}")), azure.IsNetworkRegistered ? "registered" : "not registered"),
    ];

    private static bool IsInstalled(ServicePrincipal principal) => Apis.All.All(a => a.ApplicationId != principal.ApplicationId);

    private string ScopesOf(ServicePrincipal principal) =>
        string.Join(' ', Tenant.Grants.Where(g => g.ClientId == principal.Id && g.PrincipalId is null).SelectMany(g => g.Scopes));

    private static string Describe(IEnumerable<RecordingLink> links) => string.Join("; ", links.Select(link =>
    {
        var closed = link is { RequiredBeforeCallEstablishment: true, RequiredDuringCall: true, RequiredBeforeMeetingJoin: true, RequiredDuringMeeting: true };
        return $"{link.ObjectId}, {(closed ? "fail close" : "not wholly fail close")}{(link.Paired is null ? "" : $", paired with {link.Paired}")}";
    }));

    private string Name(Guid id) => Tenant.People.Find(p => p.Id == id)?.DisplayName ?? id.ToString();

    private static string Time(DateTimeOffset at) => at.ToString("u", CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Cells(params IEnumerable<object?> values) => [.. values.Select(v => v?.ToString() ?? "")];
}

using Luware.Onboarding.Engine;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Handover;

/// <summary>The hand-over as a printable page.</summary>
public sealed partial class HandoverSheet
{
    private HandoverModel? model;

    [Inject] public required IHandover Handover { get; init; }

    private string Audit => TenantId is { } id ? $"tenants/{id}/audit" : "audit";

    protected override async Task ReadAsync(Actor who, CancellationToken cancellationToken) =>
        model = await Handover.ReadAsync(who, TenantId, cancellationToken);

    private string File(string extension) => TenantId is { } id ? $"downloads/tenants/{id}/handover.{extension}" : $"downloads/handover.{extension}";
}

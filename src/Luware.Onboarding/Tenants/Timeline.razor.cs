using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Tenants;

/// <summary>What happened in a tenant, latest first, and earlier lines on demand.</summary>
public sealed partial class Timeline
{
    private const int AtOnce = 12;

    private IReadOnlyList<TimelineLine>? lines;
    private TenantFile? read;
    private int shown = AtOnce;
    private bool isMore;

    [Inject] public required ITenantReader Reader { get; init; }
    [Parameter, EditorRequired] public Guid TenantId { get; set; }

    /// <summary>A new value means that something has happened.</summary>
    [Parameter, EditorRequired] public required TenantFile Changed { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(read, Changed))
            return;
        read = Changed;
        await LoadAsync();
    }

    private Task MoreAsync()
    {
        shown += AtOnce;
        return LoadAsync();
    }

    private Task LoadAsync() => AskAsync(async (who, token) =>
    {
        var count = shown;
        var found = await Reader.ReadTimelineAsync(who, TenantId, count + 1, token);
        (lines, isMore) = ([.. found.Take(count)], found.Count > count);
    });
}

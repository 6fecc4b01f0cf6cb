using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Tenants;

/// <summary>A part of a desk page that makes requests itself. If the session has ended, the page says so.</summary>
public abstract class DeskPanel : AskingComponent
{
    [CascadingParameter] public required DeskPage Desk { get; set; }

    /// <inheritdoc/>
    public override Actor? Who => Desk.Who;

    /// <inheritdoc/>
    protected override Task FallBehindAsync(Exception fault) => Desk.LookAgainAsync(fault);

    /// <inheritdoc/>
    protected override void Refuse() => Desk.SignOut();
}

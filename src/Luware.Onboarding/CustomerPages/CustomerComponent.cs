using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.CustomerPages;

/// <summary>A part of the customer's pages that makes requests itself. If the session has ended, all pages inside the shell say so.</summary>
public abstract class CustomerComponent : AskingComponent
{
    [CascadingParameter] public required CustomerState State { get; set; }

    /// <inheritdoc/>
    public override Actor? Who => State.Actor;

    /// <inheritdoc/>
    protected override Task FallBehindAsync(Exception fault) => State.LookAgain(fault);

    /// <inheritdoc/>
    protected override void Refuse() => State.SignOut();
}

using Luware.Onboarding.Engine;

namespace Luware.Onboarding.CustomerPages;

/// <summary>The signed-in person and the stored state of their onboarding; cascades from <see cref="Following"/> to everything inside the shell.</summary>
public sealed record CustomerState(CustomerStateKind Kind, Actor? Actor = null, OnboardingView? View = null)
{
    public static readonly CustomerState Loading = new(CustomerStateKind.Loading);
    public static readonly CustomerState SignedOut = new(CustomerStateKind.SignedOut);

    /// <summary>True while the portal's database is unavailable, so what is shown may be out of date.</summary>
    public bool IsBehind { get; init; }

    /// <summary>Called by components that find the database unavailable: reloads what is shown once it is back.</summary>
    public Func<Exception, Task> LookAgain { get; init; } = _ => Task.CompletedTask;

    /// <summary>Called by components that learn that the session has ended: everything inside the shell then says so.</summary>
    public Action SignOut { get; init; } = () => { };
}

public enum CustomerStateKind
{
    Loading,
    Open,

    /// <summary>The person's tenant is not one of Luware's customers.</summary>
    NotCustomer,

    /// <summary>The session has ended.</summary>
    SignedOut,
}

using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Onboarding;

/// <summary>Who is here and what is stored about their onboarding; cascades from <see cref="Following"/> to everything inside the shell.</summary>
public sealed record Place(PlaceKind Kind, Actor? Actor = null, OnboardingView? View = null)
{
    public static readonly Place Loading = new(PlaceKind.Loading);
    public static readonly Place SignedOut = new(PlaceKind.SignedOut);

    /// <summary>What is shown cannot be brought up to date now, as the portal's database is out of reach; it is tried again.</summary>
    public bool IsBehind { get; init; }

    /// <summary>For whoever learns that the database is out of reach: what is shown is read anew once it is back.</summary>
    public Func<Exception, Task> LookAgain { get; init; } = _ => Task.CompletedTask;

    /// <summary>For whoever learns that the session has ended: everything inside the shell then says so.</summary>
    public Action SignOut { get; init; } = () => { };
}

public enum PlaceKind
{
    Loading,
    Open,

    /// <summary>The person's tenant is not one of Luware's customers.</summary>
    NotCustomer,

    /// <summary>The session has ended.</summary>
    SignedOut,
}

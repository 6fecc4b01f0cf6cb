using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Onboarding;

/// <summary>Who is here and what is stored about their onboarding; cascades from <see cref="Following"/> to everything inside the shell.</summary>
public sealed record Place(PlaceKind Kind, Actor? Actor = null, OnboardingView? View = null)
{
    public static readonly Place Loading = new(PlaceKind.Loading);
    public static readonly Place SignedOut = new(PlaceKind.SignedOut);

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

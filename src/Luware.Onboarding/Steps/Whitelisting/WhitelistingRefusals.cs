using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Whitelisting;

internal static class WhitelistingRefusals
{
    public static Refusal? Explain(RemoteAnswer answer) => answer switch
    {
        _ when answer.MeansAlreadyThere() => new UserPrincipalNameTaken(),
        _ when answer.Says("domain") => new DomainNotAccepted(),
        _ when answer.MeansAccessDenied() || answer.MeansCmdletNotOffered() => new AccountsNotAllowed(),
        _ => null,
    };
}

/// <summary>The name belongs to an account that is not the recording application's instance.</summary>
public sealed record UserPrincipalNameTaken() : StepRefusal("Whitelisting.NameTaken")
{
    // Nobody tells the portal when a name becomes free.
    public override TimeSpan? LookAgainAfter => TimeSpan.FromMinutes(5);
}

/// <summary>Microsoft creates no account on this domain, because it is not verified or is federated.</summary>
public sealed record DomainNotAccepted() : StepRefusal("Whitelisting.DomainRefused");

/// <summary>An application instance is an account, and since 2024 the Teams Administrator role alone may not create one.</summary>
public sealed record AccountsNotAllowed() : StepRefusal("Whitelisting.AccessDenied");

using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication;

namespace Luware.Portal.SignIn;

/// <summary>Why a sign-in failed: an entry of the error catalogue, and Entra's answer.</summary>
internal sealed record SignInRefusal(string Reason, RemoteAnswer? Answer)
{
    /// <summary>Prefers Entra's answer in the address, because the handler's exception does not keep all of it.</summary>
    public static SignInRefusal Of(Exception? failure, IQueryCollection query)
    {
        if (failure is OtherAccountException)
            return new SignInRefusal(ErrorCatalogue.OtherAccount, null);
        // Without its state nothing proves that the answer is Entra's, so it is not shown.
        if (IsLostState(failure))
            return new SignInRefusal(ErrorCatalogue.SignInExpired, null);
        return (EntraAnswer.From(query) ?? Of(failure?.Message) ?? Of(failure?.InnerException?.Message)) is { } answer
            ? new SignInRefusal(ErrorCatalogue.Of(answer).Name, answer)
            : new SignInRefusal(ErrorCatalogue.SignInFailed, null);
    }

    private static RemoteAnswer? Of(string? message) =>
        EntraAnswer.Code(message) is { Length: > 0 } code ? new RemoteAnswer(EntraAnswer.Service, code, "", message!, null) : null;

    // The correlation cookie lives for 15 minutes and in one browser; the handler has no specific exception type for its absence, so its
    // words tell. SignInRequest.From says "state" too.
    private static bool IsLostState(Exception? failure) =>
        failure is AuthenticationFailureException && failure.Message.Contains("state", StringComparison.OrdinalIgnoreCase)
        || failure?.Message.StartsWith("Correlation failed", StringComparison.Ordinal) == true;
}

/// <summary>The account that came back from Entra differs from the one that is signed in or was requested.</summary>
internal sealed class OtherAccountException() : Exception("Another account came back from sign-in.");

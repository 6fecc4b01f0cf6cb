using System.Security.Claims;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;
using Luware.Portal.Colleagues;
using Luware.Portal.Components;
using Luware.Portal.Invitations;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Luware.Portal.SignIn;

/// <summary>The portal's part of the authorization code flow; the framework's handler does the rest.</summary>
internal sealed partial class SignInEvents(
    EntraAddresses addresses, EntraScopes scopes, CodeRedemption redemption, CarriedAnswers answers, IColleagueLinks links,
    IInvitations invitations, IAudit audit, IOptions<PortalSettings> portal, ILogger<SignInEvents> logger)
    : OpenIdConnectEvents
{
    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        var request = SignInRequest.From(context.Properties);
        var message = context.ProtocolMessage;
        message.IssuerAddress = addresses.Authorize(request.TenantId?.ToString() ?? EntraAddresses.AnyOrganization);
        message.RedirectUri = portal.Value.At(SignInPaths.Callback).ToString();
        message.LoginHint = request.LoginHint;
        if (request.LoginHint is null)
            message.Prompt = OpenIdConnectPrompt.SelectAccount;
        if (request.More)
            message.Scope = string.Join(' ', context.Options.Scope.Concat(scopes.OfRoute(request.Route)).Distinct(StringComparer.Ordinal));
        if (request.Proof is { } proof)
        {
            message.SetParameter("claims", proof.Claims);
            message.Scope = string.Join(' ', message.Scope.Split(' ').Concat(scopes.Of(proof.Purpose)).Distinct(StringComparer.Ordinal));
        }

        return Task.CompletedTask;
    }

    /// <summary>MSAL redeems the code, so that the tokens are in its cache; the handler validates the id token that came with them.</summary>
    public override async Task AuthorizationCodeReceived(AuthorizationCodeReceivedContext context)
    {
        var current = (await SessionAsync(context.HttpContext)).Actor;
        var redeemed = await redemption.RedeemAsync(
            SignInRequest.From(context.Properties),
            context.ProtocolMessage.Code,
            context.TokenEndpointRequest?.GetParameter(OAuthConstants.CodeVerifierKey),
            current?.Access.SessionId,
            context.HttpContext.RequestAborted);
        context.HttpContext.Features.Set(redeemed);
        context.HttpContext.Response.RegisterForDispose(redeemed);
        context.HandleCodeRedemption(redeemed.Result.AccessToken, redeemed.Result.IdToken);
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        ValidateNonce(context);
        var redeemed = context.HttpContext.Features.GetRequiredFeature<RedeemedCode>();
        var identity = EntraIdentity.Of(context.Principal);
        var request = SignInRequest.From(context.Properties);
        var (current, before) = await SessionAsync(context.HttpContext);
        if (identity is null || !redeemed.IsFor(identity)
            || (request.Expected is not null && request.Expected != identity)
            || (current is not null && (current.Access.TenantId, current.Access.PersonId) != (identity.TenantId, identity.PersonId)))
        {
            if (identity is not null)
                await audit.OtherAccountAsync(identity.TenantId, identity.PersonId, context.HttpContext.RequestAborted);
            context.Fail(new OtherAccountException());
            return;
        }

        var holder = new LinkHolder(identity.TenantId, identity.PersonId) { Roles = Actor.RolesOf(context.Principal!) };
        var entrance = await AdmitAsync(request, holder, context.HttpContext.RequestAborted);
        if (entrance.Refused is { } refused)
        {
            context.Fail(new LinkRefusedException(refused));
            return;
        }

        // An existing session keeps its rights: a link does not reduce them, and a plain sign-in does not extend them. A person who accepted an invitation
        // was invited by Luware and is signed in fully.
        context.Principal = EntraIdentity.From(
            context.Principal!, redeemed.Result.Account.HomeAccountId.Identifier, !entrance.IsInvited && (current?.IsByLink ?? entrance.IsByLink),
            context.Scheme.Name);
        // The purpose of the sign-in is not part of the session; its proof is.
        context.Properties = new AuthenticationProperties { RedirectUri = entrance.Page ?? context.Properties?.RedirectUri };
        if (request.Proof is { } proof)
            context.Properties.Prove(proof, before, context.Options.TimeProvider!.GetUtcNow());
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        var refusal = SignInRefusal.Of(context.Failure, context.Request.Query);
        Log.Refused(logger, refusal.Reason, refusal.Answer?.Code ?? "", context.Failure?.GetType().Name);
        // What the token endpoint said. The address says nothing here: anybody can write one.
        if (MsalFailures.OfPortal(context.Failure) is { } code)
            Log.PortalRefused(logger, code);
        context.Response.Redirect(
            context.Failure is LinkRefusedException link ? link.Page : $"{SignInPaths.Refused}?reason={refusal.Reason}{answers.Parameter(refusal.Answer)}");
        context.HandleResponse();
        return Task.CompletedTask;
    }

    /// <summary>Asks the link or the invitation with which the sign-in began.</summary>
    private async Task<Entrance> AdmitAsync(SignInRequest request, LinkHolder holder, CancellationToken cancellationToken)
    {
        if (request.HandedStep is { } link)
        {
            var answer = await links.AcceptAsync(link.LinkId, holder, cancellationToken);
            return answer.Step is { } step
                ? new Entrance($"{SignInPaths.Home}/{step}", IsByLink: answer.IsColleague)
                : new Entrance { Refused = LinkPaths.Refused(NewLink.Address, answer.Kind) };
        }

        return request.Invitation is not { } invitation ? new Entrance() : await invitations.AcceptAsync(invitation.LinkId, holder, cancellationToken) switch
        {
            LinkAnswerKind.Accepted or LinkAnswerKind.CameAgain => new Entrance(IsInvited: true),
            LinkAnswerKind.NotNeeded => new Entrance(),
            var refused => new Entrance { Refused = LinkPaths.Refused(NewInvitation.Address, refused) },
        };
    }

    // The handler skips this check if other code has redeemed the code.
    private static void ValidateNonce(TokenValidatedContext context) =>
        context.Options.ProtocolValidator.ValidateTokenResponse(new OpenIdConnectProtocolValidationContext
        {
            ClientId = context.Options.ClientId,
            ProtocolMessage = context.TokenEndpointResponse,
            ValidatedIdToken = context.SecurityToken,
            Nonce = context.Nonce,
        });

    private static async Task<(Actor? Actor, AuthenticationProperties? Properties)> SessionAsync(HttpContext context)
    {
        var session = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return (session.Principal is { } principal ? Actor.From(principal) : null, session.Properties);
    }

    /// <param name="Page">The page of a handed step; null leads to where the person wanted to go.</param>
    private sealed record Entrance(string? Page = null, bool IsByLink = false, bool IsInvited = false)
    {
        /// <summary>The page that tells somebody whom the link or the invitation does not let in.</summary>
        public string? Refused { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(3000, LogLevel.Information, "A sign-in was refused: {Reason} {Code} {Failure}")]
        public static partial void Refused(ILogger logger, string reason, string code, string? failure);

        [LoggerMessage(3006, LogLevel.Error, "Nobody can sign in: Entra refuses the portal itself ({Code}). See Entra:ClientSecret and Entra:ClientId.")]
        public static partial void PortalRefused(ILogger logger, string code);
    }
}

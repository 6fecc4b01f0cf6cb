using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Links;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication;

namespace Luware.Portal.SignIn;

/// <summary>The purpose of a sign-in. It travels to Entra and back inside the handler's encrypted state.</summary>
/// <param name="More">Whether to ask for the permissions of the route as well.</param>
/// <param name="Route">What the route needs, if more is asked for.</param>
/// <param name="Expected">The person who must come back; null for anybody.</param>
/// <param name="LoginHint">The account that Entra should offer.</param>
internal sealed record SignInRequest(bool More, DelegatedRoute Route, SignInIdentity? Expected, string? LoginHint)
{
    private const string MoreKey = "more", GroupsKey = "groups", AzureKey = "azure", NoDirectoryKey = "no-directory", NoTeamsKey = "no-teams";
    private const string TenantKey = "tenant", PersonKey = "person", HintKey = "hint", LinkKey = "link", LinkTenantKey = "link-tenant";
    private const string InvitationKey = "invitation", InvitationTenantKey = "invitation-tenant";

    /// <summary>The link to a handed step with which the sign-in began; its secret was valid then. Null for any other sign-in.</summary>
    public LinkTarget? HandedStep { get; init; }

    /// <summary>The invitation with which the sign-in began; its secret was valid then. Null for any other sign-in.</summary>
    public LinkTarget? Invitation { get; init; }

    /// <summary>The proof that Microsoft requires; null if any sign-in is enough.</summary>
    public Proof? Proof { get; init; }

    /// <summary>The tenant at whose own authority the person signs in; null for the authority of all organizations.</summary>
    public Guid? TenantId => (HandedStep ?? Invitation)?.EntraTenantId ?? Expected?.TenantId;

    /// <summary>A signed-in person must come back as the same person; to become another one, they sign out first.</summary>
    public static SignInRequest For(Actor? actor, bool more, DelegatedRoute? route = null) =>
        new(more, route ?? DelegatedRoute.ReadingOnly, actor is null ? null : new SignInIdentity(actor.Access.TenantId, actor.Access.PersonId),
            actor?.UserPrincipalName);

    public AuthenticationProperties ToProperties(string returnAddress)
    {
        var properties = new AuthenticationProperties { RedirectUri = returnAddress };
        if (More)
            properties.Items[MoreKey] = bool.TrueString;
        if (Route.MakesGroups)
            properties.Items[GroupsKey] = bool.TrueString;
        if (Route.ReadsAzure)
            properties.Items[AzureKey] = bool.TrueString;
        if (!Route.ReadsDirectory)
            properties.Items[NoDirectoryKey] = bool.TrueString;
        if (!Route.UsesTeams)
            properties.Items[NoTeamsKey] = bool.TrueString;
        properties.Items[TenantKey] = Expected?.TenantId.ToString();
        properties.Items[PersonKey] = Expected?.PersonId.ToString();
        properties.Items[HintKey] = LoginHint;
        properties.Items[LinkKey] = HandedStep?.LinkId.ToString();
        properties.Items[LinkTenantKey] = HandedStep?.EntraTenantId.ToString();
        properties.Items[InvitationKey] = Invitation?.LinkId.ToString();
        properties.Items[InvitationTenantKey] = Invitation?.EntraTenantId.ToString();
        properties.Want(Proof);
        return properties;
    }

    public static SignInRequest From(AuthenticationProperties? properties)
    {
        string? Item(string key) => properties?.Items.TryGetValue(key, out var value) == true ? value : null;
        var expected = Guid.TryParse(Item(TenantKey), out var tenant) && Guid.TryParse(Item(PersonKey), out var person)
            ? new SignInIdentity(tenant, person)
            : null;
        LinkTarget? LinkOf(string link, string linked) =>
            Guid.TryParse(Item(link), out var id) && Guid.TryParse(Item(linked), out var of) ? new LinkTarget(id, of) : null;
        var route = new DelegatedRoute(MakesGroups: Item(GroupsKey) is not null, ReadsAzure: Item(AzureKey) is not null)
        {
            ReadsDirectory = Item(NoDirectoryKey) is null, UsesTeams = Item(NoTeamsKey) is null,
        };
        return new SignInRequest(Item(MoreKey) is not null, route, expected, Item(HintKey))
        {
            HandedStep = LinkOf(LinkKey, LinkTenantKey), Invitation = LinkOf(InvitationKey, InvitationTenantKey),
            Proof = properties.WantedProof(),
        };
    }
}

/// <summary>A person of a tenant, by object id; used to compare two sign-ins.</summary>
internal sealed record SignInIdentity(Guid TenantId, Guid PersonId);

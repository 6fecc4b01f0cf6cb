using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants;

/// <summary>Finds the tenant in Entra that a specialist names by its id, by one of its domains, or by an address that contains one.</summary>
internal sealed class EntraTenants(ITenantNames names, RemoteCalls calls)
{
    /// <returns>
    /// The id, with the domain if one was given. If Entra could not be asked for an id, the id with the problem; without an id, the problem is what is wrong.
    /// </returns>
    public async Task<(Guid? Id, string? Domain, Sentence? Problem)> FindAsync(string typed, CancellationToken cancellationToken)
    {
        var named = NamedIn(typed.Trim());
        Guid? given = Guid.TryParse(named, out var id) && id != Guid.Empty ? id : null;
        var answer = await calls.AskAsync(token => names.FindAsync(given?.ToString() ?? named, token), said: null, explain: null, cancellationToken);
        return answer.Trouble is { } trouble ? (given, null, trouble.Words)
            : answer.Value is { } found ? (found, given is null ? named : null, null)
            : (null, null, new Sentence("Tenants.Fault.Tenant"));
    }

    /// <summary>The host of an address, the domain of a mail address, or the text itself.</summary>
    private static string NamedIn(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address.Host
            : text[(text.LastIndexOf('@') + 1)..];
}

using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>The scopes of a request by resource; those of OpenID Connect itself are kept apart.</summary>
public sealed class Scopes
{
    private static readonly string[] OpenIdConnect = ["openid", "profile", "email", "offline_access"];

    private readonly List<RequestedScope> _requested = [];

    /// <exception cref="EntraException">A scope or its resource does not exist, or .default is combined with others.</exception>
    public Scopes(string? text)
    {
        foreach (var word in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (OpenIdConnect.Contains(word, StringComparer.OrdinalIgnoreCase))
                Protocol.Add(word.ToLowerInvariant());
            else
                _requested.Add(Parse(word));
        }

        if (_requested.Any(r => r.IsDefault) && _requested.Count > 1)
        {
            throw new EntraException(EntraError.BadScope(70011,
                "The provided value for the input parameter 'scope' is not valid. "
                + $"The scope {text} is not valid: .default can't be combined with resource-specific scopes."));
        }
    }

    public HashSet<string> Protocol { get; } = new(StringComparer.Ordinal);

    public bool WantsRefreshToken => Protocol.Contains("offline_access");
    public bool WantsIdToken => Protocol.Contains("openid");

    /// <summary>The resources in the order of the request.</summary>
    public IReadOnlyList<ApiResource> Resources => [.. _requested.Select(r => r.Resource).Distinct()];

    /// <summary>True if scopes were written with their resource as prefix; the answer then does the same.</summary>
    public bool InFull(ApiResource resource) => resource != Apis.Graph || _requested.Any(r => r.Resource == resource && r.InFull);

    public bool IsDefault(ApiResource resource) => _requested.Any(r => r.Resource == resource && r.IsDefault);

    public IReadOnlyList<DelegatedPermission> Of(ApiResource resource) =>
        [.. _requested.Where(r => r.Resource == resource).Select(r => r.Permission).OfType<DelegatedPermission>().Distinct()];

    private static RequestedScope Parse(string word)
    {
        var resource = Apis.All.FirstOrDefault(a => word.StartsWith(a.Prefix, StringComparison.OrdinalIgnoreCase));
        if (resource is null && (word.Contains('/', StringComparison.Ordinal) || Guid.TryParse(word, out _)))
        {
            throw new EntraException(new EntraError("invalid_resource", 500011,
                $"The resource principal named {word} was not found in the tenant. "
                + "It can happen if the application has not been installed by the administrator of the tenant."));
        }

        var name = resource is null ? word : word[resource.Prefix.Length..];
        resource ??= Apis.Graph;
        if (string.Equals(name, ".default", StringComparison.OrdinalIgnoreCase))
            return new RequestedScope(resource, null, InFull: true);

        var permission = resource.FindScope(name) ?? throw new EntraException(EntraError.BadClient(
            650053, $"The application asked for scope '{name}' that doesn't exist on the resource '{resource.ApplicationId}'. Contact the app vendor."));
        return new RequestedScope(resource, permission, word.Length > name.Length);
    }

    private sealed record RequestedScope(ApiResource Resource, DelegatedPermission? Permission, bool InFull)
    {
        public bool IsDefault => Permission is null;
    }
}

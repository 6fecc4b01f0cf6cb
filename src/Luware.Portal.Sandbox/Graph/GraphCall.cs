using Luware.Portal.Sandbox.Entra;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Graph;

/// <summary>A request to Graph with its validated token.</summary>
internal sealed record GraphCall(HttpRequest Request, AccessToken Token)
{
    public SandboxTenant Tenant => Token.Identity.Tenant;

    public bool Holds(params ReadOnlySpan<string> scopes)
    {
        foreach (var scope in scopes)
        {
            if (Token.Scopes.Contains(scope, StringComparer.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <exception cref="GraphException">The token contains none of the scopes.</exception>
    public void RequireAny(params ReadOnlySpan<string> scopes)
    {
        if (!Holds(scopes))
            throw new GraphException(GraphError.NoPrivileges);
    }
}

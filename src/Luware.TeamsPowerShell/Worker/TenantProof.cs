using System.Buffers.Text;
using System.Text.Json;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>Proves which tenant a session belongs to: by the tokens before they are used, and by the answer of the connected session.</summary>
internal static class TenantProof
{
    private static readonly TeamsCommand WhoAnswers = new("Get-CsTenant", [], ["TenantId"]);

    /// <exception cref="WrongTenantException">A token is for another tenant, or does not name its tenant.</exception>
    public static void CheckTokens(Guid tenantId, TeamsTokens tokens)
    {
        Compare(tenantId, ReadTenant(tokens.Graph));
        Compare(tenantId, ReadTenant(tokens.TeamsAdmin));
    }

    /// <exception cref="WrongTenantException">The session answers for another tenant; the worker is killed.</exception>
    public static async Task CheckSessionAsync(
        Guid tenantId, TeamsWorker worker, TimeSpan limit, Action<TeamsOutput>? output, CancellationToken cancellationToken)
    {
        var answer = await worker.InvokeAsync(WhoAnswers, limit, output, cancellationToken);
        var actual = answer.Objects is [var tenant] && tenant.TryGetProperty("TenantId", out var id) ? id.ToString() : "";
        try
        {
            Compare(tenantId, actual);
        }
        catch (WrongTenantException)
        {
            worker.Kill(KillReasons.WrongTenant);
            throw;
        }
    }

    /// <summary>
    /// Reads the tid claim. The signature is not checked: the token came from Entra a moment ago, and this guards against mixing up tenants on our side, not
    /// against forgery. Microsoft checks the token itself.
    /// </summary>
    private static string ReadTenant(string token)
    {
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
            return claims.RootElement.TryGetProperty("tid", out var tenant) ? tenant.ToString() : "";
        }
        catch (Exception e) when (e is FormatException or JsonException or IndexOutOfRangeException or InvalidOperationException)
        {
            return "";
        }
    }

    private static void Compare(Guid expected, string actual)
    {
        if (!Guid.TryParse(actual, out var id) || id != expected)
            throw new WrongTenantException(expected, actual.Length > 0 ? actual : "(unknown)");
    }
}

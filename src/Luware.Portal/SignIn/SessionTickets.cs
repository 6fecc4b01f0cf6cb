using System.Buffers.Text;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Luware.Portal.SignIn;

/// <summary>Stores sign-ins as rows: the cookie holds a random key, the row its hash and the encrypted ticket.</summary>
internal sealed partial class SessionTickets(
    ISessions sessions, IDataProtectionProvider protection, IOptions<SessionSettings> settings, TimeProvider time, ILogger<SessionTickets> logger)
    : ITicketStore
{
    private const string Purpose = "Luware.Portal.Session";
    private const string SignedInAt = "signed-in-at";
    private const string Version = "version";

    public Task<string> StoreAsync(AuthenticationTicket ticket) => StoreAsync(ticket, CancellationToken.None);

    public Task RenewAsync(string key, AuthenticationTicket ticket) => RenewAsync(key, ticket, CancellationToken.None);

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => RetrieveAsync(key, CancellationToken.None);

    public Task RemoveAsync(string key) => RemoveAsync(key, CancellationToken.None);

    public async Task<string> StoreAsync(AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await PutAsync(Hash(key), ticket, cancellationToken);
        return key;
    }

    /// <remarks>
    /// A new sign-in keeps the time of the session's first one, as a sliding renewal does: the key may have been stolen, so nothing prolongs its life.
    /// </remarks>
    public async Task RenewAsync(string key, AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        var id = Hash(key);
        if (ticket.Properties.GetString(SignedInAt) is null && await ReadAsync(id, cancellationToken) is { } before)
            ticket.Properties.SetString(SignedInAt, before.Properties.GetString(SignedInAt));
        await PutAsync(id, ticket, cancellationToken);
    }

    /// <summary>Writes the person's current roles into their session; does nothing if it has ended meanwhile.</summary>
    public Task SetRolesAsync(string id, EntraRoles roles, CancellationToken cancellationToken) => ChangeAsync(id, ticket =>
    {
        var identity = (ClaimsIdentity)ticket.Principal.Identity!;
        foreach (var claim in identity.FindAll(c => c.Type is Actor.RoleClaim or Actor.AppRoleClaim).ToList())
            identity.RemoveClaim(claim);
        identity.AddClaims(roles.Directory.Select(r => new Claim(Actor.RoleClaim, r.ToString())));
        identity.AddClaims(roles.App.Select(r => new Claim(Actor.AppRoleClaim, r)));
        return true;
    }, cancellationToken);

    /// <summary>Records what the session's next sign-in has to prove.</summary>
    /// <returns>When it was proven, if that was recently, so that asking again would change nothing.</returns>
    public async Task<DateTimeOffset?> WantAsync(string id, Proof proof, CancellationToken cancellationToken)
    {
        DateTimeOffset? provenAt = null;
        await ChangeAsync(id, ticket =>
        {
            provenAt = ticket.Properties.ProvenAt(proof.Purpose, time.GetUtcNow());
            if (provenAt is not null || ticket.Properties.WantedProof() == proof)
                return false;
            ticket.Properties.Want(proof);
            return true;
        }, cancellationToken);
        return provenAt;
    }

    /// <summary>While the database is out of reach, people read the page that says so as nobody, because they cannot be looked up.</summary>
    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        httpContext.Features.Get<IExceptionHandlerFeature>() is { Error: var error } && StoreFaults.IsPassing(error)
            ? Task.FromResult<AuthenticationTicket?>(null)
            : RetrieveAsync(key, cancellationToken);

    public Task<AuthenticationTicket?> RetrieveAsync(string key, CancellationToken cancellationToken) => ReadAsync(Hash(key), cancellationToken);

    public Task RemoveAsync(string key, CancellationToken cancellationToken) => sessions.DeleteAsync(Hash(key), cancellationToken);

    private Task<bool> PutAsync(string id, AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        Stamp(ticket, id);
        var actor = Actor.From(ticket.Principal) ?? throw new InvalidOperationException("Only a complete identity becomes a session.");
        var content = Protector(id).Protect(TicketSerializer.Default.Serialize(ticket));
        return sessions.PutAsync(
            new SessionTicket(id, actor.Access.TenantId, actor.Access.PersonId, content, ExpiresAt(ticket)) { Version = VersionOf(ticket) }, cancellationToken);
    }

    private async Task ChangeAsync(string id, Func<AuthenticationTicket, bool> change, CancellationToken cancellationToken)
    {
        // If the session was renewed meanwhile, read it again and repeat.
        while (await sessions.FindAsync(id, cancellationToken) is { } row && Open(row) is { } ticket && change(ticket))
        {
            if (await sessions.PutAsync(row with { Ticket = Protector(id).Protect(TicketSerializer.Default.Serialize(ticket)) }, cancellationToken))
                return;
        }
    }

    private async Task<AuthenticationTicket?> ReadAsync(string id, CancellationToken cancellationToken) =>
        await sessions.FindAsync(id, cancellationToken) is { } row ? Open(row) : null;

    private AuthenticationTicket? Open(SessionTicket row)
    {
        if (row.ExpiresAt <= time.GetUtcNow())
            return null;
        try
        {
            var ticket = TicketSerializer.Default.Deserialize(Protector(row.SessionId).Unprotect(row.Ticket));
            ticket?.Properties.Items[Version] = row.Version?.ToString(CultureInfo.InvariantCulture);
            return ticket;
        }
        catch (CryptographicException e)
        {
            Log.Unreadable(logger, e);
            return null;
        }
    }

    private IDataProtector Protector(string id) => protection.CreateProtector(Purpose, id);

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private void Stamp(AuthenticationTicket ticket, string id)
    {
        var identity = (ClaimsIdentity)ticket.Principal.Identity!;
        if (identity.FindFirst(Actor.SessionClaim) is { } old)
            identity.RemoveClaim(old);
        identity.AddClaim(new Claim(Actor.SessionClaim, id));
        if (!ticket.Properties.Items.ContainsKey(SignedInAt))
            ticket.Properties.Items[SignedInAt] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
    }

    // A sliding renewal of a ticket read before a role was lost would restore the role, so it is not stored; the next one is.
    private static int? VersionOf(AuthenticationTicket ticket) =>
        ticket.Properties.Items.TryGetValue(Version, out var version) ? int.Parse(version!, CultureInfo.InvariantCulture) : null;

    private DateTimeOffset ExpiresAt(AuthenticationTicket ticket)
    {
        var signedIn = DateTimeOffset.Parse(ticket.Properties.Items[SignedInAt]!, CultureInfo.InvariantCulture);
        var idle = ticket.Properties.ExpiresUtc ?? time.GetUtcNow() + settings.Value.Idle;
        var longest = signedIn + settings.Value.Longest;
        return idle < longest ? idle : longest;
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Warning, "A session cannot be decrypted with the present keys and has ended.")]
        public static partial void Unreadable(ILogger logger, Exception exception);
    }
}

using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Gateways;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>
/// Checks, before a pass acts, that writing is allowed and that the person whose rights it uses is signed in, and asks for their active roles.
/// </summary>
internal sealed class PassAdmission(
    ISessions sessions, IDirectory directory, RemoteCalls calls, IOptionsMonitor<SafetyOptions> safety, TimeProvider time)
{
    /// <summary>True if nothing may be done for anybody, so that colleagues' steps are held as well.</summary>
    public bool IsClosed(RunPass pass) => WhyClosed(pass) is not null;

    /// <returns>The active directory roles of the run's own person, or what holds the run.</returns>
    public async Task<Answer<IReadOnlyList<Guid>>> EnterAsync(RunPass pass, CancellationToken cancellationToken)
    {
        var access = pass.Run.Access;
        if (WhyClosed(pass) is { } closed)
            return new Answer<IReadOnlyList<Guid>>(null, closed, null);
        return await sessions.IsAliveAsync(access, cancellationToken)
            ? await RolesAsync(access, cancellationToken)
            : new Answer<IReadOnlyList<Guid>>(null, pass.Run.Kind == RunKind.Apply ? Hold.SignInAgain(null) : Hold.AskerSignIn(pass.Run.ApprovedBy), null);
    }

    /// <summary>Switches the pass to a colleague's rights for their step. The directory is asked only when the step needs a role.</summary>
    /// <returns>What holds the step; null when it may go on.</returns>
    public async Task<Hold?> EnterAsync(RunPass pass, ColleagueSignIn colleague, IStep step, CancellationToken cancellationToken)
    {
        if (!await sessions.IsAliveAsync(colleague.Access, cancellationToken))
            return Hold.ColleagueSignIn(colleague.Access.PersonId, colleague.Until - time.GetUtcNow());

        var roles = step.Roles.Count == 0 ? null : await RolesAsync(colleague.Access, cancellationToken);
        pass.Use(colleague.Access, roles?.Value ?? []);
        return roles?.Trouble;
    }

    // Taking a step back needs no region, so it must not wait for one.
    private Hold? WhyClosed(RunPass pass) => safety.CurrentValue.WritesStopped ? Hold.WritesStopped
        : pass.Region.IsConfigured || pass.Run.Kind == RunKind.Undo ? null : Hold.RegionGone(pass.Region.Key);

    private Task<Answer<IReadOnlyList<Guid>>> RolesAsync(TenantAccess access, CancellationToken cancellationToken) =>
        calls.AskAsync(token => directory.GetActiveRolesAsync(access, token), said: null, explain: null, cancellationToken);
}

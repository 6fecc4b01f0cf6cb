using Luware.Onboarding.Audit;

namespace Luware.Portal.Operations;

/// <summary>The commands about the audit. Results go to <paramref name="output"/>, faults to <paramref name="errors"/>.</summary>
internal sealed class AuditCommands(IAuditKeeper keeper, TextWriter output, TextWriter errors)
{
    /// <returns>0 if every chain is whole, 1 if one is broken or missing, 2 if a file holds no anchor.</returns>
    public async Task<int> VerifyAsync(PortalCommand.VerifyAudit command, CancellationToken cancellationToken)
    {
        List<WrittenAnchor> anchors = command.Anchor is { } anchor ? [new WrittenAnchor(null, anchor)] : [];
        foreach (var file in command.Files)
        {
            await using var content = File.OpenRead(file);
            var found = await WrittenAnchors.ReadAsync(content, cancellationToken).ToListAsync(cancellationToken);
            if (found.Count == 0)
            {
                // Probably the wrong file. Checking without it would wrongly report that everything matches.
                await errors.WriteLineAsync($"{file} holds no anchors. Nothing was checked.");
                return CommandLine.Misused;
            }

            await output.WriteLineAsync($"{file}: {found.Count} anchors.");
            anchors.AddRange(found);
        }

        return await VerifyAsync(command.Tenant, anchors, cancellationToken);
    }

    /// <returns>0 if the person was forgotten, 1 if nobody is known by that id.</returns>
    public async Task<int> EraseAsync(PortalCommand.ErasePerson command, CancellationToken cancellationToken)
    {
        var chains = await keeper.EraseAsync(command.Person, command.Tenant, cancellationToken);
        if (chains == 0)
        {
            await errors.WriteLineAsync("Nobody is known by that object id.");
            return 1;
        }

        await output.WriteLineAsync($"Forgotten in {chains} of the chains. What was done stays, under the object id.");
        return 0;
    }

    private async Task<int> VerifyAsync(Guid? tenant, List<WrittenAnchor> anchors, CancellationToken cancellationToken)
    {
        var (checkedChains, broken) = (0, 0);
        await foreach (var chain in keeper.VerifyAsync(tenant, anchors, cancellationToken))
        {
            checkedChains++;
            broken += chain.Finding.IsWhole ? 0 : 1;
            await output.WriteLineAsync($"{chain.Name ?? "(no customer)"} ({chain.EntraTenantId}): {Words(chain.Finding)}");
            foreach (var misfit in chain.Finding.Misfits)
                await output.WriteLineAsync($"  does not fit: the anchor {misfit}");
        }

        if (tenant is not null && checkedChains == 0)
        {
            await errors.WriteLineAsync($"There is no customer of the tenant {tenant}, and no chain.");
            return 1;
        }

        await output.WriteLineAsync($"{checkedChains} checked, {broken} broken.");
        return broken == 0 ? 0 : 1;
    }

    private static string Words(AuditFinding finding) => finding switch
    {
        { Fault: { } fault } => $"BROKEN, {Words(fault)} {finding.Entries} before it are as they were written.",
        { Head: { } head } => $"whole, {finding.Entries} entries, ends at {head}",
        _ => "nothing has happened yet",
    };

    private static string Words(AuditFault fault) => fault.Kind switch
    {
        AuditFaultKind.Changed => $"entry {fault.Sequence} was changed or put in.",
        AuditFaultKind.Removed => $"entry {fault.Sequence} was removed.",
        AuditFaultKind.Moved => $"entry {fault.Sequence} was entry {fault.Was}: it was moved.",
        AuditFaultKind.Detached => $"entry {fault.Sequence} does not follow the one before it.",
        AuditFaultKind.UnknownKey => $"entry {fault.Sequence} is sealed with a key that the settings do not name.",
        AuditFaultKind.Cut => $"entry {fault.Sequence} and all after it were cut off.",
        AuditFaultKind.BehindHead => $"entry {fault.Sequence} comes after what the head calls the end.",
        AuditFaultKind.NotAnchored => $"entry {fault.Sequence} is not the one that was anchored.",
        _ => $"the head, which should be at entry {fault.Sequence}, is missing or was changed.",
    };
}

using System.Data.Common;
using Luware.Onboarding.Audit;
using Luware.Portal.Settings;

namespace Luware.Portal.Operations;

/// <summary>What the program does instead of serving when it is asked about the audit at its command line.</summary>
internal sealed class AuditCommands
{
    private const string Usage = """
        --verify-audit [--tenant <Entra tenant id> [--anchor <number:seal>]] [--anchors <file>]...
            checks every chain of the audit, or one, also against ends that were written down; a file is one of the portal's log or a hand-over's JSON
        --erase-person <object id> [--tenant <Entra tenant id>]
            forgets a person's names
        """;

    private readonly string command;
    private readonly string? person;
    private string? tenant;
    private string? anchor;
    private readonly List<string?> files = [];

    private AuditCommands(string command, string? person) => (this.command, this.person) = (command, person);

    /// <returns>Null where the arguments ask for none of these; otherwise also the settings that are left of them.</returns>
    public static AuditCommands? Find(string[] args, out string[] settings)
    {
        AuditCommands? found = null;
        var rest = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--verify-audit":
                    found = new AuditCommands(args[i], null);
                    break;
                case "--erase-person":
                    found = new AuditCommands(args[i], Next(args, ref i));
                    break;
                case "--tenant" when found is not null:
                    found.tenant = Next(args, ref i);
                    break;
                case "--anchor" when found is not null:
                    found.anchor = Next(args, ref i);
                    break;
                case "--anchors" when found is not null:
                    found.files.Add(Next(args, ref i));
                    break;
                default:
                    rest.Add(args[i]);
                    break;
            }
        }

        settings = [.. rest];
        return found;
    }

    /// <returns>The process's exit code: 0 where everything is whole or was done.</returns>
    public async Task<int> RunAsync(Func<WebApplication> build, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            // Built and never started: nothing listens, nothing runs, and the database is taken as it is.
            await using var app = build();
            return await RunAsync(app.Services, output, cancellationToken);
        }
        catch (Exception e) when (e is SettingsException or DbException or IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <inheritdoc cref="RunAsync(Func{WebApplication}, TextWriter, CancellationToken)"/>
    public async Task<int> RunAsync(IServiceProvider services, TextWriter output, CancellationToken cancellationToken)
    {
        var keeper = services.GetRequiredService<IAuditKeeper>();
        var ofTenant = Guid.TryParse(tenant, out var id) ? id : (Guid?)null;
        var known = AuditAnchor.Parse(anchor);
        if ((tenant is not null && ofTenant is null) || (anchor is not null && (known is null || ofTenant is null)))
            return await FailAsync(output);
        if (person is null && command == "--verify-audit")
        {
            return files.Contains(null) || await AnchorsAsync(known is null ? [] : [new WrittenAnchor(null, known)], output, cancellationToken) is not { } anchors
                ? await FailAsync(output)
                : await VerifyAsync(keeper, ofTenant, anchors, output, cancellationToken);
        }

        if (!Guid.TryParse(person, out var objectId))
            return await FailAsync(output);

        var chains = await keeper.EraseAsync(objectId, ofTenant, cancellationToken);
        await output.WriteLineAsync(chains == 0 ? "Nobody is known by that object id." : $"Forgotten in {chains} of the chains. What was done stays, under the object id.");
        return chains == 0 ? 1 : 0;
    }

    /// <returns>Null where a file holds none: whoever names one by mistake must not be told that everything fits.</returns>
    private async Task<List<WrittenAnchor>?> AnchorsAsync(List<WrittenAnchor> anchors, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await using var content = File.OpenRead(file!);
            var found = await WrittenAnchors.ReadAsync(content, cancellationToken).ToListAsync(cancellationToken);
            await output.WriteLineAsync($"{file}: {found.Count} anchors.");
            if (found.Count == 0)
                return null;
            anchors.AddRange(found);
        }

        return anchors;
    }

    private static async Task<int> VerifyAsync(IAuditKeeper keeper, Guid? tenant, List<WrittenAnchor> anchors, TextWriter output, CancellationToken cancellationToken)
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
            await output.WriteLineAsync($"There is no customer of the tenant {tenant}, and no chain.");
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
        AuditFaultKind.Detached => $"entry {fault.Sequence} does not follow what stands before it.",
        AuditFaultKind.UnknownKey => $"entry {fault.Sequence} is sealed with a key that the settings do not name.",
        AuditFaultKind.Cut => $"entry {fault.Sequence} and all after it were cut off.",
        AuditFaultKind.BehindHead => $"entry {fault.Sequence} comes after what the head calls the end.",
        AuditFaultKind.NotAnchored => $"entry {fault.Sequence} is not the one that was anchored.",
        _ => $"the head, which should stand at entry {fault.Sequence}, is missing or was changed.",
    };

    private static async Task<int> FailAsync(TextWriter output)
    {
        await output.WriteLineAsync(Usage);
        return 2;
    }

    private static string? Next(string[] args, ref int i) => i + 1 < args.Length ? args[++i] : null;
}

using System.Globalization;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>What follows for recording from the kind of a group, from its owners, and from the licences that the tenant holds.</summary>
internal sealed class GroupNotes(IReadOnlyList<Licence>? licences, SecurityGroupsOptions options)
{
    /// <summary>By which somebody may be recorded, or not be, against what the customer expects.</summary>
    public IEnumerable<Sentence> Warnings(GroupReading found)
    {
        if (Kind(found.Group!) is { } kind)
            yield return For(found.Wanted.Role, kind);
        if (found.NestedGroups > 0)
            yield return For(found.Wanted.Role, new Sentence("SecurityGroups.Note.Nested"));
        if (Licences(found) is { IsEnough: false } few)
            yield return few.Said;
    }

    public IEnumerable<Sentence> Of(GroupReading found)
    {
        yield return found.Owners is []
            ? new Sentence("SecurityGroups.Note.NoOwner")
            : new Sentence("SecurityGroups.Note.Owners", string.Join(", ", found.Owners.Select(o => o.ToPerson().Name)));
        if (Licences(found) is { IsEnough: true } enough)
            yield return enough.Said;
    }

    /// <summary>Also said in the picker, before such a group is chosen; null for a plain security group.</summary>
    public static Sentence? Kind(Group group) => group switch
    {
        { IsDynamic: true } => new Sentence("SecurityGroups.Note.Dynamic"),
        { IsSynced: true } => new Sentence("SecurityGroups.Note.Synced"),
        { IsMicrosoft365: true } => new Sentence("SecurityGroups.Note.Microsoft365"),
        { IsRoleAssignable: true } => new Sentence("SecurityGroups.Note.RoleAssignable"),
        { SecurityEnabled: false } => new Sentence("SecurityGroups.Note.Distribution"),
        { MailEnabled: true } => new Sentence("SecurityGroups.Note.MailEnabled"),
        _ => null,
    };

    /// <summary>Nobody is recorded for being a supervisor or an administrator: what such a group gives is access.</summary>
    public static Sentence For(GroupRole role, Sentence note) => note.Key switch
    {
        "SecurityGroups.Note.Dynamic" or "SecurityGroups.Note.Microsoft365" or "SecurityGroups.Note.Nested" when role != GroupRole.RecordedUsers => note with { Key = $"{note.Key}.Access" },
        _ => note,
    };

    /// <summary>All that the tenant holds: whether each member has one, nobody has asked.</summary>
    private (bool IsEnough, Sentence Said)? Licences(GroupReading found)
    {
        if (licences is null || options.RecordingLicences.Count == 0 || found.Wanted.Role != GroupRole.RecordedUsers)
            return null;

        var held = licences.Where(options.Records).Sum(l => l.Held);
        var isEnough = held >= found.People;
        return (isEnough, new Sentence(isEnough ? "SecurityGroups.Note.Licences" : "SecurityGroups.Note.TooFewLicences", Number(held), Number(found.People)));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

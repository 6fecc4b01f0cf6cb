using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>Notes on what a group's kind, its owners and the tenant's licences mean for recording.</summary>
internal sealed class GroupNotes(IReadOnlyList<Licence>? licences, SecurityGroupsOptions options)
{
    /// <summary>Reasons why people may be recorded, or not be recorded, against the customer's expectation.</summary>
    public IEnumerable<Sentence> Warnings(GroupReading found)
    {
        if (Kind(found.Group!) is { } kind)
            yield return For(found.Wanted.Role, kind);
        if (found.Group is { SecurityEnabled: false } and ({ IsDynamic: true } or { IsSynced: true } or { IsMicrosoft365: true }))
            yield return new Sentence("SecurityGroups.Note.NotSecurity");
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

    /// <summary>A note about the group's kind, also shown in the picker before the group is chosen; null for a plain security group.</summary>
    public static Sentence? Kind(Group group) => group switch
    {
        { IsDynamic: true } => new Sentence("SecurityGroups.Note.Dynamic"),
        { IsSynced: true } => new Sentence("SecurityGroups.Note.Synced"),
        { IsRestricted: true } => new Sentence("SecurityGroups.Note.Restricted"),
        { IsMicrosoft365: true } => new Sentence("SecurityGroups.Note.Microsoft365"),
        { IsRoleAssignable: true } => new Sentence("SecurityGroups.Note.RoleAssignable"),
        { SecurityEnabled: false } => new Sentence("SecurityGroups.Note.Distribution"),
        { MailEnabled: true } => new Sentence("SecurityGroups.Note.MailEnabled"),
        _ => null,
    };

    /// <summary>Adapts a note to the role: supervisors and administrators are not recorded, their groups only give access.</summary>
    public static Sentence For(GroupRole role, Sentence note) => note.Key switch
    {
        "SecurityGroups.Note.Dynamic" or "SecurityGroups.Note.Microsoft365" or "SecurityGroups.Note.Nested" when role != GroupRole.RecordedUsers =>
            note with { Key = $"{note.Key}.Access" },
        _ => note,
    };

    /// <summary>Compares the tenant's licences with the members. It does not know whether each member has one.</summary>
    private (bool IsEnough, Sentence Said)? Licences(GroupReading found)
    {
        if (licences is null || options.RecordingLicences.Count == 0 || found.Wanted.Role != GroupRole.RecordedUsers)
            return null;

        var held = licences.Where(options.Records).Sum(l => l.Held);
        var isEnough = held >= found.People;
        var key = isEnough ? "SecurityGroups.Note.Licences" : "SecurityGroups.Note.TooFewLicences";
        return (isEnough, new Sentence(key, Sentence.Number(held), Sentence.Number(found.People)));
    }
}

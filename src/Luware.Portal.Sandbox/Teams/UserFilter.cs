using System.Text.RegularExpressions;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>
/// The filter of Get-CsOnlineUser: comparisons of the two properties that onboarding uses, joined by -or. A single one may leave out deleted people.
/// </summary>
internal sealed partial class UserFilter
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _policies = new(StringComparer.OrdinalIgnoreCase);
    private bool _isEverybody;
    private bool _leavesOutDeleted;

    /// <exception cref="TeamsRefusalException">The filter is not supported.</exception>
    public static UserFilter Parse(string? text)
    {
        var filter = new UserFilter { _isEverybody = text is null };
        var parts = text is null ? [] : Or().Split(text);
        foreach (var part in parts)
        {
            var match = Comparison().Match(part);
            filter._leavesOutDeleted = match.Groups["living"].Success;
            if (!match.Success || (filter._leavesOutDeleted && parts.Length > 1))
                throw TeamsRefusalException.Invalid($"The filter '{part}' is not supported.", text);
            var into = match.Groups["property"].Value == "UserPrincipalName" ? filter._names : filter._policies;
            into.Add(match.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal));
        }

        return filter;
    }

    /// <exception cref="TeamsRefusalException">The filter names a policy that does not exist.</exception>
    public IEnumerable<Person> Find(CmdletCall call)
    {
        var named = _policies.Select(p => PolicyCmdlets.Require(call, p).Name).ToHashSet(StringComparer.Ordinal);
        var holders = UserCmdlets.DirectAssignments(call).Where(a => named.Contains(a.PolicyName)).Select(a => a.PersonId).ToHashSet();
        return call.Tenant.People.Concat(_leavesOutDeleted ? [] : call.Tenant.DeletedPeople)
            .Where(p => _isEverybody || _names.Contains(p.UserPrincipalName) || holders.Contains(p.Id));
    }

    [GeneratedRegex(@"\s+-or\s+(?=(?:[^']*'[^']*')*[^']*$)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Or();

    [GeneratedRegex(
        @"^\s*(?<property>UserPrincipalName|TeamsComplianceRecordingPolicy)\s+-eq\s+'(?<value>(?:[^']|'')*)'"
        + @"(?<living>\s+-and\s+SoftDeletionTimestamp\s+-eq\s+\$null)?\s*$",
        RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comparison();
}

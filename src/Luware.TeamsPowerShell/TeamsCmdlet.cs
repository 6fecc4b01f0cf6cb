namespace Luware.TeamsPowerShell;

/// <summary>A cmdlet that may run, with its permitted parameters.</summary>
public sealed record TeamsCmdlet(string Name, IReadOnlyList<TeamsCmdletParameter> Parameters)
{
    public TeamsCmdletParameter? Find(string parameter) => Parameters.FirstOrDefault(p => string.Equals(p.Name, parameter, StringComparison.Ordinal));

    /// <summary>Returns why the command may not run, or null.</summary>
    internal string? FindFault(TeamsCommand command)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in command.Parameters)
        {
            if (Find(name) is not { } parameter)
                return $"-{name} is not one of the parameters that may be used.";
            if (!given.Add(name))
                return $"-{name} is given twice.";
            if (parameter.FindFault(value) is { } fault)
                return $"-{name} {fault}";
        }
        return Parameters.FirstOrDefault(p => p.Mandatory && !given.Contains(p.Name)) is { } missing ? $"-{missing.Name} is missing." : null;
    }
}

/// <summary>The type of a parameter's value.</summary>
public enum TeamsParameterType
{
    /// <summary>A string, or one of the module's own identity types that are created from a string; ids are accepted as well.</summary>
    Text,
    Flag,
    Switch,
    Number,
    Id,
    Date,

    /// <summary>The name of a policy type; only the one for compliance recording is accepted.</summary>
    PolicyType,

    /// <summary>At most one paired application.</summary>
    PairedApplications,
}

/// <summary>A permitted parameter and its type.</summary>
public sealed record TeamsCmdletParameter(string Name, TeamsParameterType Type)
{
    public bool Mandatory { get; init; }

    /// <summary>Whether $null is allowed; it removes the policy or the pairing.</summary>
    public bool Nullable { get; init; }

    /// <summary>Whether the value may name the tenant's own policy (Global), which applies to everybody.</summary>
    public bool AllowsGlobal { get; init; } = true;

    /// <summary>Returns what is wrong with the value, or null. A value that is not known yet is always accepted.</summary>
    internal string? FindFault(TeamsValue value) => value switch
    {
        TeamsValue.Later => null,
        TeamsValue.Null => Nullable ? null : "cannot be $null.",
        TeamsValue.Text text => FindFault(text.Value),
        TeamsValue.Flag => Type is TeamsParameterType.Flag or TeamsParameterType.Switch ? null : Mismatch,
        TeamsValue.Number => Type is TeamsParameterType.Number ? null : Mismatch,
        TeamsValue.Id => Type is TeamsParameterType.Id or TeamsParameterType.Text ? null : Mismatch,
        TeamsValue.Date => Type is TeamsParameterType.Date ? null : Mismatch,
        TeamsValue.List list => Type is TeamsParameterType.PairedApplications ? FindFault(list) : Mismatch,
        _ => Mismatch,
    };

    private string Mismatch => $"takes another type of value ({Type}).";

    private string? FindFault(string text) => Type switch
    {
        TeamsParameterType.PolicyType =>
            text == TeamsCmdlets.ComplianceRecordingPolicyType ? null : $"can only be {TeamsCmdlets.ComplianceRecordingPolicyType}.",
        not TeamsParameterType.Text => Mismatch,
        _ when Mandatory && string.IsNullOrWhiteSpace(text) => "cannot be empty.",
        _ when !AllowsGlobal && NamesGlobal(text) => "cannot name the tenant's own policy, which is in force for everybody.",
        _ when HasLoneSurrogate(text) => "contains half of a character and cannot be sent unchanged.",
        _ => null,
    };

    private static string? FindFault(TeamsValue.List applications)
    {
        if (applications.Items.Count > 1)
            return "takes one paired application at most.";
        return applications.Items is [var item] && item is not TeamsValue.Nested { Command.Name: TeamsCmdlets.PairedApplicationCmdlet }
            ? $"takes what {TeamsCmdlets.PairedApplicationCmdlet} makes."
            : applications.Items.OfType<TeamsValue.Nested>().Select(n => FindFault(n.Command)).FirstOrDefault();
    }

    private static string? FindFault(TeamsCommand pairedApplication) =>
        TeamsCmdlets.All.First(c => c.Name == TeamsCmdlets.PairedApplicationCmdlet).FindFault(pairedApplication);

    private static bool NamesGlobal(string identity)
    {
        var name = identity.Trim();
        var policy = name.StartsWith("Tag:", StringComparison.OrdinalIgnoreCase) ? name[4..].Trim() : name;
        return policy.Split('/')[0].Trim().Equals("Global", StringComparison.OrdinalIgnoreCase);
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return true;
        }
        return false;
    }
}

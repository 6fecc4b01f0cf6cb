using Luware.Onboarding.Gateways;
using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>The limits of Luware's solution package and of Microsoft's licences.</summary>
public sealed class SecurityGroupsOptions : ISettings
{
    public static string Section => "SecurityGroups";

    /// <summary>How many groups Luware Recording may synchronise, all roles together.</summary>
    public int MostGroups { get; set; } = GroupLimit.Default;

    /// <summary>Part numbers of the products that allow recording a person.</summary>
    public IList<string> RecordingLicences { get; } = [];

    /// <summary>Compares part numbers without spaces, because Microsoft writes some with spaces, even non-breaking ones.</summary>
    public bool Records(Licence licence) => RecordingLicences.Any(name => Plain(name).Equals(Plain(licence.Product), StringComparison.OrdinalIgnoreCase));

    private static string Plain(string product) => string.Concat(product.Where(c => c != '_' && !char.IsWhiteSpace(c)));

    public IEnumerable<string> Faults()
    {
        if (GroupLimit.Fault($"{Section}:{nameof(MostGroups)}", MostGroups) is { } fault)
            yield return fault;
        if (RecordingLicences.Any(string.IsNullOrWhiteSpace))
            yield return $"{Section}:{nameof(RecordingLicences)} holds an empty entry. "
                + "List part numbers of products, for example SPE_E5, or leave the list empty to compare nothing.";
    }
}

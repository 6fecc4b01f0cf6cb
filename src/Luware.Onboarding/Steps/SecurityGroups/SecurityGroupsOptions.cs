using Luware.Onboarding.Gateways;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>What Luware's solution package and Microsoft's licences allow.</summary>
public sealed class SecurityGroupsOptions
{
    public const string Section = "SecurityGroups";

    /// <summary>How many groups Luware Recording may synchronise, all roles together.</summary>
    public int MostGroups { get; set; } = 10;

    /// <summary>Part numbers of the products with which Microsoft records a person.</summary>
    public IList<string> RecordingLicences { get; } = [];

    /// <summary>Microsoft writes some part numbers with spaces, also with those that do not break.</summary>
    public bool Records(Licence licence) => RecordingLicences.Any(name => Plain(name).Equals(Plain(licence.Product), StringComparison.OrdinalIgnoreCase));

    private static string Plain(string product) => string.Concat(product.Where(c => c != '_' && !char.IsWhiteSpace(c)));

    internal sealed class Validator : IValidateOptions<SecurityGroupsOptions>
    {
        private const int Roles = 3, MostOfTeams = 64;

        public ValidateOptionsResult Validate(string? name, SecurityGroupsOptions options)
        {
            var faults = new List<string>();
            if (options.MostGroups is < Roles or > MostOfTeams)
                faults.Add($"{Section}:{nameof(MostGroups)} is {options.MostGroups}. Set it to a number from {Roles} to {MostOfTeams}: the groups that the customer's solution package may synchronise.");
            if (options.RecordingLicences.Any(string.IsNullOrWhiteSpace))
                faults.Add($"{Section}:{nameof(RecordingLicences)} holds an empty entry. List part numbers of products, for example SPE_E5, or leave the list empty to compare nothing.");
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}

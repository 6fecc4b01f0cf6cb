using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

/// <summary>Luware's solution packages, as settings: Packages:Standard:MostGroups and so on.</summary>
public sealed class PackageOptions
{
    public const string Section = "Packages";

    public Dictionary<string, PackageSettings> Packages { get; } = new(StringComparer.OrdinalIgnoreCase);

    public PackageSettings? Find(string? key) => key is null ? null : Packages.GetValueOrDefault(key);

    internal sealed class Validator : IValidateOptions<PackageOptions>
    {
        private const int Roles = 3, MostOfTeams = 64;

        public ValidateOptionsResult Validate(string? name, PackageOptions options)
        {
            var faults = options.Packages.SelectMany(p => Check($"{Section}:{p.Key}", p.Key, p.Value)).ToList();
            if (options.Packages.Count == 0)
                faults.Add($"{Section} is empty. Describe at least one solution package, as appsettings.json does.");
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }

        private static IEnumerable<string> Check(string place, string key, PackageSettings package)
        {
            if (key.Length > 40)
                yield return $"{place} has a key of {key.Length} characters. Use 40 at most.";
            if (string.IsNullOrWhiteSpace(package.Name))
                yield return $"{place}:Name is missing. Set it to the package's name.";
            if (package.MostGroups is < Roles or > MostOfTeams)
                yield return $"{place}:MostGroups is {package.MostGroups}. Set it to a number from {Roles} to {MostOfTeams}: the groups that the package may synchronise.";
        }
    }
}

public sealed class PackageSettings
{
    public string? Name { get; set; }

    /// <summary>How many groups Luware Recording may synchronise, all roles together.</summary>
    public int MostGroups { get; set; } = 10;
}

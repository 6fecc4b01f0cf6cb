using Luware.Onboarding.Regions;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

/// <summary>The customers that are being onboarded, as the settings list them.</summary>
public sealed class CustomerOptions
{
    public const string Section = "Customers";

    public IList<CustomerSetting> Customers { get; } = [];

    internal sealed class Validator(IRegionCatalog regions) : IValidateOptions<CustomerOptions>
    {
        public ValidateOptionsResult Validate(string? name, CustomerOptions options)
        {
            var faults = options.Customers.SelectMany(Check).ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

            IEnumerable<string> Check(CustomerSetting customer, int index)
            {
                var key = $"{Section}:{index}";
                if (!Guid.TryParse(customer.TenantId, out var id) || id == Guid.Empty)
                    yield return $"{key}:TenantId is \"{customer.TenantId}\". Set it to the id of the customer's Entra tenant.";
                else if (options.Customers.Take(index).Any(c => Guid.TryParse(c.TenantId, out var other) && other == id))
                    yield return $"{key}:TenantId is {id}, which is in the list already. Remove one of the two.";
                if (string.IsNullOrWhiteSpace(customer.Name))
                    yield return $"{key}:Name is missing. Set it to the customer's name.";
                if (customer.SpecialistMail is not null && !customer.SpecialistMail.Contains('@', StringComparison.Ordinal))
                    yield return $"{key}:SpecialistMail is \"{customer.SpecialistMail}\". Set a mail address, or leave it away.";
                if (regions.Find(customer.Region ?? "") is null)
                    yield return $"{key}:Region is \"{customer.Region}\". Set it to one of {string.Join(", ", regions.All.Select(r => r.Key))}.";
            }
        }
    }
}

public sealed class CustomerSetting
{
    public string? TenantId { get; set; }

    public string? Name { get; set; }

    public string? Region { get; set; }

    /// <summary>Luware's success specialist for this customer, shown to its administrators.</summary>
    public string? SpecialistName { get; set; }

    public string? SpecialistMail { get; set; }
}

using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

/// <summary>Luware's own people.</summary>
public sealed class StaffOptions
{
    public const string Section = "Staff";

    /// <summary>
    /// Luware's own Entra tenant. Without it there are no specialists, because any tenant can assign the portal's app roles to its own people.
    /// </summary>
    public string? TenantId { get; set; }

    public Guid? Tenant => Guid.TryParse(TenantId, out var id) && id != Guid.Empty ? id : null;

    internal sealed class Validator : IValidateOptions<StaffOptions>
    {
        public ValidateOptionsResult Validate(string? name, StaffOptions options) =>
            string.IsNullOrWhiteSpace(options.TenantId) || options.Tenant is not null
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{Section}:{nameof(TenantId)} is \"{options.TenantId}\". Set it to the id of Luware's own Entra tenant, or leave it away to have no specialists.");
    }
}

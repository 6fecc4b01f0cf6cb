using Luware.Onboarding.Tenants;
using Luware.Portal.Settings;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Components;

/// <summary>Who at Luware looks after a customer: whom the customer's own settings name, or else whom everybody's do.</summary>
internal sealed class Specialists(IOptions<CustomerOptions> customers, IOptions<SupportSettings> support)
{
    public Specialist? Of(Guid entraTenantId)
    {
        var customer = customers.Value.Customers.FirstOrDefault(c => Guid.TryParse(c.TenantId, out var id) && id == entraTenantId);
        return Of(customer?.SpecialistName, customer?.SpecialistMail) ?? Of(support.Value.SpecialistName, support.Value.SpecialistMail);
    }

    private static Specialist? Of(string? name, string? mail) => name is null ? null : new Specialist(name, mail);
}

internal sealed record Specialist(string Name, string? Mail);

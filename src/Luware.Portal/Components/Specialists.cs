using Luware.Onboarding.Engine;
using Luware.Portal.Settings;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Components;

/// <summary>The contact at Luware for a customer: the customer's own specialist, or the one that the settings name for everybody.</summary>
internal sealed class Specialists(IOptions<SupportSettings> support)
{
    public Contact? Of(OnboardingTenant tenant) =>
        tenant.Specialist ?? (support.Value.SpecialistName is { } name ? new Contact(name, support.Value.SpecialistMail) : null);
}

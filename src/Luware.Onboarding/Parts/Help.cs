using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Parts;

/// <summary>Whom people can contact. Missing entries are not shown.</summary>
/// <param name="Desk">Luware's helpdesk: a page or a mail address.</param>
/// <param name="Status">The status page of Luware's own services.</param>
/// <param name="Specialist">The contact for customers without a success specialist of their own.</param>
public sealed record Help(Uri? Desk, Uri? Status, Contact? Specialist = null)
{
    /// <summary>The contact at Luware for a customer; null if none is known.</summary>
    public Contact? ContactOf(OnboardingTenant tenant) => tenant.Specialist ?? Specialist;
}

using Luware.Onboarding.Data.Entities;

namespace Luware.Onboarding.Engine;

/// <summary>
/// The steps of a customer that a person may work on. Only <see cref="Admission"/> creates it; it is not a record, so that no changed copy can be made.
/// </summary>
internal sealed class StepAuthorization(CustomerTenant customer, IReadOnlySet<string>? handed)
{
    public CustomerTenant Customer { get; } = customer;

    /// <summary>The steps that were handed to a colleague; null for a person who may work on every step.</summary>
    public IReadOnlySet<string>? Handed { get; } = handed;

    public bool IsColleague => Handed is not null;

    public bool Covers(string step) => Handed?.Contains(step) != false;
}

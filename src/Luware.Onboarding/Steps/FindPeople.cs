using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Steps;

/// <summary>Finds people of the customer's tenant by a part of their name, for a person who makes a choice.</summary>
/// <returns>Null if the directory cannot be asked at the moment.</returns>
public delegate Task<IReadOnlyList<ChoiceOption>?> FindPeople(string text, CancellationToken cancellationToken);

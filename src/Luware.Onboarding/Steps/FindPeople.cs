using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Steps;

/// <summary>Finds people of the customer's tenant by a part of their name, for a person who chooses.</summary>
/// <returns>Null where the directory could not be asked now.</returns>
public delegate Task<IReadOnlyList<ChoiceOption>?> FindPeople(string text, CancellationToken cancellationToken);

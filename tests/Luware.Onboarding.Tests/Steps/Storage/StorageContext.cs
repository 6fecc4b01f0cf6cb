using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Storage;

namespace Luware.Onboarding.Tests.Steps.Storage;

/// <summary>A customer in Switzerland who has chosen a storage account.</summary>
public abstract class StorageContext
{
    private protected StorageContext() => Choose(Chosen);

    private protected static StorageChoice Chosen => new StorageChoice() with { ResourceId = FakeStorage.Id.ToString() };

    private protected StepWorld World { get; } = new(StepWorld.Switzerland with { StorageLocations = ["switzerlandnorth"] });

    private protected void Choose(StorageChoice choice, Chosen? chosen = null) => World.Choices = StepChoices.None.With(StorageStep.StepName, choice, chosen);
}

using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Parts;

/// <summary>What a person calls an object of a plan.</summary>
public static class ObjectNames
{
    /// <summary>A step of which nothing could be read stands in its own plan by its name, which is a word of ours and not of the tenant's.</summary>
    public static string Name(this Say say, PlannedObject item) => item.Kind.Key == "Engine.Reading" ? say.Step(item.Name) : item.Name;
}

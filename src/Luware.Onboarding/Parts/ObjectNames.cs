using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Parts;

/// <summary>Names an object of a plan for people.</summary>
public static class ObjectNames
{
    /// <summary>
    /// The object's name. A step that could not be read at all is an object of its own plan; its name is the portal's text, not the tenant's. An object that
    /// has no name yet is called by its kind.
    /// </summary>
    public static string Name(this Say say, PlannedObject item) => item.Kind.Key == "Engine.Reading" ? say.Step(item.Name)
        : item.Name == PlannedObject.Nameless ? say[item.Kind]
        : item.Name;
}

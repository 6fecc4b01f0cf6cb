using Luware.Onboarding.Engine;
using Luware.Portal;
using Microsoft.AspNetCore.Components;
using Mono.Cecil;

namespace Luware.Onboarding.Tests.Isolation.Circuits;

/// <summary>Where pages ask something in a person's name, read from the compiled code: a new page, or a new question of an old one, is one that nobody has tried yet.</summary>
internal static class CircuitCalls
{
    /// <summary>"Component: IService.MethodAsync", each once.</summary>
    public static IReadOnlyList<string> Found { get; } =
    [
        .. new[] { typeof(IEngine), typeof(PortalApp) }.Select(t => t.Assembly).SelectMany(Read).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static List<string> Read(System.Reflection.Assembly assembly)
    {
        var doors = Doors.Offered.ToHashSet(StringComparer.Ordinal);
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return
        [
            .. from type in module.GetTypes()
               let caller = Outermost(type)
               where assembly.GetType(caller.FullName) is { } page && IsOfPages(page)
               from method in type.Methods
               where method.HasBody
               from called in method.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>()
               let call = $"{called.DeclaringType.Name}.{called.Name}"
               where doors.Contains(call)
               select $"{caller.Name}: {call}",
        ];
    }

    /// <summary>What the compiler makes of lambdas and of asynchronous methods lies within the type that they were written in.</summary>
    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>Components, and what serves them alone: services and endpoints are tried by their own matrices.</summary>
    private static bool IsOfPages(Type type) => type.IsAssignableTo(typeof(ComponentBase)) || type.Namespace is "Luware.Onboarding.Onboarding" or "Luware.Onboarding.Parts";
}

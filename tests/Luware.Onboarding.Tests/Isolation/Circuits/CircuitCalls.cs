using Luware.Onboarding.Engine;
using Luware.Portal;
using Microsoft.AspNetCore.Components;
using Mono.Cecil;

namespace Luware.Onboarding.Tests.Isolation.Circuits;

/// <summary>Finds in the compiled code where pages call services in a person's name, so that a new page or a new call without a test is noticed.</summary>
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

    /// <summary>The compiler puts lambdas and async methods into types nested in the type that contains them.</summary>
    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>Components and their helpers only: services and endpoints have their own matrices.</summary>
    private static bool IsOfPages(Type type) =>
        type.IsAssignableTo(typeof(ComponentBase)) || type.Namespace is "Luware.Onboarding.CustomerPages" or "Luware.Onboarding.Parts";
}

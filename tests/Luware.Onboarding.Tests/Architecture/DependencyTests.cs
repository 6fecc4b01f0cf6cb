using System.Reflection;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Portal;
using Luware.TeamsPowerShell;
using Microsoft.AspNetCore.Components;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NetArchTest.Rules;

namespace Luware.Onboarding.Tests.Architecture;

/// <summary>The rules about dependencies between the projects' parts. Each was seen to fail once (docs/decisions/0002).</summary>
public sealed class DependencyTests
{
    private static readonly Assembly Onboarding = typeof(IStep).Assembly;
    private static readonly Assembly Portal = typeof(PortalApp).Assembly;
    private static readonly Assembly Teams = typeof(TeamsCommand).Assembly;

    [Fact]
    public void References_run_downhill()
    {
        References(Teams).ShouldBe([]);
        References(Onboarding).ShouldBe(["Luware.TeamsPowerShell"]);
        References(Portal).ShouldBeSubsetOf(["Luware.Onboarding", "Luware.TeamsPowerShell"]);
    }

    [Fact]
    public void The_engine_knows_no_step() =>
        Refuse(Room("Luware.Onboarding.Engine").ShouldNot().HaveDependencyOn("Luware.Onboarding.Steps"));

    [Theory]
    [InlineData("Luware.Onboarding.Engine", "Microsoft.AspNetCore.Http")]
    [InlineData("Luware.Onboarding.Steps", "Microsoft.AspNetCore.Http")]
    [InlineData("Luware.Onboarding.Engine", "Microsoft.AspNetCore.Components")]
    [InlineData("Luware.Onboarding", "Microsoft.Graph")]
    [InlineData("Luware.Onboarding", "Microsoft.Identity.Client")]
    [InlineData("Luware.Onboarding", "System.Diagnostics.Process")]
    [InlineData("Luware.Onboarding.Steps", "Microsoft.EntityFrameworkCore")]
    [InlineData("Luware.Onboarding.CustomerPages", "Microsoft.EntityFrameworkCore")]
    [InlineData("Luware.Onboarding.Parts", "Microsoft.EntityFrameworkCore")]
    [InlineData("Luware.Onboarding.Gateways", "Microsoft.EntityFrameworkCore")]
    [InlineData("Luware.Onboarding.Regions", "Microsoft.EntityFrameworkCore")]
    [InlineData("Luware.Onboarding.Texts", "Microsoft.EntityFrameworkCore")]
    [InlineData("Luware.Onboarding", "Luware.TeamsPowerShell.ITeamsWorkerPool")]
    [InlineData("Luware.Onboarding", "Luware.TeamsPowerShell.ITeamsLease")]
    [InlineData("Luware.Onboarding", "Luware.TeamsPowerShell.Protocol")]
    [InlineData("Luware.Onboarding.Steps", "Quartz")]
    public void A_room_does_not_reach_for(string room, string what) =>
        Refuse(Room(room).ShouldNot().HaveDependencyOn(what));

    [Fact]
    public void Steps_hold_nothing_of_a_circuit() =>
        Refuse(Types.InAssembly(Onboarding).That().ImplementInterface(typeof(IStep))
            .ShouldNot().HaveDependencyOnAny("Microsoft.AspNetCore.Components", "Microsoft.JSInterop"));

    [Fact]
    public void Graph_types_stay_in_the_graph_gateway() =>
        Refuse(Types.InAssembly(Portal).That().DoNotResideInNamespaceStartingWith("Luware.Portal.Gateways.Graph")
            .ShouldNot().HaveDependencyOnAny("Microsoft.Graph", "Microsoft.Kiota"));

    [Fact]
    public void The_portal_uses_no_ef_types_of_its_own() =>
        Refuse(Types.InAssembly(Portal).ShouldNot().HaveDependencyOn("Microsoft.EntityFrameworkCore"));

    [Fact]
    public void The_portal_does_not_use_the_register_that_checks_no_rights() =>
        Refuse(Types.InAssembly(Portal).ShouldNot().HaveDependencyOn(typeof(ITenants).FullName));

    [Fact]
    public void The_portal_knows_no_sandbox() =>
        Repository.Files("src/Luware.Portal", "*.*")
            .Concat(Repository.Files("src/Luware.Onboarding", "*.*"))
            .Concat(Repository.Files("src/Luware.TeamsPowerShell", "*.*"))
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal))
            .Where(path => Repository.Lines(path).Any(line => line.Contains("sandbox", StringComparison.OrdinalIgnoreCase)))
            .ShouldBeEmpty();

    [Fact]
    public void A_step_is_made_of_gateways_clock_log_and_options()
    {
        var steps = Onboarding.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IStep))).ToList();
        steps.ShouldNotBeEmpty();
        steps.SelectMany(s => s.GetConstructors().Single().GetParameters(), (s, p) => (s.Name, p.ParameterType))
            .Where(p => !Allowed(p.ParameterType)).ShouldBeEmpty();

        static bool Allowed(Type type) =>
            type.Namespace is "Luware.Onboarding.Gateways" or "Luware.Onboarding.Regions" || type == typeof(TimeProvider)
            || (type.IsGenericType && type.Name is "ILogger`1" or "IOptions`1" or "IOptionsMonitor`1");
    }

    [Fact]
    public void A_component_injects_no_gateway_and_no_context() =>
        new[] { Onboarding, Portal }.SelectMany(a => a.GetTypes()).Where(t => t.IsAssignableTo(typeof(ComponentBase)))
            .SelectMany(Injected, (c, given) => (Component: c.Name, Given: given))
            .Where(x => x.Given.GenericTypeArguments.Append(x.Given).Any(t => t.Namespace is "Luware.Onboarding.Gateways" or "Luware.Onboarding.Data"))
            .Select(x => $"{x.Component} injects {x.Given.Name}")
            .ShouldBeEmpty();

    [Fact]
    public void Only_the_admission_authorizes()
    {
        using var module = ModuleDefinition.ReadModule(Onboarding.Location);

        var makers = module.GetTypes().SelectMany(t => t.Methods)
            .Where(m => m.HasBody && m.Body.Instructions.Any(IsAuthorization)).Select(m => Outermost(m.DeclaringType)).Distinct();

        makers.ShouldBe([typeof(Admission).FullName]);

        static bool IsAuthorization(Instruction instruction) =>
            instruction.OpCode == OpCodes.Newobj
            && instruction.Operand is MethodReference { DeclaringType: var made } && made.FullName == typeof(StepAuthorization).FullName;

        static string Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type.FullName;
    }

    private static PredicateList Room(string name)
    {
        var room = Types.InAssembly(Onboarding).That().ResideInNamespace(name);
        room.GetTypes().ShouldNotBeEmpty();
        return room;
    }

    private static IEnumerable<Type> Injected(Type component) =>
    [
        .. component.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(p => p.GetCustomAttribute<InjectAttribute>() is not null).Select(p => p.PropertyType),
        .. component.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.ParameterType),
    ];

    private static string[] References(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies().Select(r => r.Name!)
            .Where(n => n.StartsWith("Luware.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static void Refuse(ConditionList rule) =>
        (rule.GetResult().FailingTypeNames ?? []).ShouldBeEmpty();
}

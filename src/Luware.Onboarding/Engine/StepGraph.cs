using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Engine;

/// <summary>The order, dependencies and required roles of all steps, read once from the catalog.</summary>
internal sealed class StepGraph(IServiceScopeFactory scopes)
{
    private IReadOnlyList<StepNode>? nodes;

    public IReadOnlyList<StepNode> Nodes => nodes ?? throw new InvalidOperationException("The catalog of steps has not been read yet.");

    public async Task LoadAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = new List<StepNode>();
        foreach (var entry in scope.ServiceProvider.GetRequiredService<IStepCatalog>().Entries)
        {
            if (entry.DependsOn.FirstOrDefault(d => found.TrueForAll(n => n.Name != d)) is { } late)
                throw new InvalidOperationException($"Step {entry.Step.Name} depends on {late}, which does not come before it in the catalog.");
            found.Add(new StepNode(entry.Step.Name, entry.DependsOn, entry.Step.Roles, entry.CanFollow));
        }

        nodes = found;
    }

    /// <summary>True when some step needs one of the roles.</summary>
    public bool NeedsAnyOf(IReadOnlyList<Guid> roles) => Nodes.Any(n => n.Roles.Any(roles.Contains));

    public bool Has(string step) => Nodes.Any(n => n.Name == step);

    public bool IsWhole(IReadOnlyCollection<string> steps) => Nodes.All(n => steps.Contains(n.Name, StringComparer.Ordinal));

    /// <summary>The step and all its direct and indirect dependencies.</summary>
    public IReadOnlySet<string> Upstream(string step)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { step };
        foreach (var node in Nodes.Reverse().Where(n => reached.Contains(n.Name)))
            reached.UnionWith(node.DependsOn);
        return reached;
    }

    /// <summary>The step and everything that depends on it, directly or indirectly.</summary>
    public IReadOnlySet<string> Downstream(string step)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { step };
        foreach (var node in Nodes.Where(n => n.DependsOn.Any(reached.Contains)))
            reached.Add(node.Name);
        return reached;
    }
}

internal sealed record StepNode(string Name, IReadOnlyList<string> DependsOn, IReadOnlyList<Guid> Roles, bool CanFollow);

namespace Luware.TeamsPowerShell;

/// <summary>
/// One Teams cmdlet with typed parameters: the only thing that the portal's steps share with this library. The same value is
/// sent to the worker, shown to people before they approve, and written into the downloadable script.
/// </summary>
/// <param name="Name">The cmdlet's exact name; it must be one of <see cref="TeamsCmdlets"/>.</param>
/// <param name="Parameters">Parameters in the order in which they are shown.</param>
/// <param name="Select">Properties of the result objects that the caller reads; nothing else leaves the worker.</param>
public sealed record TeamsCommand(string Name, IReadOnlyList<TeamsParameter> Parameters, IReadOnlyList<string> Select)
{
    /// <summary>False while a parameter needs a value that another action will make.</summary>
    public bool IsComplete => Parameters.All(p => p.Value.IsKnown);
}

/// <summary>A parameter's exact name, without the dash, and its value.</summary>
public sealed record TeamsParameter(string Name, TeamsValue Value);

/// <summary>A typed parameter value. There is no way to put script text into a command.</summary>
public abstract record TeamsValue
{
    public virtual bool IsKnown => true;

    public sealed record Text(string Value) : TeamsValue;
    public sealed record Flag(bool Value) : TeamsValue;
    public sealed record Number(int Value) : TeamsValue;
    public sealed record Id(Guid Value) : TeamsValue;
    public sealed record Date(DateTimeOffset Value) : TeamsValue;
    public sealed record Null : TeamsValue;
    public sealed record List(IReadOnlyList<TeamsValue> Items) : TeamsValue
    {
        public override bool IsKnown => Items.All(i => i.IsKnown);
    }

    /// <summary>The result of another cmdlet, built inside the worker: the paired application.</summary>
    public sealed record Nested(TeamsCommand Command) : TeamsValue
    {
        public override bool IsKnown => Command.IsComplete;
    }

    /// <summary>A value that another action will make: <paramref name="Prefix"/> stands before it, <paramref name="What"/> names it.</summary>
    public sealed record Later(string Prefix, string What) : TeamsValue
    {
        public override bool IsKnown => false;
    }
}

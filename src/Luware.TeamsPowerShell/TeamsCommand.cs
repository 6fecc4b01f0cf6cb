using System.Text.Json.Serialization;

namespace Luware.TeamsPowerShell;

/// <summary>
/// One Teams cmdlet with typed parameters, the only thing that the portal's steps share with this library. The same value is sent to the worker, shown to
/// people before they approve (as PowerShell and in words), and written into the downloadable script.
/// </summary>
/// <param name="Name">The cmdlet's exact name; it must be one of <see cref="TeamsCmdlets"/>.</param>
/// <param name="Parameters">Parameters in the order in which they are shown.</param>
/// <param name="Select">Properties of the result objects that the caller reads; no others leave the worker.</param>
public sealed record TeamsCommand(string Name, IReadOnlyList<TeamsParameter> Parameters, IReadOnlyList<string> Select)
{
    /// <summary>False while a parameter needs a value that another action will create.</summary>
    [JsonIgnore]
    public bool IsComplete => Parameters.All(p => p.Value.IsKnown);

    /// <summary>The command as PowerShell text that does exactly what the worker would do.</summary>
    public string ToPowerShell(PowerShellLayout layout = PowerShellLayout.OneLine) => PowerShellText.Write(this, layout);

    /// <summary>The command in words, on one line.</summary>
    public TeamsSummary ToSummary() => TeamsSummary.Of(this);

    public bool Equals(TeamsCommand? other) =>
        other is not null && Name == other.Name && Parameters.SequenceEqual(other.Parameters) && Select.SequenceEqual(other.Select, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Name, Parameters.Count, Parameters.Count > 0 ? Parameters[0] : null, Select.Count);
}

/// <summary>How a command is laid out when it is shown.</summary>
public enum PowerShellLayout
{
    OneLine,

    /// <summary>A parameter per line, joined by backticks.</summary>
    Lines,

    /// <summary>One line of a script in which variables hold the values that other commands create.</summary>
    Script,
}

/// <summary>A parameter's exact name, without the dash, and its value.</summary>
public sealed record TeamsParameter(string Name, TeamsValue Value);

/// <summary>A typed parameter value. There is no way to put script text into a command.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Flag), "flag")]
[JsonDerivedType(typeof(Number), "number")]
[JsonDerivedType(typeof(Id), "id")]
[JsonDerivedType(typeof(Date), "date")]
[JsonDerivedType(typeof(Null), "null")]
[JsonDerivedType(typeof(List), "list")]
[JsonDerivedType(typeof(Nested), "nested")]
[JsonDerivedType(typeof(Later), "later")]
public abstract record TeamsValue
{
    [JsonIgnore]
    public virtual bool IsKnown => true;

    public sealed record Text(string Value) : TeamsValue;

    /// <summary>A Boolean parameter's value, or whether a switch is set.</summary>
    public sealed record Flag(bool Value) : TeamsValue;

    public sealed record Number(int Value) : TeamsValue;

    public sealed record Id(Guid Value) : TeamsValue;

    public sealed record Date(DateTimeOffset Value) : TeamsValue;

    public sealed record Null : TeamsValue;

    public sealed record List(IReadOnlyList<TeamsValue> Items) : TeamsValue
    {
        [JsonIgnore]
        public override bool IsKnown => Items.All(i => i.IsKnown);

        public bool Equals(List? other) => other is not null && Items.SequenceEqual(other.Items);

        public override int GetHashCode() => HashCode.Combine(Items.Count, Items.Count > 0 ? Items[0] : null);
    }

    /// <summary>The result of another cmdlet, built inside the worker: the paired application.</summary>
    public sealed record Nested(TeamsCommand Command) : TeamsValue
    {
        [JsonIgnore]
        public override bool IsKnown => Command.IsComplete;
    }

    /// <summary>A value that another action will create; <paramref name="Prefix"/> is written before it, <paramref name="What"/> names it.</summary>
    public sealed record Later(string Prefix, string What) : TeamsValue
    {
        /// <summary>The name, without the dollar sign, of the variable that holds the value in a script.</summary>
        public string? Variable { get; init; }

        [JsonIgnore]
        public override bool IsKnown => false;
    }
}

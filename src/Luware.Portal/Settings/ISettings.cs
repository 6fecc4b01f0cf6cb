namespace Luware.Portal.Settings;

/// <summary>A section of the settings that can say everything that is wrong with itself.</summary>
internal interface ISettings
{
    static abstract string Section { get; }

    /// <summary>One sentence a fault: the key, what is wrong and what to set.</summary>
    IEnumerable<string> Faults();
}

namespace Luware.Onboarding.Settings;

/// <summary>A section of the settings that names everything that is wrong with itself.</summary>
public interface ISettings
{
    /// <summary>Where the section is; empty for the root.</summary>
    static abstract string Section { get; }

    /// <summary>One sentence per fault: the key, what is wrong, and what to set.</summary>
    IEnumerable<string> Faults();
}

using Microsoft.Extensions.Configuration.KeyPerFile;
using Microsoft.Extensions.FileProviders;

namespace Luware.Portal.Settings;

/// <summary>Reads the files below Secrets:Directory once. Its type distinguishes their values from those of other directories.</summary>
internal sealed class SecretFiles(KeyPerFileConfigurationSource source) : KeyPerFileConfigurationProvider(source)
{
    public sealed class Source(string directory) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => new SecretFiles(
            new KeyPerFileConfigurationSource { FileProvider = new PhysicalFileProvider(directory), Optional = true, IgnoreCondition = SwitchFile.IsSwitch });
    }
}

using Microsoft.Extensions.Configuration.KeyPerFile;
using Microsoft.Extensions.FileProviders;

namespace Luware.Portal.Settings;

/// <summary>The files below Secrets:Directory: by its type what comes from there is told from what comes from any other directory.</summary>
internal sealed class SecretFiles(KeyPerFileConfigurationSource source) : KeyPerFileConfigurationProvider(source)
{
    public sealed class Source(string directory) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) =>
            new SecretFiles(new KeyPerFileConfigurationSource { FileProvider = new PhysicalFileProvider(directory), Optional = true, ReloadOnChange = true });
    }
}

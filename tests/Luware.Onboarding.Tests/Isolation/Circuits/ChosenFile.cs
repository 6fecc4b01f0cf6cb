using Microsoft.AspNetCore.Components.Forms;

namespace Luware.Onboarding.Tests.Isolation.Circuits;

/// <summary>
/// A script's result that is chosen in the browser. bUnit's own upload waits on the renderer's thread, where no answer of a database server can arrive.
/// </summary>
internal sealed class ChosenFile : IBrowserFile
{
    private static readonly byte[] Content = "{}"u8.ToArray();

    public string Name => "luware.result.json";

    public DateTimeOffset LastModified => default;

    public long Size => Content.Length;

    public string ContentType => "application/json";

    public Stream OpenReadStream(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) => new MemoryStream(Content);
}

using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Luware.Onboarding.Gateways;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Gateways.Azure;

/// <summary>Tests a container with the Blob SDK: writes a few bytes, reads them back and deletes them.</summary>
internal sealed class BlobProbe(ITokens tokens, IHttpClientFactory clients, IOptions<AzureSettings> settings, TimeProvider time)
{
    private const string Prefix = "luware-onboarding-test-";

    public Task RunAsync(TenantAccess access, Uri address, string containerName, CancellationToken cancellationToken) =>
        tokens.UseAsync(access, TokenPurpose.Blobs, async token =>
        {
            await RunAsync(token, address, containerName, cancellationToken);
            return true;
        }, cancellationToken);

    private async Task RunAsync(EntraToken token, Uri address, string containerName, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(BackChannels.Blobs);
        // The SDK sets this header only in its own way, and compares it with the answer's.
        using var named = HttpPipeline.CreateClientRequestIdScope(Correlation.OfNextCall().ToString());
        var container = new BlobServiceClient(address, new SessionCredential(token, time), Options(http)).GetBlobContainerClient(containerName);
        try
        {
            await CleanAsync(container, cancellationToken);
            await TryAsync(container.GetBlobClient($"{Prefix}{Guid.CreateVersion7():N}"), cancellationToken);
        }
        catch (Exception e) when (AzureFailures.Concerns(e) && !cancellationToken.IsCancellationRequested)
        {
            throw AzureFailures.Translate(e);
        }
    }

    /// <summary>Deletes blobs of earlier tests that were interrupted between writing and deleting.</summary>
    private static async Task CleanAsync(BlobContainerClient container, CancellationToken cancellationToken)
    {
        await foreach (var left in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, Prefix, cancellationToken))
            await DeleteAsync(container.GetBlobClient(left.Name), cancellationToken);
    }

    private async Task TryAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        var written = BinaryData.FromString(string.Create(CultureInfo.InvariantCulture, $"Luware onboarding tried this container at {time.GetUtcNow():O}."));
        await blob.UploadAsync(written, overwrite: false, cancellationToken);
        var read = await blob.DownloadContentAsync(cancellationToken);
        if (read.Value.Content.ToString() != written.ToString())
            throw new RefusedException(
                "The test blob came back changed.",
                new RemoteAnswer(AzureFailures.StorageService, "BlobContentDiffers", "", "What was read is not what was written.", null));
        await DeleteAsync(blob, cancellationToken);
    }

    /// <summary>Deletes the blob. A retention policy that keeps it is the purpose of the container; writing and reading are proven all the same.</summary>
    private static async Task DeleteAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode is "BlobImmutableDueToPolicy" or "BlobImmutableDueToLegalHold")
        {
            // The blob stays until its retention ends, as the plan has announced.
        }
    }

    private BlobClientOptions Options(HttpClient http) => new()
    {
        Transport = new HttpClientTransport(http),
        Retry =
        {
            MaxRetries = settings.Value.Retries, Mode = RetryMode.Exponential, Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = settings.Value.LongestWait, NetworkTimeout = settings.Value.AttemptTimeout,
        },
        Diagnostics = { IsTelemetryEnabled = false, IsLoggingContentEnabled = false, IsDistributedTracingEnabled = false },
    };
}

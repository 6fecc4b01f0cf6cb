using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Luware.Portal.Sandbox.Azure;

/// <summary>Microsoft's emulator of Blob storage as a child process, on https with its own certificate, because it accepts tokens only over https.</summary>
public sealed class Azurite : IAsyncDisposable
{
    private const string Program = "eng/node_modules/azurite/dist/src/blob/main.js";
    private const string Listens = "successfully listens on ";

    /// <summary>Makes the process end when its standard input closes, which means that its parent is gone.</summary>
    private const string LifeLine = "data:text/javascript,process.stdin.resume().on('end',()=>process.exit())";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private Azurite(Process process, DirectoryInfo folder, Uri address, HttpClient client) =>
        (_process, _folder, Address, Client) = (process, folder, address, client);

    public Uri Address { get; }

    /// <summary>A client that trusts only its certificate.</summary>
    public HttpClient Client { get; }

    /// <returns>Null if it is not installed; eng/tools.sh installs it.</returns>
    public static async Task<Azurite?> StartIfInstalledAsync(CancellationToken cancellationToken)
    {
        if (Find() is not { } program)
            return null;

        var folder = Directory.CreateTempSubdirectory("azurite-");
        using var certificate = MakeCertificate();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "cert.pem"), certificate.ExportCertificatePem(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "key.pem"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), cancellationToken);
        var process = Process.Start(StartInfo(program, folder)) ?? throw new InvalidOperationException("Azurite did not start.");
        try
        {
            var address = await ReadAddressAsync(process, cancellationToken);
            return new Azurite(process, folder, address, CreateClient(certificate.RawData));
        }
        catch
        {
            End(process, folder);
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        End(_process, _folder);
        return ValueTask.CompletedTask;
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, Program) is var program && File.Exists(program))
                return program;
        }

        return null;
    }

    private static ProcessStartInfo StartInfo(string program, DirectoryInfo folder) => new("node",
    [
        "--import", LifeLine, program, "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--oauth", "basic",
        "--cert", Path.Combine(folder.FullName, "cert.pem"), "--key", Path.Combine(folder.FullName, "key.pem"), "--blobHost", IPAddress.Loopback.ToString(),
        "--blobPort", "0",
    ])
    {
        UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullName,
    };

    private static async Task<Uri> ReadAddressAsync(Process process, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                found.TrySetException(new InvalidOperationException("Azurite ended before it listened."));
            else if (line.Data.IndexOf(Listens, StringComparison.Ordinal) is >= 0 and var at)
                found.TrySetResult(new Uri(line.Data[(at + Listens.Length)..]));
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return await found.Task.WaitAsync(StartLimit, cancellationToken);
    }

    private static HttpClient CreateClient(byte[] certificate) => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetRawCertData().AsSpan().SequenceEqual(certificate) == true,
        },
    });

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Azurite", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
    }

    private static void End(Process process, DirectoryInfo folder)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        folder.Delete(recursive: true);
    }
}

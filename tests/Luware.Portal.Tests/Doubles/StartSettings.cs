using System.Security.Cryptography;

namespace Luware.Portal.Tests.Doubles;

/// <summary>What a portal needs for a start outside production, as arguments of its command line.</summary>
internal static class StartSettings
{
    public static string[] Of(string connectionString) =>
    [
        "--environment=Development", "--Portal:PublicAddress=http://127.0.0.1:5000", "--Entra:ClientId=6f2a1c1e-36d4-4a52-9d1f-2f4f6c0b8e11",
        "--Entra:ClientSecret=of-a-test", "--Audit:CurrentKey=1", $"--Audit:Keys:1={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
        $"--Database:ConnectionString={connectionString}",
        "--Regions:MTCH:Applications:0:ApplicationId=0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c101",
        "--Regions:MTDE:Applications:0:ApplicationId=0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c102",
        "--Regions:MTDE:Applications:1:ApplicationId=0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c103",
    ];
}

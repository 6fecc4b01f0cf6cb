using System.Net;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Luware.Onboarding.Data;

/// <summary>Checks that the connection to a database server on another machine is encrypted and verifies the server's certificate.</summary>
public static class DatabaseProtection
{
    /// <returns>What is wrong; null if nothing is, or if the settings cannot be read, which their validation reports.</returns>
    public static string? FindFault(IConfiguration configuration)
    {
        var options = DataServices.Read(configuration);
        try
        {
            return options.AllowUnprotected ? null : options.Provider switch
            {
                DatabaseProvider.SqlServer when !IsProtected(new SqlConnectionStringBuilder(options.ConnectionString)) =>
                    "neither encrypts nor checks the server's certificate. Set Encrypt to Mandatory or Strict and leave TrustServerCertificate out",
                DatabaseProvider.PostgreSql when !IsProtected(new NpgsqlConnectionStringBuilder(options.ConnectionString)) =>
                    "does not check the server's certificate. Set SSL Mode to VerifyFull (or VerifyCA)",
                _ => null,
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return null;
        }
    }

    // Strict always checks the certificate, whatever else is set.
    private static bool IsProtected(SqlConnectionStringBuilder sql) =>
        IsThisMachine(SqlHost(sql.DataSource)) || sql.Encrypt.Equals(SqlConnectionEncryptOption.Strict)
        || (sql.Encrypt.Equals(SqlConnectionEncryptOption.Mandatory) && !sql.TrustServerCertificate);

    private static bool IsProtected(NpgsqlConnectionStringBuilder postgres) =>
        postgres.SslMode is SslMode.VerifyCA or SslMode.VerifyFull || (postgres.Host ?? "").Split(',').All(host => IsSocket(host) || IsThisMachine(host));

    private static bool IsSocket(string host) => host is ['/' or '@', ..];

    private static bool IsThisMachine(string host) =>
        host is "." or "(local)"
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // tcp:host\instance,port
    private static string SqlHost(string source) =>
        (source.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase) ? source["tcp:".Length..] : source).Split(',', '\\')[0].Trim();
}

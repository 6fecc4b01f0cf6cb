using System.Data;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Data.SqlServer;

/// <summary>The portal on SQL Server or Azure SQL. The first migration allows snapshots in the database.</summary>
public sealed class SqlServerPortalDbContext(DbContextOptions<SqlServerPortalDbContext> options)
    : ServerPortalDbContext(options, IsolationLevel.Snapshot, "Latin1_General_100_BIN2");

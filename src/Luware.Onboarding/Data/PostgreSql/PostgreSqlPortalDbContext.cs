using System.Data;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Data.PostgreSql;

/// <summary>The portal on PostgreSQL.</summary>
public sealed class PostgreSqlPortalDbContext(DbContextOptions<PostgreSqlPortalDbContext> options)
    : ServerPortalDbContext(options, IsolationLevel.RepeatableRead, "C");

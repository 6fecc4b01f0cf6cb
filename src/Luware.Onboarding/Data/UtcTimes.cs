using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Luware.Onboarding.Data;

/// <summary>Stores times on servers as UTC: PostgreSQL accepts nothing else, and SQL Server would keep each writer's offset.</summary>
internal sealed class UtcTimes() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time.ToUniversalTime());

using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Luware.Onboarding.Data;

/// <summary>Times go into a server's own type as UTC: PostgreSQL takes no other, and SQL Server would keep each writer's zone.</summary>
internal sealed class UtcTimes() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time.ToUniversalTime());

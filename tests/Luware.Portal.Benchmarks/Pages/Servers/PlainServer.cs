using Luware.Portal.Sandbox.Running;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Radzen;

namespace Luware.Portal.Benchmarks.Pages.Servers;

/// <summary>The baseline for the portal: one page of an empty Blazor Server application, and one endpoint with a single insert.</summary>
internal static class PlainServer
{
    public const string EmptyCommand = "serve-empty";
    public const string GridCommand = "serve-grid";
    public const string Insert = "/insert";

    /// <summary>The same as the portal's.</summary>
    public const string Ready = "/health/ready";

    public static Task RunEmptyAsync(int port) => RunAsync<EmptyApp>(port, _ => { });

    public static Task RunGridAsync(int port) => RunAsync<GridApp>(port, services => services.AddRadzenComponents());

    private static async Task RunAsync<TApp>(int port, Action<IServiceCollection> add)
        where TApp : IComponent
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(FreePort.Address(port).AbsoluteUri);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        add(builder.Services);
        var folder = Directory.CreateTempSubdirectory("plain-");
        builder.Services.AddDbContextFactory<OneTable>(options => options.UseSqlite($"Data Source={Path.Combine(folder.FullName, "plain.db")}"));
        var app = builder.Build();
        app.UseAntiforgery();
        app.MapRazorComponents<TApp>().AddInteractiveServerRenderMode();
        app.MapGet(Ready, () => "Healthy");
        app.MapMeasures();
        app.MapPost("/prepare", PrepareAsync).DisableAntiforgery();
        app.MapGet(Insert, InsertAsync);
        app.Lifetime.ApplicationStopped.Register(() => folder.Delete(recursive: true));
        await app.RunAsync();
    }

    private static async Task PrepareAsync(IDbContextFactory<OneTable> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await db.Database.EnsureCreatedAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;");
    }

    private static async Task<IResult> InsertAsync(string state, IDbContextFactory<OneTable> contexts, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Add(new Row { State = state, At = DateTime.UtcNow });
        await db.SaveChangesAsync(cancellationToken);
        return Results.Redirect("/");
    }

    private sealed class OneTable(DbContextOptions<OneTable> options) : DbContext(options)
    {
        public DbSet<Row> Rows => Set<Row>();
    }

    private sealed class Row
    {
        public Guid Id { get; init; } = Guid.CreateVersion7();

        public required string State { get; init; }

        public required DateTime At { get; init; }
    }
}

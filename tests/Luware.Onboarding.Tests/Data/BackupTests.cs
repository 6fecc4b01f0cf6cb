using Luware.Onboarding.Data;
using Luware.Onboarding.Data.PostgreSql;
using Luware.Onboarding.Data.Sqlite;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tests.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Data;

public sealed class BackupTests
{
    [Fact]
    public async Task A_run_that_waited_when_the_copy_was_made_goes_on_from_the_copy()
    {
        var world = new FakeWorld { Roles = [FakeWorld.LesserRole] };
        await using var own = await OwnDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var lost = await EngineHost.StartAsync(world, own);
        await lost.ApproveAsync();
        await lost.UntilHeldAsync("first", "Engine.RoleMissing.Title");
        var copy = Path.Combine(Path.GetDirectoryName(own.File)!, "copy.db");
        await lost.Get<SqliteBackup>().WriteAsync(copy, default);
        var admin = lost.Admin;
        await lost.DisposeAsync();

        world.Roles = [FakeWorld.Role];
        var settings = new Dictionary<string, string?> { ["Database:ConnectionString"] = $"Data Source={copy};Pooling=False" };
        await using var restored = await EngineHost.StartAsync(world, settings, admin);
        await restored.Engine.ResumeAsync(restored.Admin, default);
        await restored.UntilRunIsAsync(RunState.Done);

        world.Applied.ShouldBe(["first/object", "second/object", "aside/object"]);
    }

    /// <summary>The copy knows the confirmed grant and nothing of what took it back: only the stop keeps its run from granting again.</summary>
    [Fact]
    public async Task What_was_taken_back_since_the_copy_is_not_granted_again_while_all_writing_is_stopped()
    {
        var world = new FakeWorld();
        world.Second.Wanted[0] = new FakeObject("object", People: 40, CanStopCalls: true);
        await using var own = await OwnDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var lost = await EngineHost.StartAsync(world, own);
        await lost.SetReadyAsync();
        await lost.ApproveAsync();
        var run = (await lost.UntilHeldAsync("second", "Engine.ConfirmPeople")).Run!;
        var copy = Path.Combine(Path.GetDirectoryName(own.File)!, "copy.db");
        world.Second.OnApply = async (_, _, token) =>
        {
            await lost.Get<SqliteBackup>().WriteAsync(copy, token);
            world.Second.OnApply = null;
            return null;
        };
        await lost.Engine.ConfirmAsync(lost.Admin, run.Id, "second", "make-object", 40, default);
        await lost.UntilRunIsAsync(RunState.Done);
        await lost.Engine.UndoAsync(lost.Admin, "second", default);
        await lost.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        var admin = lost.Admin;
        await lost.DisposeAsync();
        world.Applied.Clear();

        await using var restored = await EngineHost.StartAsync(
            world, new Dictionary<string, string?> { ["Database:ConnectionString"] = $"Data Source={copy};Pooling=False" }, admin, ("Safety:NoWrites", "true"));
        await restored.UntilHeldAsync("second", "Engine.WritesStopped");
        await restored.Engine.UndoAsync(restored.Admin, "second", default);
        await restored.UntilAsync(v => v.Run is { Kind: RunKind.Undo });
        restored.Set("Safety:NoWrites", "false");
        await restored.WakeAsync();
        await restored.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        world.Second.Made.ShouldBeEmpty();
        world.Applied.ShouldNotContain("second/object");
    }

    [Fact]
    public async Task A_copy_replaces_no_file_and_is_for_its_owner_alone()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var copy = Path.Combine(Path.GetDirectoryName(database.File)!, "copy.db");

        await database.Get<SqliteBackup>().WriteAsync(copy, default);

        await Should.ThrowAsync<IOException>(() => database.Get<SqliteBackup>().WriteAsync(copy, default));
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(copy).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Where_there_is_no_database_nothing_is_copied()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using (var pooled = new SqliteConnection($"Data Source={database.File}"))
            SqliteConnection.ClearPool(pooled);
        File.Delete(database.File);
        var copy = Path.Combine(Path.GetDirectoryName(database.File)!, "copy.db");

        await Should.ThrowAsync<FileNotFoundException>(() => database.Get<SqliteBackup>().WriteAsync(copy, default));

        File.Exists(copy).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_is_not_copied_and_no_file_is_left_behind()
    {
        var copy = Path.Combine(Path.GetTempPath(), $"copy-{Guid.NewGuid():N}.db");

        await Should.ThrowAsync<NotSupportedException>(() => new SqliteBackup(new OnServer()).WriteAsync(copy, default));

        File.Exists(copy).ShouldBeFalse();
    }

    private sealed class OnServer : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext() => new PostgreSqlPortalDbContextFactory().CreateDbContext([]);
    }
}

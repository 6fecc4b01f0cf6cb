using Luware.TeamsPowerShell.Worker;
using Microsoft.Extensions.Time.Testing;

namespace Luware.TeamsPowerShell.Tests.Worker;

public sealed class WorkerFolderTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("wf-");
    private readonly FakeTimeProvider _later = new(DateTimeOffset.UtcNow.AddMinutes(5));

    [Fact]
    public void A_folder_is_readable_by_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such mode; there the folder is inside the user's own.");
        using var folder = new WorkerFolder(Options);

        new DirectoryInfo(folder.FullName).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void What_a_killed_application_left_behind_is_swept_and_what_is_in_use_is_not()
    {
        using var inUse = new WorkerFolder(Options);
        var left = _parent.CreateSubdirectory("teams-0123456789ab");
        File.WriteAllText(Path.Combine(left.FullName, "owner"), "");
        var foreign = _parent.CreateSubdirectory("teams-of-somebody-else");

        WorkerFolder.Sweep(Options, _later);

        Directory.Exists(inUse.FullName).ShouldBeTrue();
        Directory.Exists(left.FullName).ShouldBeFalse();
        Directory.Exists(foreign.FullName).ShouldBeTrue();
    }

    [Fact]
    public void A_folder_whose_owners_file_was_never_made_is_swept()
    {
        var left = _parent.CreateSubdirectory("teams-0123456789ab").CreateSubdirectory("home").Parent!;

        WorkerFolder.Sweep(Options, TimeProvider.System);
        Directory.Exists(left.FullName).ShouldBeTrue("it may just be in the making");
        WorkerFolder.Sweep(Options, _later);

        Directory.Exists(left.FullName).ShouldBeFalse();
    }

    [Fact]
    public void A_folder_that_was_just_made_is_left_alone()
    {
        var left = _parent.CreateSubdirectory("teams-0123456789ab");
        File.WriteAllText(Path.Combine(left.FullName, "owner"), "");

        WorkerFolder.Sweep(Options, TimeProvider.System);

        Directory.Exists(left.FullName).ShouldBeTrue();
    }

    [Fact]
    public void A_link_with_the_name_of_a_folder_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There only an administrator makes links.");
        var precious = _parent.CreateSubdirectory("precious");
        var file = Path.Combine(precious.FullName, "file");
        File.WriteAllText(file, "");
        Directory.CreateSymbolicLink(Path.Combine(_parent.FullName, "teams-0123456789ab"), precious.FullName);

        WorkerFolder.Sweep(Options, _later);

        File.Exists(file).ShouldBeTrue();
    }

    public void Dispose() => _parent.Delete(recursive: true);

    private TeamsWorkerOptions Options => new() { PipeDirectory = _parent.FullName };
}

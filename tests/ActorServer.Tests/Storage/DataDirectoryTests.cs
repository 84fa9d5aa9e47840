using System.Runtime.Versioning;
using ActorNet.Server.Hosting;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class DataDirectoryTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_start_makes_the_directory_for_its_owner_only()
    {
        using var data = DataDirectory.Open(_folder["data"]);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(data.Path));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(data.Subdirectory("keys")));
    }

    [Fact]
    public void A_directory_that_others_can_read_stops_the_start_and_says_how_to_mend_it()
    {
        Directory.CreateDirectory(_folder["data"], OwnerOnly | UnixFileMode.OtherRead);

        var failure = Assert.Throws<StartFailedException>(() => DataDirectory.Open(_folder["data"]));

        Assert.Contains("mode 704", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"chmod 700 {_folder["data"]}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subdirectory_that_the_group_can_enter_stops_the_start()
    {
        using var data = DataDirectory.Open(_folder["data"]);
        Directory.CreateDirectory(_folder["data/keys"], OwnerOnly | UnixFileMode.GroupExecute);

        var failure = Assert.Throws<StartFailedException>(() => data.Subdirectory("keys"));

        Assert.Contains($"chmod 700 {_folder["data/keys"]}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_server_on_the_same_directory_is_refused_and_told_the_process()
    {
        using var first = DataDirectory.Open(_folder["data"]);

        var failure = Assert.Throws<StartFailedException>(() => DataDirectory.Open(_folder["data"]));

        Assert.Contains($"another server (process {Environment.ProcessId})", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_server_may_have_the_directory_when_the_first_has_ended()
    {
        DataDirectory.Open(_folder["data"]).Dispose();

        using var second = DataDirectory.Open(_folder["data"]);

        Assert.Equal(_folder["data"], second.Path);
    }

    [Fact]
    public void A_file_in_the_place_of_the_directory_is_a_failed_start_not_a_crash()
    {
        _folder.Write("data", "");

        var failure = Assert.Throws<StartFailedException>(() => DataDirectory.Open(_folder["data"]));

        Assert.Contains("--data DIR", failure.Message, StringComparison.Ordinal);
    }
}

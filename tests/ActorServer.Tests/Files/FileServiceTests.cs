using ActorNet.Server.Files;
using Akka.Actor;

namespace ActorNet.Server.Tests.Files;

public sealed class FileServiceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_opened_as_files_with_the_window_of_its_settings()
    {
        var settings = TestSettings.For(_folder.Root);
        var service = FileService.Definition(ActorRefs.Nobody, settings);

        Assert.Equal(("files", settings.Window), (service.Name, service.Window));
    }

    [Fact]
    public void A_root_that_can_be_used_passes_and_stays_free_for_the_service()
    {
        FileService.Verify(TestSettings.For(_folder.Root));
        FileRoot.Open(_folder.Root).Dispose();
    }

    [Fact]
    public void A_root_that_cannot_be_used_stops_the_start_with_the_key_and_the_folder()
    {
        var file = _folder.Write("file", "");
        var refused = Assert.Throws<IOException>(() => FileService.Verify(TestSettings.For(file)));

        Assert.Contains("actornet.files.root", refused.Message, StringComparison.Ordinal);
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }
}

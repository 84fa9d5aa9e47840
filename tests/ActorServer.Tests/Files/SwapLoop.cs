namespace ActorNet.Server.Tests.Files;

/// <summary>A thread that puts a link in the place of a folder and back, as fast as it can, until disposed.</summary>
internal sealed class SwapLoop : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _stop;

    public SwapLoop(string folder, string link, string aside)
    {
        _thread = new Thread(() =>
        {
            while (!_stop)
            {
                TestFolder.Rename(folder, aside);
                TestFolder.Rename(link, folder);
                TestFolder.Rename(folder, link);
                TestFolder.Rename(aside, folder);
            }
        });
        _thread.Start();
    }

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
    }
}

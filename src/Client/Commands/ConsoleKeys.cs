using System.Threading.Channels;

namespace ActorNet.Client.Commands;

/// <summary>
/// Keys of the terminal. Reading them blocks and cannot be taken back, so a background thread does it, until the
/// process ends.
/// </summary>
internal static class ConsoleKeys
{
    private const int Ahead = 4096;

    public static ChannelReader<ConsoleKeyInfo> Start()
    {
        var keys = Channel.CreateBounded<ConsoleKeyInfo>(Ahead);
        new Thread(() => Read(keys.Writer)) { IsBackground = true, Name = "keys" }.Start();
        return keys.Reader;
    }

    private static void Read(ChannelWriter<ConsoleKeyInfo> keys)
    {
        try
        {
            while (true) keys.WriteAsync(Console.ReadKey(intercept: true)).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // the terminal is gone: the end of input
            keys.TryComplete();
        }
    }
}

using System.Text;
using ActorNet.Client.Commands;
using ActorNet.Client.Terminal;

namespace ActorNet.Client.Tests.Support;

/// <summary>One run of the command line within the test: its own environment, home and streams.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly string _home;
    private readonly bool _ownsHome;
    private readonly MemoryStream _output = new();
    private readonly MemoryStream _error = new();
    private Stream? _input;
    private Task<int> _run = Task.FromResult(-1);

    /// <param name="home">Of an earlier run; a new one unless set.</param>
    public CommandRun(string? home = null)
    {
        _ownsHome = home is null;
        _home = home ?? Directory.CreateTempSubdirectory("actornet-test-").FullName;
    }

    public string Home => _home;

    public Dictionary<string, string> Environment { get; } = [];

    public Stream? Output { get; init; }

    public string Input { get; init; } = "";

    /// <summary>Whoever sits at the terminal; nobody unless set.</summary>
    public FakePrompt? Prompt { get; init; }

    public CommandIo Io { get; private set; } = null!;

    public string Out => Encoding.UTF8.GetString(_output.ToArray());

    public string Error => Encoding.UTF8.GetString(_error.ToArray());

    /// <summary>A file of the client's configuration.</summary>
    public string ConfigOf(string name) => Path.Combine(_home, ".config", "actornet", name);

    public string PathOf(string name) => Path.Combine(_home, name);

    /// <summary>Writes the profile of a server where the client looks for it.</summary>
    public CommandRun WithProfile(FakeServer server)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_home, ".config", "actornet", "profiles")).FullName;
        var path = Path.Combine(folder, $"127.0.0.1_{server.Address.Port}.json");
        WriteProfile(path, server);
        return this;
    }

    public static void WriteProfile(string path, FakeServer server)
    {
        var key = Convert.ToBase64String(FakeServer.Key);
        File.WriteAllText(
            path, $$"""{"server":"{{server.Address}}","account":"{{FakeServer.Account}}","key":"{{key}}"}""");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public CommandRun WithInput(Stream? input)
    {
        _input = input;
        return this;
    }

    public CommandRun Start(params string[] args)
    {
        Environment["HOME"] = _home;
        Io = new CommandIo
        {
            Input = _input ?? new MemoryStream(Encoding.UTF8.GetBytes(Input)),
            Output = Output ?? _output,
            Error = _error,
            Prompt = Prompt,
            Environment = name => Environment.GetValueOrDefault(name),
        };
        _run = CommandLine.RunAsync(args, Io);
        return this;
    }

    public async Task<int> EndAsync() => await _run.WaitAsync(FakeServer.Patience);

    public void Dispose()
    {
        Io?.Interrupts.Dispose();
        _output.Dispose();
        _error.Dispose();
        Output?.Dispose();
        _input?.Dispose();
        if (_ownsHome) Directory.Delete(_home, recursive: true);
    }
}

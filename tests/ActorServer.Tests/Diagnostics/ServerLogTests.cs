using ActorNet.Server.Diagnostics;
using ActorNet.Server.Settings;
using ActorNet.Server.Tests.Storage;
using Serilog.Core;
using Serilog.Core.Enrichers;
using Serilog.Events;

namespace ActorNet.Server.Tests.Diagnostics;

public sealed class ServerLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Akka.IO.TcpListener", false)]
    [InlineData("Akka.IO.TcpManager", true)]
    public void A_failed_bind_is_told_by_the_node_and_not_by_Akka_as_well(string source, bool isLogged)
    {
        var settings = new LoggingSettings(null, false, LogEventLevel.Information, "logs", 64 * 1024, 1);

        using (var log = ServerLog.Create(settings, _folder.Path))
            // As actors log: the source is added by an enricher.
            log.ForContext([new PropertyEnricher(Constants.SourceContextPropertyName, source)])
                .Error(new IOException("in use"), "Bind failed");

        var written = string.Concat(Directory.EnumerateFiles(_folder.Path, "*.log").Select(File.ReadAllText));
        Assert.Equal(isLogged, written.Contains("Bind failed", StringComparison.Ordinal));
    }
}

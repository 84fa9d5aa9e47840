using System.Diagnostics.Metrics;
using ActorNet.Protocol;
using ActorNet.Server.Diagnostics;

namespace ActorNet.Server.Tests.Listening;

public sealed class AdmissionMetricsTests
{
    [Fact]
    public void Refusals_are_counted_by_code_and_reason()
    {
        // The meter's name is that of every node in this process: only its own reason tells this test's count.
        var reason = $"test-{Guid.NewGuid():N}";
        var counted = new List<(string Instrument, long Count, object? Code)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == ServerMetrics.MeterName) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            var all = tags.ToArray().ToDictionary();
            if (reason.Equals(all.GetValueOrDefault("reason"))) counted.Add((instrument.Name, count, all["code"]));
        });
        listener.Start();

        using var metrics = new ServerMetrics();
        metrics.ConnectionRefused(ErrorCode.RateLimited, reason);
        Assert.Equal([("actornet.connections.refused", 1L, "rate-limited")], counted);
    }
}

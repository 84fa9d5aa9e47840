using System.Diagnostics.Metrics;
using ActorNet.Protocol;
using ActorNet.Server.Diagnostics;
using ActorNet.Server.Listening;

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

    [Fact]
    public void A_tally_says_how_many_and_why_the_most_first_and_starts_again()
    {
        var tally = new RefusalTally();
        tally.Add(Refusal.NotAllowed);
        for (var i = 0; i < 3; i++) tally.Add(AdmissionRefusals.EarlyDrop);
        tally.Add(AdmissionRefusals.MaxConnections);
        Assert.Equal(5, tally.Total);
        Assert.Equal("3 too-many (early-drop), 1 too-many (max-connections), 1 forbidden (not-allowed)", tally.ToString());
        tally.Clear();
        Assert.Equal((0, ""), (tally.Total, tally.ToString()));
    }
}

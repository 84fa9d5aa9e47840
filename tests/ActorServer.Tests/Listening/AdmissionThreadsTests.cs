using System.Net;
using ActorNet.Server.Listening;

namespace ActorNet.Server.Tests.Listening;

public sealed class AdmissionThreadsTests
{
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_many_threads_do_counts_add_up_and_tables_stay_bounded(int seed)
    {
        const int threads = 8;
        var admission = new Admission(TestAdmission.Wide with
        {
            MaxConnections = 200,
            MaxBeforeLogin = 100,
            MaxPerSource = 20,
            NewPerSource = 50,
            MaxSources = 16,
            EarlyDrop = new EarlyDropSettings(50, 30),
        }, Random.Shared);
        await Task.WhenAll(Enumerable.Range(0, threads).Select(i => Task.Run(() => Misbehave(new Random((seed * threads) + i)))));
        Assert.Equal((0, 0), (admission.Live, admission.BeforeLogin));
        Assert.Null(admission.Admit(null, Start));

        void Misbehave(Random random)
        {
            var live = new List<(IPAddress? Address, bool LoggedIn)>();
            for (var i = 0; i < 5000; i++)
            {
                // The clocks of the threads differ by up to a window, and addresses are few enough to be met by all.
                var now = Start + TimeSpan.FromMilliseconds((10 * i) + random.Next(10_000));
                var address = random.Next(50) switch
                {
                    0 => null,
                    1 => IPAddress.IPv6Loopback,
                    _ => TestAdmission.Address(random.Next(100)),
                };
                switch (random.Next(4))
                {
                    case 0 or 1:
                        if (admission.Admit(address, now) is null) live.Add((address, LoggedIn: false));
                        break;
                    case 2 when live.Count > 0:
                        var index = random.Next(live.Count);
                        if (live[index].LoggedIn) Leave(index);
                        else LogIn(index);
                        break;
                    case 3 when live.Count > 0 && random.Next(2) == 0:
                        Leave(random.Next(live.Count));
                        break;
                    default:
                        admission.Fault(address, (Fault)random.Next(4), now);
                        break;
                }

                Assert.InRange(admission.Live, live.Count, 200);
                Assert.InRange(admission.BeforeLogin, live.Count(l => !l.LoggedIn), 100);
                Assert.InRange(admission.Sources.Counted, 0, 216);
                Assert.InRange(admission.Sources.Penalised, 0, 16);
            }

            while (live.Count > 0) Leave(0);

            void LogIn(int index)
            {
                admission.LoggedIn();
                live[index] = live[index] with { LoggedIn = true };
            }

            void Leave(int index)
            {
                admission.Leave(live[index].Address, live[index].LoggedIn);
                live.RemoveAt(index);
            }
        }
    }
}

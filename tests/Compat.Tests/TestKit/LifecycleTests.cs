using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace ActorNet.Compat.Tests.TestKit;

public sealed class LifecycleTests
{
    [Fact]
    public void Dispose_terminates_the_actor_system()
    {
        var kit = new Kit();

        kit.Dispose();

        Assert.True(kit.Sys.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public void AfterAll_runs_once_at_the_end()
    {
        var kit = new CountingKit();

        kit.Dispose();
        kit.Dispose();

        Assert.Equal(1, kit.Ends);
    }

    [Fact]
    public void Shutdown_verifies_if_told_to()
    {
        using var release = new ManualResetEventSlim();
        using var kit = new Kit();
        kit.ActorOf(Props.Create(() => new Stubborn(release)));

        Assert.Throws<TimeoutException>(() =>
            kit.Shutdown(TimeSpan.FromMilliseconds(50), verifySystemShutdown: true));

        release.Set();
        kit.Shutdown(verifySystemShutdown: true);
    }

    [Fact]
    public void Configuration_of_the_test_goes_before_the_defaults()
    {
        using var kit = new Kit(ConfigurationFactory.ParseString("akka.test.single-expect-default = 7s"));

        Assert.Equal(TimeSpan.FromSeconds(7), kit.TestKitSettings.SingleExpectDefault);
        Assert.Equal(TimeSpan.FromSeconds(3), kit.TestKitSettings.TestEventFilterLeeway);
        Assert.Equal(TimeSpan.FromSeconds(5), kit.TestKitSettings.DefaultTimeout);
        Assert.Equal(1.0, kit.TestKitSettings.TestTimeFactor);
    }

    [Fact]
    public void Setups_are_kept()
    {
        var bootstrap = BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("my.key = 7"));
        using var kit = new Kit(ActorSystemSetup.Create(bootstrap, new MySetup("mine")));

        Assert.Equal("mine", kit.Sys.Settings.Setup.Get<MySetup>().Value.Text);
        Assert.Equal(7, kit.Sys.Settings.Config.GetInt("my.key"));
        Assert.Equal(TimeSpan.FromSeconds(3), kit.TestKitSettings.SingleExpectDefault);
    }

    [Fact]
    public void A_system_made_elsewhere_can_be_tested()
    {
        using var system = ActorSystem.Create("elsewhere");
        using var kit = new Kit(system);
        var echo = system.ActorOf(SimpleEcho.Props);

        echo.Tell("hello", kit.TestActor);

        kit.ExpectMsg("hello");
        Assert.Same(system, kit.Sys);
    }

    [Fact]
    public void Log_is_written_to_the_output_of_the_test()
    {
        var output = new Output();
        using (var kit = new Kit(output))
        {
            ILoggingAdapter log = kit.Log;
            kit.AwaitCondition(() =>
            {
                log.Warning("the {0}", "text");
                return output.Contains("the text");
            });
        }
    }

    [Fact]
    public async Task Kits_do_not_disturb_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() =>
        {
            using var kit = new Kit();
            var echo = kit.Sys.ActorOf(SimpleEcho.Props);
            for (var i = 0; i < 50; i++)
            {
                echo.Tell((number, i));
                kit.ExpectMsg((number, i));
            }
        })));
    }

    sealed class SimpleEcho : ReceiveActor
    {
        public static Props Props => Props.Create(() => new SimpleEcho());

        public SimpleEcho() => ReceiveAny(message => Sender.Tell(message));
    }

    sealed class Stubborn(ManualResetEventSlim release) : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);

        protected override void PostStop() => release.Wait();
    }

    sealed class MySetup(string text) : Setup
    {
        public string Text { get; } = text;
    }

    sealed class CountingKit : Akka.TestKit.Xunit2.TestKit
    {
        public int Ends { get; private set; }

        protected override void AfterAll()
        {
            Ends++;
            base.AfterAll();
        }
    }

    sealed class Kit : Akka.TestKit.Xunit2.TestKit
    {
        public Kit()
        {
        }

        public Kit(Config config) : base(config)
        {
        }

        public Kit(ActorSystemSetup setup) : base(setup)
        {
        }

        public Kit(ActorSystem system) : base(system)
        {
        }

        public Kit(Xunit.Abstractions.ITestOutputHelper output) : base(output: output)
        {
        }
    }

    sealed class Output : Xunit.Abstractions.ITestOutputHelper
    {
        readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public bool Contains(string text) => _lines.Any(line => line.Contains(text, StringComparison.Ordinal));

        public void WriteLine(string message) => _lines.Enqueue(message);

        public void WriteLine(string format, params object[] args) => WriteLine(string.Format(null, format, args));
    }
}

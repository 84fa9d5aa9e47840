using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;

namespace ActorNet.Compat.Tests.Hosting;

public sealed class ActorRegistryTests : IAsyncLifetime
{
    private static readonly Type Key = typeof(Echo);

    private readonly ActorSystem _system = ActorSystem.Create("registry", (Config)"akka.stdout-loglevel = OFF");
    private readonly ActorRegistry _registry = new();

    [Fact]
    public void A_registered_actor_is_found_by_its_key()
    {
        var echo = NewEcho();

        _registry.Register<Echo>(echo);

        Assert.Equal(echo, _registry.Get<Echo>());
        Assert.True(_registry.TryGet<Echo>(out var byType));
        Assert.Equal(echo, byType);
        Assert.True(_registry.TryGet(Key, out var byKey));
        Assert.Equal(echo, byKey);
    }

    [Fact]
    public void A_key_that_is_not_registered_is_not_found()
    {
        Assert.Throws<MissingActorRegistryEntryException>(() => _registry.Get<Echo>());
        Assert.False(_registry.TryGet<Echo>(out var actor));
        Assert.Equal(ActorRefs.Nobody, actor);
    }

    [Fact]
    public void A_key_registered_twice_throws_and_keeps_the_first_actor()
    {
        var first = NewEcho();
        _registry.Register<Echo>(first);

        Assert.Throws<DuplicateActorRegistryException>(() => _registry.Register<Echo>(NewEcho()));
        Assert.False(_registry.TryRegister<Echo>(NewEcho()));
        Assert.False(_registry.TryRegister(Key, NewEcho()));
        Assert.Equal(first, _registry.Get<Echo>());
    }

    [Fact]
    public void Overwriting_replaces_the_first_actor()
    {
        var second = NewEcho();
        _registry.Register<Echo>(NewEcho());

        _registry.Register<Echo>(second, overwrite: true);

        Assert.Equal(second, _registry.Get<Echo>());
    }

    [Fact]
    public void Null_is_no_actor()
    {
        Assert.Throws<ArgumentNullException>(() => _registry.Register<Echo>(null!));
        Assert.False(_registry.TryRegister<Echo>(null!));
    }

    [Fact]
    public async Task Everyone_who_waits_for_a_key_gets_the_actor_when_it_is_registered()
    {
        var first = _registry.GetAsync<Echo>();
        var second = _registry.GetAsync(Key);
        Assert.False(first.IsCompleted);
        Assert.False(second.IsCompleted);

        var echo = NewEcho();
        _registry.Register<Echo>(echo);

        Assert.Equal(echo, await first.WaitAsync(AkkaHost.Patience));
        Assert.Equal(echo, await second.WaitAsync(AkkaHost.Patience));
        Assert.Equal(echo, await _registry.GetAsync<Echo>().WaitAsync(AkkaHost.Patience));
    }

    [Fact]
    public async Task One_who_stops_waiting_leaves_the_others_waiting()
    {
        using var impatience = new CancellationTokenSource();
        var impatient = _registry.GetAsync<Echo>(impatience.Token);
        var patient = _registry.GetAsync<Echo>();

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient.WaitAsync(AkkaHost.Patience));

        var echo = NewEcho();
        _registry.Register<Echo>(echo);
        Assert.Equal(echo, await patient.WaitAsync(AkkaHost.Patience));
    }

    [Fact]
    public void It_lists_what_is_registered()
    {
        var echo = NewEcho();
        var other = NewEcho();
        _registry.Register<Echo>(echo);
        _registry.Register<ActorRegistryTests>(other);

        var listed = _registry.ToDictionary(entry => entry.Key, entry => entry.Value);

        Assert.Equal(2, listed.Count);
        Assert.Equal(echo, listed[typeof(Echo)]);
        Assert.Equal(other, listed[typeof(ActorRegistryTests)]);
    }

    [Fact]
    public void A_system_has_one_registry()
    {
        Assert.Same(ActorRegistry.For(_system), ActorRegistry.For(_system));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate().WaitAsync(AkkaHost.Patience);

    private IActorRef NewEcho() => _system.ActorOf(Props.Create(() => new Echo()));
}

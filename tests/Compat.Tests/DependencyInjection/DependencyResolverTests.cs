using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using ServiceProvider = Microsoft.Extensions.DependencyInjection.ServiceProvider;

namespace ActorNet.Compat.Tests.DependencyInjection;

public sealed class DependencyResolverTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider _container;
    private readonly ActorSystem _system;
    private readonly DependencyResolver _resolver;

    public DependencyResolverTests()
    {
        _container = new ServiceCollection()
            .AddSingleton<Shared>()
            .AddScoped<Session>()
            .AddTransient<Fresh>()
            .BuildServiceProvider(validateScopes: true);
        _system = ActorSystem.Create(
            "injected", BootstrapSetup.Create().WithConfig(Quiet).And(DependencyResolverSetup.Create(_container)));
        _resolver = DependencyResolver.For(_system);
    }

    private static Config Quiet => """
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        """;

    [Fact]
    public async Task An_actor_gets_its_own_arguments_and_the_services_of_the_container()
    {
        var actor = _system.ActorOf(_resolver.Props<Holder>("the name"), "holder");

        var held = await actor.Ask<Held>(Show.Instance, Patience);

        Assert.Equal("the name", held.Name);
        Assert.Same(_container.GetRequiredService<Shared>(), held.Shared);
        Assert.Equal("holder", actor.Path.Name);
    }

    [Fact]
    public async Task Props_are_made_by_type_too()
    {
        var (holder, scoped) = (typeof(Holder), typeof(Scoped));

        var withArguments = _system.ActorOf(_resolver.Props(holder, "the name"));
        var without = _system.ActorOf(_resolver.Props(scoped));

        Assert.Equal("the name", (await withArguments.Ask<Held>(Show.Instance, Patience)).Name);
        Assert.NotNull(await without.Ask<Session>(Show.Instance, Patience));
    }

    [Fact]
    public async Task A_restarted_actor_is_made_anew()
    {
        var actor = _system.ActorOf(_resolver.Props<Holder>("the name"));
        var before = await actor.Ask<Held>(Show.Instance, Patience);

        actor.Tell(Fail.Instance);
        var after = await actor.Ask<Held>(Show.Instance, Patience);

        Assert.NotSame(before.Fresh, after.Fresh);
        Assert.Same(before.Shared, after.Shared);
        Assert.Equal("the name", after.Name);
    }

    [Fact]
    public async Task An_actor_s_scope_ends_with_the_actor_and_takes_its_services_along()
    {
        var actor = _system.ActorOf(_resolver.Props<Scoped>());
        var session = await actor.Ask<Session>(Show.Instance, Patience);
        Assert.False(session.Disposed.IsCompleted);

        await actor.GracefulStop(Patience);

        await session.Disposed.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_restart_ends_one_scope_and_begins_another()
    {
        var actor = _system.ActorOf(_resolver.Props<Scoped>());
        var before = await actor.Ask<Session>(Show.Instance, Patience);

        actor.Tell(Fail.Instance);
        var after = await actor.Ask<Session>(Show.Instance, Patience);

        await before.Disposed.WaitAsync(Patience);
        Assert.NotSame(before, after);
        Assert.False(after.Disposed.IsCompleted);
    }

    [Fact]
    public void A_scope_of_the_resolver_has_services_of_its_own_and_disposes_them()
    {
        Session first, second;
        var session = typeof(Session);
        using (var one = _resolver.Resolver.CreateScope())
        using (var other = _resolver.Resolver.CreateScope())
        {
            first = one.Resolver.GetService<Session>()!;
            second = (Session)other.Resolver.GetService(session)!;
            Assert.NotSame(first, second);
            Assert.Same(first, one.Resolver.GetService<Session>());
        }

        Assert.True(first.Disposed.IsCompleted);
        Assert.True(second.Disposed.IsCompleted);
    }

    [Fact]
    public void A_service_that_is_not_registered_is_null()
    {
        var holder = typeof(Holder);

        Assert.Null(_resolver.Resolver.GetService<Holder>());
        Assert.Null(_resolver.Resolver.GetService(holder));
    }

    [Fact]
    public void Props_of_what_is_no_actor_are_refused()
    {
        Assert.Throws<ArgumentException>(() => _resolver.Props(typeof(Shared)));
    }

    [Fact]
    public async Task A_system_without_a_container_says_so()
    {
        var plain = ActorSystem.Create("plain", Quiet);

        Assert.Throws<ConfigurationException>(() => DependencyResolver.For(plain));

        await plain.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public void A_setup_needs_a_container()
    {
        Assert.Throws<ArgumentNullException>(() => DependencyResolverSetup.Create((IServiceProvider)null!));
        Assert.Throws<ArgumentNullException>(() => DependencyResolverSetup.Create((IDependencyResolver)null!));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _system.Terminate().WaitAsync(Patience);
        await _container.DisposeAsync();
    }
}

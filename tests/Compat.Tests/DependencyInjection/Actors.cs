using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace ActorNet.Compat.Tests.DependencyInjection;

internal sealed record Show
{
    public static readonly Show Instance = new();
}

internal sealed record Fail
{
    public static readonly Fail Instance = new();
}

internal sealed record Held(string Name, Shared Shared, Fresh Fresh);

internal sealed class Shared;

internal sealed class Fresh;

internal sealed class Session : IDisposable
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Disposed => _disposed.Task;

    public void Dispose() => _disposed.TrySetResult();
}

/// <summary>Holds an argument and two services, and shows them.</summary>
internal sealed class Holder : ReceiveActor
{
    public Holder(string name, Shared shared, Fresh fresh)
    {
        Receive<Show>(_ => Sender.Tell(new Held(name, shared, fresh)));
        Receive<Fail>(_ => throw new InvalidOperationException("asked to fail"));
    }
}

/// <summary>Owns a scope of the container, as an actor that needs one has to.</summary>
internal sealed class Scoped : ReceiveActor
{
    private readonly IServiceScope _scope;

    public Scoped(IServiceProvider services)
    {
        _scope = services.CreateScope();
        Receive<Show>(_ => Sender.Tell(_scope.ServiceProvider.GetRequiredService<Session>()));
        Receive<Fail>(_ => throw new InvalidOperationException("asked to fail"));
    }

    protected override void PostStop() => _scope.Dispose();
}

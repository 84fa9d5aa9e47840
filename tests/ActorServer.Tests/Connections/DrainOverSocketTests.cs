using ActorNet.Protocol;

namespace ActorNet.Server.Tests.Connections;

/// <summary>Over Akka.IO, in plaintext.</summary>
public sealed class DrainOverSocketTests : DrainOverSocketSpec
{
    private protected override async Task ExpectRefusedAsync()
    {
        using var late = await ConnectAsync();
        Assert.Equal(ErrorCode.Unavailable, (await late.ReadGoodbyeAndEndAsync()).Code);
    }
}
